package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.protocol.ResumeReply;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Reports the decision about a client that can resume its session. One of its methods is
 * called once, as {@link Admission} describes.
 *
 * @see ResumeHandshake
 */
public interface ResumableAdmission extends Admission {

	/**
	 * The client is accepted, and its session outlives the connection. The protocol
	 * replies, and opens the session with {@link ClientConnection#opened()} when the
	 * client has confirmed the reply.
	 * @param user what validators give the client, as JSON, or null
	 * @param kept the state of the session, for as long as it is open
	 * @param resume a part of the reply
	 */
	void accepted(byte @Nullable [] user, Resumption kept, ResumeReply resume);

	/**
	 * The client may continue its former session. The protocol replies, and calls
	 * {@link ClientConnection#takeOver()} when the client has confirmed the reply.
	 * @param resume a part of the reply
	 * @param payloads the payloads of the session
	 */
	void mayResume(ResumeReply resume, Payloads payloads);

	/**
	 * It is unknown whether the client may continue its former session. The protocol
	 * replies; the connection ends afterwards.
	 * @param retry the time after which the client should ask again
	 */
	void unavailable(Duration retry);

}
