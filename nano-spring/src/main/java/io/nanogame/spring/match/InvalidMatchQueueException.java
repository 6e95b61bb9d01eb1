package io.nanogame.spring.match;

/**
 * Thrown at startup for a class with {@link MatchQueue} that cannot be a queue.
 */
public class InvalidMatchQueueException extends IllegalStateException {

	private final Class<?> type;

	private final String problem;

	InvalidMatchQueueException(Class<?> type, String problem) {
		super("%s cannot be a queue: %s".formatted(type.getName(), problem));
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
