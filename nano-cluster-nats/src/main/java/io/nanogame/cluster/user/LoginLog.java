package io.nanogame.cluster.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

import io.nanogame.session.LoginClaim;
import org.jspecify.annotations.Nullable;

/**
 * The uids that sessions of this node have claimed, in the order of their last claims.
 * Claims have consecutive numbers, so that other nodes notice when they miss one.
 * Thread-safe.
 */
final class LoginLog {

	/** The characters of uids in a page, unless a single one has more. */
	private static final int PAGE_LENGTH = 16 * 1024;

	private static final int PAGE_CLAIMS = 1024;

	private final Function<String, @Nullable LoginClaim> claims;

	// Guarded by this

	private final Map<String, Long> numbers = new HashMap<>();

	private final NavigableMap<Long, String> uids = new TreeMap<>();

	private long last;

	/**
	 * Creates an empty log.
	 * @param claims returns the present claim to a uid; null if it was released
	 */
	LoginLog(Function<String, @Nullable LoginClaim> claims) {
		this.claims = claims;
	}

	/**
	 * Numbers a claim, which may be the repetition of an earlier one. The session may
	 * have released the uid meanwhile, which will not be reported again.
	 */
	synchronized void claimed(String uid) {
		remove(uid);
		this.last++;
		if (this.claims.apply(uid) != null) {
			this.numbers.put(uid, this.last);
			this.uids.put(this.last, uid);
		}
	}

	/** Returns the number of uids. */
	synchronized int size() {
		return this.uids.size();
	}

	/** A session has released its uid, which another one may hold. */
	synchronized void released(String uid) {
		if (this.claims.apply(uid) == null) {
			remove(uid);
		}
	}

	private void remove(String uid) {
		Long number = this.numbers.remove(uid);
		if (number != null) {
			this.uids.remove(number);
		}
	}

	/** Returns the number of the last claim; 0 if there was none. */
	synchronized long last() {
		return this.last;
	}

	/** Returns the claims with greater numbers, up to the length of a page. */
	synchronized Page after(long number) {
		List<LoginClaim> page = new ArrayList<>();
		long length = 0;
		for (Map.Entry<Long, String> entry : this.uids.tailMap(number, false).entrySet()) {
			length += entry.getValue().length();
			if (!page.isEmpty() && (length > PAGE_LENGTH || page.size() == PAGE_CLAIMS)) {
				return new Page(number, entry.getKey() - 1, page);
			}
			LoginClaim claim = this.claims.apply(entry.getValue());
			if (claim != null) {
				page.add(claim);
			}
		}
		return new Page(number, this.last, page);
	}

	/**
	 * Some claims.
	 *
	 * @param after it has the claims with greater numbers
	 * @param upTo the number of its last claim
	 * @param claims those that are not released
	 */
	record Page(long after, long upTo, List<LoginClaim> claims) {
	}

}
