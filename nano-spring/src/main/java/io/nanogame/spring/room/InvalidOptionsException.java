package io.nanogame.spring.room;

/**
 * Thrown for options of a room that cannot be read. A request to create the room fails
 * with 400.
 */
final class InvalidOptionsException extends IllegalArgumentException {

	InvalidOptionsException(String message, Throwable cause) {
		super(message, cause);
	}

}
