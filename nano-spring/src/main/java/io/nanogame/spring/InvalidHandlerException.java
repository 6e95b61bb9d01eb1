package io.nanogame.spring;

import java.lang.reflect.Method;

/**
 * Thrown at startup for a {@link Handler} method that cannot be a handler.
 */
public class InvalidHandlerException extends IllegalStateException {

	private static final String LEGAL_FORMS = """
			A handler is an instance method of a @GameComponent, not private, that takes in any order
			  - Session, Request, Principal (@Nullable where a login is not required)
			  - any parameter that an ArgumentResolver bean binds
			  - at most one payload, of any other type the serializer can read, byte[] for the raw body
			and returns
			  - nothing, or a value that is the response
			  - Mono or CompletionStage of it""";

	private final Method method;

	private final String problem;

	/**
	 * Creates the exception.
	 * @param method the method
	 * @param problem a description of the problem and its solution
	 */
	public InvalidHandlerException(Method method, String problem) {
		super("%s cannot be a handler: %s%n%s".formatted(HandlerMethod.describe(method.getDeclaringClass(), method),
				problem, LEGAL_FORMS));
		this.method = method;
		this.problem = problem;
	}

	public Method method() {
		return this.method;
	}

	/**
	 * Returns a description of the problem.
	 * @return a description without the name of the method and the legal forms
	 */
	public String problem() {
		return this.problem;
	}

}
