package io.nanogame.resume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The valid tokens of one session: the last one that the client has proven to have
 * received, and those that were sent to it since. Therefore any reply with a new token
 * may be lost, and any handshake may be late. Confined to the loop of the session until
 * that is closed.
 */
public final class ResumeTokens {

	private static final int MAX_UNPROVEN = 7;

	private final long session;

	private final RandomGenerator random;

	private @Nullable ResumeToken newest;

	private @Nullable ResumeToken proven;

	/** The tokens between those two, the oldest first. Null for none. */
	private @Nullable ArrayDeque<ResumeToken> unproven;

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
		if (this.newest != null && this.newest != this.proven) {
			keep(this.newest);
		}
		this.newest = token;
		return token;
	}

	private void keep(ResumeToken token) {
		ArrayDeque<ResumeToken> others = (this.unproven != null) ? this.unproven : new ArrayDeque<>(MAX_UNPROVEN);
		if (others.size() == MAX_UNPROVEN) {
			others.remove();
		}
		others.add(token);
		this.unproven = others;
	}

	/** Makes the newest token the only valid one, because the client has received it. */
	public void prove() {
		this.proven = this.newest;
		this.unproven = null;
	}

	/**
	 * Makes the tokens before a valid one invalid, because the client has received this
	 * one. So it stays valid, however many replies with later tokens are lost.
	 * @param token a token that {@linkplain #matches matches}
	 */
	public void claimed(ResumeToken token) {
		if (this.newest != null && this.newest.isSame(token)) {
			prove();
		}
		else if (this.unproven != null && this.unproven.stream().anyMatch(token::isSame)) {
			while (!token.isSame(this.unproven.remove())) {
				// An earlier one.
			}
			this.proven = token;
		}
	}

	/**
	 * Returns whether a token is valid.
	 * @param token the token of a client
	 * @return true for the proven one and the newer ones, of which a few are kept
	 */
	public boolean matches(ResumeToken token) {
		boolean isNewest = this.newest != null && this.newest.isSame(token);
		boolean isProven = this.proven != null && this.proven.isSame(token);
		boolean isUnproven = false;
		if (this.unproven != null) {
			for (ResumeToken other : this.unproven) {
				isUnproven |= other.isSame(token);
			}
		}
		return isNewest | isProven | isUnproven;
	}

	/**
	 * Returns the valid tokens, for another server.
	 * @return the one that the client has for certain, and later ones
	 */
	public List<ResumeToken> all() {
		List<ResumeToken> all = new ArrayList<>();
		if (this.proven != null) {
			all.add(this.proven);
		}
		if (this.unproven != null) {
			all.addAll(this.unproven);
		}
		if (this.newest != null && this.newest != this.proven) {
			all.add(this.newest);
		}
		return all;
	}

	/** Has the tokens of another server, see {@link #all()}. */
	void restore(List<ResumeToken> all) {
		for (ResumeToken token : all) {
			if (this.proven == null) {
				this.proven = token;
			}
			else if (this.newest != this.proven && this.newest != null) {
				keep(this.newest);
			}
			this.newest = token;
		}
	}

}
