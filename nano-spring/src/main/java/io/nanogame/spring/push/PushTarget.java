package io.nanogame.spring.push;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request of the push API may be for; each has a path of its own.
 */
public enum PushTarget {

	/** All sessions of a player. */
	USER,

	/** All sessions of several players. */
	USERS,

	/** The members of a group. */
	GROUP,

	/** All sessions. */
	ALL;

	/**
	 * The path of its requests, and its name on monitors.
	 * @return a path below that of the API, without slashes
	 */
	public String path() {
		return name().toLowerCase(Locale.ROOT);
	}

	static @Nullable PushTarget of(String path) {
		for (PushTarget target : values()) {
			if (target.path().equals(path)) {
				return target;
			}
		}
		return null;
	}

}
