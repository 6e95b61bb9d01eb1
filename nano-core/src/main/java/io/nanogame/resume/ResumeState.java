package io.nanogame.resume;

import java.util.List;

/**
 * What a session keeps to outlive its connection, when it moves to another server.
 *
 * @param protocol the name of the protocol of its client
 * @param tokens the valid tokens: the one that the client has for certain, and later
 * ones; empty if the client cannot resume, and may only log in to continue the session
 * @param received the number of DATA packets that were received
 * @param sent the number of DATA packets that were sent
 * @param sentBefore how many of these were sent before the connection was cut
 * @param kept the last of these, which the client has not confirmed, in order
 * @param overflowed whether packets were dropped since the cut, so that the client cannot
 * resume
 */
public record ResumeState(String protocol, List<ResumeToken> tokens, long received, long sent, long sentBefore,
		List<Packet> kept, boolean overflowed) {

	/**
	 * Returns whether the client can resume the session.
	 * @return false if it has no token
	 */
	public boolean canResume() {
		return !this.tokens.isEmpty();
	}

	/**
	 * Returns the id for which the tokens were created.
	 * @return that of the session, or of one whose client continues this one by a login
	 */
	public long id() {
		return this.tokens.get(this.tokens.size() - 1).session();
	}

	/** Does not contain the packets and the tokens. */
	@Override
	public String toString() {
		return "ResumeState[protocol=%s, received=%d, sent=%d, sentBefore=%d, kept=%d]".formatted(this.protocol,
				this.received, this.sent, this.sentBefore, this.kept.size());
	}

	/**
	 * A packet that the client has not confirmed.
	 *
	 * @param bytes the complete packet; must not be modified
	 * @param isPush whether it is a push, not a response
	 */
	public record Packet(byte[] bytes, boolean isPush) {

		/** Does not contain the bytes. */
		@Override
		public String toString() {
			return "Packet[length=%d, isPush=%s]".formatted(this.bytes.length, this.isPush);
		}

	}

}
