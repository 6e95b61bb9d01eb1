package io.nanogame.trace;

import java.util.Map;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * Something that takes time, and may be part of something else. Any thread.
 */
public interface Span {

	/** Nobody looks. */
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
			// Nobody looks.
		}

	};

	/**
	 * What tells another node of this span.
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
	 * Ends it. Once.
	 * @param problem a word for what went wrong, of a few there are; null if nothing did
	 */
	void end(@Nullable String problem);

	/**
	 * Ends it.
	 * @param failure what went wrong, told by the name of its class, because its words
	 * may be about players; null if nothing did
	 */
	default void endWith(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		end((cause != null) ? cause.getClass().getSimpleName() : null);
	}

	/**
	 * The time a span is a thread's current one.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
