package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.protocol.ResumeReply;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a protocol whether its client may continue a session. One of the methods is
 * called once, on the loop of the connection, unless that ends before.
 *
 * @see ClientConnection#resume
 */
public interface ResumeDecision {

	/**
	 * The session continues. The protocol calls {@link ClientConnection#takeOver()} when
	 * the client has received the reply.
	 * @param reply the reply to the client
	 * @param payloads the payloads of the session
	 */
	void mayResume(ResumeReply reply, Payloads payloads);

	/**
	 * The session is lost. The protocol introduces the client for a new one.
	 * @param reason why it was closed; null if that is unknown, or it was not closed
	 */
	void lost(@Nullable CloseReason reason);

	/**
	 * A listener has rejected the client. The protocol replies; the connection ends
	 * afterwards.
	 * @param code the code of the error
	 * @param message the reason, for the client
	 */
	void refused(int code, String message);

	/**
	 * It is unknown whether the client may continue the session. The protocol replies;
	 * the connection ends afterwards.
	 * @param retry the time after which the client should ask again
	 */
	void unavailable(Duration retry);

}
