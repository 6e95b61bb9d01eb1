package io.nanogame.spring;

import java.util.Collection;
import java.util.stream.Collectors;

import io.nanogame.route.RequestException;

/**
 * The answer to a message whose arguments are not valid.
 */
final class InvalidPayload {

	/** The client's developer fixes one thing after the other. */
	private static final int NAMED = 3;

	private InvalidPayload() {
	}

	/**
	 * The answer.
	 * @param violations each with its path, if it has one, and without the value
	 */
	static RequestException of(Collection<String> violations) {
		String first = violations.stream().sorted().limit(NAMED).collect(Collectors.joining("; "));
		return new RequestException(400,
				(violations.size() > NAMED) ? first + "; and " + (violations.size() - NAMED) + " more" : first);
	}

}
