package io.nanogame.session;

/**
 * The claim of a server that a player is logged in on it.
 *
 * @param uid the player
 * @param stamp grows with time
 * @param session the id of the session; decides between claims of one stamp
 */
public record LoginClaim(String uid, long stamp, long session) {

	boolean isNewerThan(LoginClaim other) {
		return (this.stamp != other.stamp) ? this.stamp > other.stamp : this.session > other.session;
	}

}
