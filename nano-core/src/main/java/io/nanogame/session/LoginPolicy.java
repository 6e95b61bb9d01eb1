package io.nanogame.session;

/**
 * What a login of a player becomes who is logged in already. The same on one server and
 * in a cluster, where all nodes must have the same policy.
 */
public enum LoginPolicy {

	/** A player may have several sessions. */
	SEVERAL,

	/**
	 * The newer login stays, the older session is closed with
	 * {@link CloseReason#REPLACED}.
	 */
	REPLACE,

	/** The older session stays, the newer login is refused. */
	REFUSE

}
