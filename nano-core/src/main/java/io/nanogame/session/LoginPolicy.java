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
	REFUSE,

	/**
	 * The client of the newer login continues the older session, whose connection is
	 * closed if it has one. Sessions of clients that were cut are kept for a time. As
	 * {@link #REPLACE} for an older session that the client cannot continue.
	 */
	CONTINUE

}
