package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Claims a session for its client: for a socket of this server, or for another server to
 * which the client has connected. Thread-safe.
 */
interface Claimant {

	/** Returns the name of the client's protocol. */
	String protocol();

	/** Returns the number of DATA packets that the client has received. */
	long received();

	/**
	 * Returns the player whose session is claimed without its token; empty for a claim
	 * with the token.
	 */
	default String uid() {
		return "";
	}

	/** Returns whether the session leaves without its client. */
	default boolean parks() {
		return false;
	}

	/**
	 * Asks the listeners whether the client may continue the session. Called on the loop
	 * of the session.
	 * @param permitted called on that loop if none rejects the client
	 */
	void ask(SessionRegistry registry, Resumption of, Session asked, Runnable permitted);

	/** Accepts the claim: the former socket is closed. */
	void accept(Resumption of);

	/**
	 * Rejects the claim.
	 * @param reason why the session was closed; null if that is unknown, or it was not
	 * closed
	 */
	void lost(@Nullable CloseReason reason);

	/** The session has left for another server meanwhile. */
	void moved();

	/** Ends an accepted claim, because the client cannot continue the session now. */
	void refuse(CloseReason reason);

}
