package io.nanogame.connection;

import java.time.Duration;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Why this server wants a session of another one: for a client that resumes it here
 * ({@link ResumeQuery}) or logs in here ({@link LoginPull}), or because the other one
 * stops ({@link ParkedSession}). Thread-safe.
 */
public interface SessionPull {

	/**
	 * The time after which a client asks again if it is unknown whether it can resume.
	 */
	Duration RETRY = Duration.ofMillis(500);

	/**
	 * Returns the token that the other server must know.
	 * @return a token of the session; {@link ResumeToken#none} for a session of a uid
	 */
	ResumeToken token();

	/**
	 * Returns the player whose session is wanted, whoever has its token.
	 * @return the uid; empty if the other server must know the token
	 */
	default String uid() {
		return "";
	}

	/**
	 * Returns the number of packets that the client has received.
	 * @return the number of DATA packets of the session; for a login the time of it, by
	 * the clock of the cluster
	 */
	long received();

	/**
	 * Returns the protocol of the client.
	 * @return its name
	 */
	String protocol();

	/**
	 * Returns what the encodings of this server depend on.
	 * @return a text that is equal on servers that encode messages alike
	 */
	String codec();

	/**
	 * Returns whether the session is wanted without its client.
	 * @return false if the client is connected to this server
	 */
	boolean parks();

	/**
	 * The session cannot continue.
	 * @param reason why it was closed; null if that is unknown, or it was not closed
	 */
	void lost(@Nullable CloseReason reason);

	/**
	 * No other server has the session. It is lost, unless it has moved here meanwhile.
	 */
	void notFound();

	/**
	 * It is not known whether the session can continue.
	 * @param retry the time after which a client should ask again
	 */
	void unknown(Duration retry);

	/**
	 * Continues the session on this server, without a connection at first. If this server
	 * cannot continue it, the session is lost.
	 * @param moved the session
	 * @param state its packets and tokens
	 * @param restored receives the session on its loop, before messages of the client are
	 * read; if it throws an exception, the session is closed
	 * @param failed called on that loop instead, if this server cannot continue the
	 * session: nothing of it is here
	 */
	void restore(MovedSession moved, ResumeState state, Consumer<Session> restored, Runnable failed);

	/**
	 * Returns whether the session is still wanted.
	 * @return false if the connection of its client has ended
	 */
	boolean isWanted();

}
