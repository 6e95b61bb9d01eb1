package io.nanogame.resume;

import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The valid tokens of one session: the newest one, and the last one that the client has
 * proven to have received. Therefore a reply with a new token may be lost. Confined to
 * the loop of the session until that is closed.
 */
public final class ResumeTokens {

	private final long session;

	private final RandomGenerator random;

	private @Nullable ResumeToken newest;

	private @Nullable ResumeToken proven;

	ResumeTokens(long session, RandomGenerator random) {
		this.session = session;
		this.random = random;
	}

	/**
	 * Replaces the newest token.
	 * @return the token to send
	 */
	public ResumeToken renew() {
		ResumeToken token = ResumeToken.random(this.session, this.random);
		this.newest = token;
		return token;
	}

	/** Makes the newest token the only valid one, because the client has received it. */
	public void prove() {
		this.proven = this.newest;
	}

	/**
	 * Returns whether a token is valid.
	 * @param token the token of a client
	 * @return true for the newest and the proven one
	 */
	public boolean matches(ResumeToken token) {
		boolean isNewest = this.newest != null && this.newest.isSame(token);
		boolean isProven = this.proven != null && this.proven.isSame(token);
		return isNewest | isProven;
	}

}
