package io.nanogame.protocol;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Lends objects with native memory, such as deflaters. An event loop has one, which is
 * released when its thread ends; other threads, which may be many, create one for each
 * use. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class LoopResource<T> {

	private final FastThreadLocal<T> ofLoop;

	private final Supplier<T> create;

	private final Consumer<T> reset;

	private final Consumer<T> release;

	/**
	 * Creates a resource. Must be kept in a constant, because the state of threads is not
	 * removed before they end.
	 * @param create creates an object
	 * @param reset resets an object after each use
	 * @param release releases the memory of an object
	 */
	public LoopResource(Supplier<T> create, Consumer<T> reset, Consumer<T> release) {
		this.create = create;
		this.reset = reset;
		this.release = release;
		this.ofLoop = new FastThreadLocal<>() {
			@Override
			protected T initialValue() {
				return create.get();
			}

			@Override
			protected void onRemoval(T resource) {
				release.accept(resource);
			}
		};
	}

	/**
	 * Calls a function with an object.
	 * @param <R> the type of the result
	 * @param use receives an object in its initial state; must not keep it, and must not
	 * call this method
	 * @return the result of the function
	 */
	public <R> R with(Function<T, R> use) {
		if (FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals()) {
			T resource = this.ofLoop.get();
			try {
				return use.apply(resource);
			}
			finally {
				// Now, because its input would be kept until the next use.
				this.reset.accept(resource);
			}
		}
		T resource = this.create.get();
		try {
			return use.apply(resource);
		}
		finally {
			this.release.accept(resource);
		}
	}

}
