package io.nanogame.spring;

import java.util.Collection;
import java.util.stream.Collectors;

import io.nanogame.route.RequestException;

/**
 * Creates the failure of a message with invalid arguments.
 */
final class InvalidPayload {

	/**
	 * The number of violations that are listed. The client's developer fixes them one
	 * after the other.
	 */
	private static final int LISTED = 3;

	private InvalidPayload() {
	}

	/**
	 * Creates the failure.
	 * @param violations the violations, each with its path, if it has one, but without
	 * the value
	 */
	static RequestException of(Collection<String> violations) {
		String first = violations.stream().sorted().limit(LISTED).collect(Collectors.joining("; "));
		return new RequestException(400,
				(violations.size() > LISTED) ? first + "; and " + (violations.size() - LISTED) + " more" : first);
	}

}
