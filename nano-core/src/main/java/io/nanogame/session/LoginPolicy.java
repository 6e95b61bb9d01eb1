package io.nanogame.session;

/**
 * The treatment of a second login of a player. Applies to one server and to a cluster,
 * whose nodes must have the same policy.
 */
public enum LoginPolicy {

	/** A player may have several sessions. */
	SEVERAL,

	/**
	 * The newer login succeeds, and the older session is closed with
	 * {@link CloseReason#REPLACED}.
	 */
	REPLACE,

	/** The newer login is rejected, and the older session stays open. */
	REFUSE

}
