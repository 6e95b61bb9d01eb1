package io.nanogame.trace;

import java.util.Map;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * An operation with a start and an end, possibly part of another operation. Thread-safe.
 */
public interface Span {

	/** Records nothing. */
	Span NONE = new Span() {

		@Override
		public Map<String, String> headers() {
			return Map.of();
		}

		@Override
		public Scope enter() {
			return () -> {
			};
		}

		@Override
		public void end(@Nullable String problem) {
			// Nothing is recorded.
		}

	};

	/**
	 * Returns the headers that propagate this span to another node.
	 * @return a few names and values, not to be changed
	 */
	Map<String, String> headers();

	/**
	 * Makes this the current span of the thread, until the scope is closed on the same
	 * thread.
	 * @return the scope
	 */
	Scope enter();

	/**
	 * Ends the span. Must be called once.
	 * @param problem the kind of failure, one of few values; null on success
	 */
	void end(@Nullable String problem);

	/**
	 * Ends the span.
	 * @param failure the failure, recorded by the name of its class, because its message
	 * may contain data of players; null on success
	 */
	default void endWith(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		end((cause != null) ? cause.getClass().getSimpleName() : null);
	}

	/**
	 * The period in which a span is the current span of a thread.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
