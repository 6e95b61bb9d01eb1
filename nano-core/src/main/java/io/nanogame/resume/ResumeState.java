package io.nanogame.resume;

import java.util.List;

/**
 * What a session keeps to outlive its connection, when it moves to another server.
 *
 * @param protocol the name of the protocol of its client
 * @param tokens the valid tokens: the one that the client has for certain, and later ones
 * @param received the number of DATA packets that were received
 * @param sent the number of DATA packets that were sent
 * @param kept the last of these, which the client has not confirmed, in order; the arrays
 * must not be modified
 */
public record ResumeState(String protocol, List<ResumeToken> tokens, long received, long sent, List<byte[]> kept) {

	/** Does not contain the packets. */
	@Override
	public String toString() {
		return "ResumeState[protocol=%s, received=%d, sent=%d, kept=%d]".formatted(this.protocol, this.received,
				this.sent, this.kept.size());
	}

}
