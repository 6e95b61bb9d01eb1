package io.nanogame.connection;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.nanogame.time.RealTime;

/**
 * The connections of a server, each from its first byte until it is closed and its last
 * message is handled. Ends all of them when the server stops. Thread-safe.
 */
public final class Connections {

	private final Set<ConnectionLife> all = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> empty = new CompletableFuture<>();

	private final Draining draining;

	Connections(Draining draining) {
		this.draining = draining;
	}

	void add(ConnectionLife connection) {
		this.all.add(connection);
		if (isDraining()) {
			connection.endWhenDone();
		}
	}

	void remove(ConnectionLife connection) {
		this.all.remove(connection);
		completeIfEmpty();
	}

	private void completeIfEmpty() {
		// Not isEmpty, which may be true until another thread has counted its addition.
		if (isDraining() && !this.all.iterator().hasNext()) {
			this.empty.complete(null);
		}
	}

	/** Returns the connections: a snapshot. */
	List<ConnectionLife> all() {
		return List.copyOf(this.all);
	}

	public int count() {
		return this.all.size();
	}

	/**
	 * Returns the unfinished work of all clients.
	 * @return the number of queued and running messages, and of requests without reply
	 */
	public long backlog() {
		return this.all.stream().mapToLong((connection) -> connection.gate().backlog()).sum();
	}

	/**
	 * Begins the graceful stop. Messages that were read before are handled, and their
	 * replies are sent. Requests that are read from now on fail with 503. Each connection
	 * is closed when no work of its client is left.
	 */
	public void drain() {
		this.draining.begin();
		this.all.forEach(ConnectionLife::endWhenDone);
		completeIfEmpty();
	}

	boolean isDraining() {
		return this.draining.hasBegun();
	}

	/**
	 * Returns the number of messages that were received after the graceful stop had
	 * begun, and not handled.
	 * @return the number since the start
	 */
	public long lateMessages() {
		return this.draining.lateMessages();
	}

	/**
	 * Waits until all connections are closed and all their messages are handled.
	 * @param untilNanos the deadline, as {@link RealTime#nanoTime()}
	 * @return whether that happened before the deadline
	 */
	public boolean awaitEmpty(long untilNanos) {
		return await(this.empty, untilNanos);
	}

	/**
	 * Fails all requests without reply, then closes the remaining connections. Requests
	 * fail with 503 if their handlers have not started, otherwise with 408.
	 * @param untilNanos the deadline, as {@link RealTime#nanoTime()}
	 */
	public void giveUp(long untilNanos) {
		// In two steps, so that the reply of a handler that ends now is sent before the
		// connection is closed.
		await(forEach((connection) -> connection.gate().abandon()), untilNanos);
		forEach(ConnectionLife::shutDown);
	}

	/**
	 * Closes the remaining connections immediately.
	 * @param untilNanos the deadline, as {@link RealTime#nanoTime()}
	 * @return the number of connections with running handlers or unsent output
	 */
	public long abort(long untilNanos) {
		LongAdder cut = new LongAdder();
		await(forEach((connection) -> {
			if (connection.gate().backlog() > 0 || connection.wire().pendingBytes() > 0) {
				cut.increment();
			}
			connection.wire().abort();
		}), untilNanos);
		return cut.sum();
	}

	/** Runs an action for each connection on its loop. */
	private CompletableFuture<Void> forEach(Consumer<ConnectionLife> action) {
		return CompletableFuture.allOf(this.all.stream().map((connection) -> {
			CompletableFuture<Void> done = new CompletableFuture<>();
			connection.loop().enqueue(() -> {
				try {
					action.accept(connection);
				}
				finally {
					done.complete(null);
				}
			});
			return done;
		}).toArray(CompletableFuture[]::new));
	}

	private static boolean await(CompletableFuture<Void> event, long untilNanos) {
		try {
			event.get(Math.max(0, untilNanos - RealTime.nanoTime()), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
