package io.nanogame.resume;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The valid tokens of one session: the last one that the client has proven to have
 * received, and those that were sent to it since. Therefore any reply with a new token
 * may be lost, and any handshake may be late. Confined to the loop of the session until
 * that is closed.
 */
public final class ResumeTokens {

	/** The tokens that are valid beside the newest one. */
	private static final int MAX_OLDER = 8;

	private final long session;

	private final RandomGenerator random;

	// The newest token, not as an object, because most sessions never need it again.

	private long high;

	private long low;

	/**
	 * The proven token, and those between it and the newest one, the oldest first. Null
	 * if the newest one is proven.
	 */
	private @Nullable ArrayDeque<ResumeToken> older;

	ResumeTokens(long session, RandomGenerator random) {
		this.session = session;
		this.random = random;
		// No client has this token.
		newest(ResumeToken.random(session, random));
	}

	private void newest(ResumeToken token) {
		this.high = token.high();
		this.low = token.low();
	}

	private ResumeToken newest() {
		return new ResumeToken(this.session, this.high, this.low);
	}

	/**
	 * Replaces the newest token.
	 * @return the token to send
	 */
	public ResumeToken renew() {
		ArrayDeque<ResumeToken> others = (this.older != null) ? this.older : new ArrayDeque<>(1);
		if (others.size() == MAX_OLDER) {
			ResumeToken proven = others.remove();
			others.remove();
			others.addFirst(proven);
		}
		others.add(newest());
		this.older = others;
		ResumeToken token = ResumeToken.random(this.session, this.random);
		newest(token);
		return token;
	}

	/** Makes the newest token the only valid one, because the client has received it. */
	public void prove() {
		this.older = null;
	}

	/**
	 * Makes the tokens before a valid one invalid, because the client has received this
	 * one. So it stays valid, however many replies with later tokens are lost.
	 * @param token a token that {@linkplain #matches matches}
	 */
	public void claimed(ResumeToken token) {
		if (newest().isSame(token)) {
			prove();
		}
		else if (this.older != null) {
			while (!token.isSame(this.older.element())) {
				this.older.remove();
			}
		}
	}

	/**
	 * Returns whether a token is valid.
	 * @param token the token of a client
	 * @return true for the proven one and the newer ones, of which a few are kept
	 */
	public boolean matches(ResumeToken token) {
		boolean matches = newest().isSame(token);
		if (this.older != null) {
			for (ResumeToken other : this.older) {
				matches |= other.isSame(token);
			}
		}
		return matches;
	}

}
