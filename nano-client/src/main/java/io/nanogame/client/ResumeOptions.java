package io.nanogame.client;

/**
 * How a client resumes its session after its connection was cut.
 *
 * @param enabled whether the client resumes its session, if the server can; otherwise
 * each connection has a new session
 * @param maxUnconfirmedBytes the limit of what is kept to be sent again: messages that
 * the server has not confirmed, and those that wait for the connection. Further messages
 * fail with a {@link ClientOverloadedException}. In bytes; each message counts 64 bytes
 * more than its packet.
 * @param keepUnsent whether messages that were not sent yet are sent in the new session
 * if the session is lost, before all others; otherwise they fail. Suits games whose
 * clients log in with the handshake.
 */
public record ResumeOptions(boolean enabled, int maxUnconfirmedBytes, boolean keepUnsent) {

	private static final ResumeOptions DEFAULTS = new ResumeOptions(true, 1024 * 1024, false);

	/**
	 * Checks the limit.
	 */
	public ResumeOptions {
		Limits.positive("The number of unconfirmed bytes", maxUnconfirmedBytes);
	}

	/**
	 * Returns the default: the client resumes its session, keeps 1 MB, and does not send
	 * messages of a lost session in the new one.
	 * @return the options
	 */
	public static ResumeOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Switches resuming on or off.
	 * @param value whether the client resumes its session
	 * @return new options
	 */
	public ResumeOptions withEnabled(boolean value) {
		return new ResumeOptions(value, this.maxUnconfirmedBytes, this.keepUnsent);
	}

	/**
	 * Replaces the limit of what is kept.
	 * @param value in bytes, above zero
	 * @return new options
	 */
	public ResumeOptions withMaxUnconfirmedBytes(int value) {
		return new ResumeOptions(this.enabled, value, this.keepUnsent);
	}

	/**
	 * Determines what becomes of unsent messages when the session is lost.
	 * @param value whether they are sent in the new session
	 * @return new options
	 */
	public ResumeOptions withKeepUnsent(boolean value) {
		return new ResumeOptions(this.enabled, this.maxUnconfirmedBytes, value);
	}

}
