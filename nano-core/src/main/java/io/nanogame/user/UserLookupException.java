package io.nanogame.user;

/**
 * The other servers of a cluster have not replied, so it is unknown whether a player is
 * connected. The caller may repeat the query.
 */
public class UserLookupException extends RuntimeException {

	/**
	 * Creates the failure of a query.
	 * @param message the reason
	 */
	public UserLookupException(String message) {
		super(message);
	}

}
