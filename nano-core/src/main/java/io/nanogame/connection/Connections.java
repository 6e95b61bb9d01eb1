package io.nanogame.connection;

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
 * The connections of a server, each from its first byte until it is closed and the last
 * thing it was asked is done; and how all of them end. Any thread.
 */
public final class Connections {

	private final Set<ClientConnection> all = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> empty = new CompletableFuture<>();

	private final Draining draining;

	Connections(Draining draining) {
		this.draining = draining;
	}

	void add(ClientConnection connection) {
		this.all.add(connection);
		if (isDraining()) {
			connection.endWhenDone();
		}
	}

	void remove(ClientConnection connection) {
		this.all.remove(connection);
		completeIfEmpty();
	}

	private void completeIfEmpty() {
		if (isDraining() && this.all.isEmpty()) {
			this.empty.complete(null);
		}
	}

	public int count() {
		return this.all.size();
	}

	/**
	 * How much the clients have asked for that is not done.
	 * @return messages that wait or are handled, and requests that are not answered
	 */
	public long backlog() {
		return this.all.stream().mapToLong((connection) -> connection.gate().backlog()).sum();
	}

	/**
	 * Finishes: what was read before is handled and answered, requests read from now on
	 * are answered 503, and each client is kicked once nothing of it is left to do.
	 */
	public void drain() {
		this.draining.begin();
		this.all.forEach(ClientConnection::endWhenDone);
		completeIfEmpty();
	}

	boolean isDraining() {
		return this.draining.hasBegun();
	}

	/**
	 * Messages that came when the server was stopping already.
	 * @return how many were not handled for that
	 */
	public long tooLate() {
		return this.draining.tooLate();
	}

	/**
	 * Waits until all connections are closed and all they had asked for is done.
	 * @param untilNanos as {@link RealTime#nanoTime()}
	 * @return whether that was in time
	 */
	public boolean awaitEmpty(long untilNanos) {
		return await(this.empty, untilNanos);
	}

	/**
	 * Answers 503 to all requests that are not answered, then kicks all clients that are
	 * left.
	 * @param untilNanos how long this may take at most, as {@link RealTime#nanoTime()}
	 */
	public void giveUp(long untilNanos) {
		// One after the other, so that a handler that ends right now comes ahead of the
		// kick.
		await(forEach((connection) -> connection.gate().abandon()), untilNanos);
		forEach(ClientConnection::shutDown);
	}

	/**
	 * Closes what is left at once.
	 * @param untilNanos how long this may take at most, as {@link RealTime#nanoTime()}
	 * @return how many of them had a handler that still ran, or had not read everything
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

	/** Does something for all on their loops. */
	private CompletableFuture<Void> forEach(Consumer<ClientConnection> action) {
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
