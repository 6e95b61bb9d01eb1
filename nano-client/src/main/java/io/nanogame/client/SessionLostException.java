package io.nanogame.client;

import io.nanogame.protocol.ResumeReply;
import org.jspecify.annotations.Nullable;

/**
 * The server cannot resume the session of this client: it was away for too long, too much
 * was sent to it meanwhile, or the session was closed. The reason of a
 * {@link ClientState}, and the cause of an {@link OutcomeUnknownException}.
 */
public final class SessionLostException extends NanoClientException {

	private final String code;

	private final String reason;

	private SessionLostException(String message, String code, String reason) {
		super(message, null);
		this.code = code;
		this.reason = reason;
	}

	/**
	 * Creates the exception.
	 * @param reply the server's reply; {@code null} if the server does not resume
	 * sessions
	 */
	static SessionLostException of(@Nullable ResumeReply reply) {
		if (reply == null) {
			return new SessionLostException("The session was lost: the server does not resume sessions", "", "");
		}
		String details = (reply.code().isEmpty() ? "" : ": " + reply.code())
				+ (reply.reason().isEmpty() ? "" : ": " + reply.reason());
		return new SessionLostException("The session was lost" + details, reply.code(), reply.reason());
	}

	/**
	 * Returns the code of the reason for which the server had closed the session.
	 * @return such as {@code resume-limit}; empty if the session was not closed, or the
	 * server does not know
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Returns the reason for which the server had closed the session.
	 * @return text for a person; empty if there is none
	 */
	public String reason() {
		return this.reason;
	}

}
