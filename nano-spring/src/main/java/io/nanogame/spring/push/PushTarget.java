package io.nanogame.spring.push;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of recipients of the push API, each with a path of its own.
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
	 * Returns the path of its requests, which is also its name in monitoring.
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
