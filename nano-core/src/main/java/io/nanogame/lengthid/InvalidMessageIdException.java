package io.nanogame.lengthid;

/**
 * Thrown at the start when the ids of handlers and pushes are not valid.
 */
public final class InvalidMessageIdException extends RuntimeException {

	private final String key;

	/**
	 * Creates the exception.
	 * @param key the configuration key of the ids
	 * @param problem a sentence without a full stop
	 */
	InvalidMessageIdException(String key, String problem) {
		super(problem);
		this.key = key;
	}

	/**
	 * Returns the configuration key of the ids.
	 * @return a key such as {@code nano.listeners.games.ids}
	 */
	public String key() {
		return this.key;
	}

}
