package io.nanogame.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * SPI. Context that is bound to a thread, such as a login or a transaction. A task that
 * runs on the thread of its caller must not see it, because it would not on any other
 * thread. Must be thread-safe.
 */
@FunctionalInterface
public interface ThreadContext {

	/** No context. */
	ThreadContext NONE = () -> () -> {
	};

	/**
	 * Hides the context of the current thread. Must not block.
	 * @return restores the context, on the same thread; null when the context cannot be
	 * hidden, so that the task must run on another thread
	 */
	@Nullable Runnable hide();

	/**
	 * Combines several kinds of context.
	 * @param contexts hidden in this order, and restored in the reverse one
	 * @return all of them as one
	 */
	static ThreadContext of(List<ThreadContext> contexts) {
		return switch (contexts.size()) {
			case 0 -> NONE;
			case 1 -> contexts.get(0);
			default -> () -> hideAll(contexts);
		};
	}

	private static @Nullable Runnable hideAll(List<ThreadContext> contexts) {
		Deque<Runnable> hidden = new ArrayDeque<>();
		boolean areAllHidden = false;
		try {
			for (ThreadContext context : contexts) {
				Runnable restore = context.hide();
				if (restore == null) {
					return null;
				}
				hidden.push(restore);
			}
			areAllHidden = true;
		}
		finally {
			if (!areAllHidden) {
				hidden.forEach(Runnable::run);
			}
		}
		return () -> hidden.forEach(Runnable::run);
	}

}
