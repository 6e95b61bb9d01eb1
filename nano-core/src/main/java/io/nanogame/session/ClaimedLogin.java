package io.nanogame.session;

import org.jspecify.annotations.Nullable;

/**
 * The result of a claim to a uid.
 *
 * @param loser the session to close: the one that held the uid, or the claiming session,
 * which does not hold it then; null for none
 * @param continuation how the client of the claiming session continues the one that holds
 * the uid; null if it does not
 */
record ClaimedLogin(@Nullable Session loser, @Nullable Continuation continuation) {

	/** The session has the uid, and no other one is affected. */
	static final ClaimedLogin ALONE = new ClaimedLogin(null, null);

	/**
	 * Closes the session that loses, and moves the client. Must not be called under the
	 * lock of a login.
	 * @param claiming the session that has made the claim
	 * @return the session that is bound: the claiming one, or the one that is continued
	 */
	Session settle(Session claiming) {
		claiming.registry.logins().close(this.loser);
		return (this.continuation != null) ? this.continuation.begin() : claiming;
	}

}
