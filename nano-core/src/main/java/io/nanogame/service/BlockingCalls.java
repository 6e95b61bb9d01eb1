package io.nanogame.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The blocking calls within this node that have not returned: which thread waits for
 * which lane. A call that would wait for itself, because its lane waits for lanes that
 * wait for the caller, fails at once. Thread-safe.
 */
final class BlockingCalls {

	/** The innermost call of each thread. Guarded by this. */
	private final Map<Thread, Call> calls = new HashMap<>();

	/**
	 * Begins a call of the current thread, which ends with {@link #end}.
	 * @param callee the service
	 * @return the call, whose reply has failed already if the call closes a cycle
	 */
	synchronized Call begin(Offer<?> callee) {
		Thread thread = Thread.currentThread();
		Call call = new Call(callee, new CompletableFuture<>(), this.calls.get(thread));
		List<Offer<?>> waiting = waiting(callee, thread);
		if (!waiting.isEmpty()) {
			String chain = Stream.concat(waiting.stream(), Stream.of(callee))
				.map(BlockingCalls::name)
				.collect(Collectors.joining(" → "));
			call.reply()
				.completeExceptionally(
						new ServiceException(ServiceException.CYCLE, "The call would wait for itself: " + chain));
		}
		this.calls.put(thread, call);
		return call;
	}

	synchronized void end(Call call) {
		Thread thread = Thread.currentThread();
		if (call.outer() != null) {
			this.calls.put(thread, call.outer());
		}
		else {
			this.calls.remove(thread);
		}
	}

	/**
	 * Returns the services for which the lane of a callee waits, from the callee to the
	 * service that the thread runs; empty if the lane does not wait for the thread.
	 * Threads that wait have published the lanes that they hold, so an outdated thread of
	 * a lane cannot be seen here.
	 */
	private List<Offer<?>> waiting(Offer<?> callee, Thread thread) {
		List<Offer<?>> chain = new ArrayList<>();
		chain.add(callee);
		Offer<?> next = callee;
		Thread holder = callee.lane().thread();
		for (int i = 0; holder != null && i <= this.calls.size(); i++) {
			chain.addAll(nestedIn(next, this.calls.get(holder)));
			if (holder == thread) {
				return chain;
			}
			Call last = this.calls.get(holder);
			if (last == null || last.isRunning(holder)) {
				break;
			}
			next = last.callee();
			holder = next.lane().thread();
		}
		return List.of();
	}

	/**
	 * Returns the callees of a thread since it runs a task of a lane, the first one
	 * first.
	 */
	private static List<Offer<?>> nestedIn(Offer<?> holder, @Nullable Call innermost) {
		List<Offer<?>> callees = new ArrayList<>();
		Call call = innermost;
		while (call != null && call.callee().lane() != holder.lane()) {
			callees.add(call.callee());
			call = call.outer();
		}
		Collections.reverse(callees);
		return callees;
	}

	private static String name(Offer<?> offer) {
		String instance = offer.instance();
		return (instance != null) ? "%s '%s'".formatted(offer.type().name(), instance) : offer.type().name();
	}

	/**
	 * A call.
	 *
	 * @param callee the called service
	 * @param reply done when the caller no longer waits
	 * @param outer the call in whose execution the thread makes this one; null if there
	 * is none
	 */
	record Call(Offer<?> callee, CompletableFuture<@Nullable Object> reply, @Nullable Call outer) {

		/** Returns whether the thread of this call runs, instead of waiting. */
		boolean isRunning(Thread thread) {
			return this.reply.isDone() || this.callee.lane().thread() == thread;
		}

	}

}
