package io.nanogame.spring.push;

import io.nanogame.route.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request of the push API end. Any thread; must not block.
 */
@FunctionalInterface
public interface PushApiObserver {

	/**
	 * A request was answered.
	 * @param target whom it was for, or null when it had another path
	 * @param outcome success, refused (the caller's fault) or failed (ours)
	 * @param nanos from its begin to its end
	 */
	void handled(@Nullable PushTarget target, Outcome outcome, long nanos);

}
