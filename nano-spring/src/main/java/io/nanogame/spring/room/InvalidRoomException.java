package io.nanogame.spring.room;

/**
 * Thrown at startup for a class with {@link GameRoom} that cannot be a room.
 */
public class InvalidRoomException extends IllegalStateException {

	private final Class<?> type;

	private final String problem;

	InvalidRoomException(Class<?> type, String problem) {
		super("%s cannot be a room: %s".formatted(type.getName(), problem));
		this.type = type;
		this.problem = problem;
	}

	/**
	 * Returns the class.
	 * @return the class with the annotation
	 */
	public Class<?> type() {
		return this.type;
	}

	/**
	 * Returns a description of the problem and its solution.
	 * @return a sentence
	 */
	public String problem() {
		return this.problem;
	}

}
