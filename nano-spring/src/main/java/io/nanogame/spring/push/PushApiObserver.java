package io.nanogame.spring.push;

import io.nanogame.observe.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Receives the outcome of each request of the push API. Any thread; must not block.
 */
@FunctionalInterface
public interface PushApiObserver {

	/**
	 * Called when a request has completed.
	 * @param target the target of the request, or null when it had another path
	 * @param outcome success, refused (an error of the caller) or failed (an error of the
	 * server)
	 * @param nanos the duration in nanoseconds
	 */
	void handled(@Nullable PushTarget target, Outcome outcome, long nanos);

}
