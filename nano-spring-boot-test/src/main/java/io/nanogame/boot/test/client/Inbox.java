package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The pushes that a player has received and the test has not taken yet, and the end of
 * its connection. Thread-safe.
 */
public final class Inbox {

	/** The number of pushes in the message of a failing test. */
	private static final int SHOWN = 10;

	// Guarded by this

	private final List<Push> pushes = new ArrayList<>();

	private @Nullable Ending ending;

	/**
	 * Adds a received push.
	 * @param route the route of the push
	 * @param body the body of the push; must not be modified
	 * @param nanos when it was received, in the time of the connection
	 */
	public synchronized void push(String route, byte[] body, long nanos) {
		this.pushes.add(new Push(route, body, nanos));
		notifyAll();
	}

	/**
	 * Records that the game has kicked the player. Only the first end of the connection
	 * counts.
	 * @param reason the reason of the kick
	 */
	public void kicked(String reason) {
		end(new Ending(reason, "was kicked: " + reason));
	}

	/**
	 * Records that the connection has ended without a kick. Only the first end of the
	 * connection counts.
	 * @param message describes the end
	 */
	public void closed(String message) {
		end(new Ending(null, message));
	}

	/** Records that the player has connected again, or tries to. */
	public synchronized void reopened() {
		this.ending = null;
	}

	private synchronized void end(Ending how) {
		if (this.ending == null) {
			this.ending = how;
			notifyAll();
		}
	}

	/**
	 * Removes and returns the oldest push of a route; null if none arrives in time.
	 * Blocks.
	 */
	synchronized @Nullable Push poll(String route, Duration limit) {
		return await(() -> {
			Push found = find(route);
			if (found != null) {
				this.pushes.remove(found);
			}
			return found;
		}, limit);
	}

	/**
	 * Returns the oldest push of a route and keeps it; null if none arrives in time.
	 * Blocks.
	 */
	synchronized @Nullable Push peek(String route, Duration limit) {
		return await(() -> find(route), limit);
	}

	/** Returns the end of the connection; null if it does not end in time. Blocks. */
	synchronized @Nullable Ending ending(Duration limit) {
		return await(() -> this.ending, limit);
	}

	private @Nullable Push find(String route) {
		Iterator<Push> found = this.pushes.stream().filter((push) -> push.route().equals(route)).iterator();
		return found.hasNext() ? found.next() : null;
	}

	/**
	 * Guarded by this. Stops waiting when the connection ends, because no push can
	 * follow.
	 */
	private <T> @Nullable T await(Supplier<@Nullable T> wanted, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		T found;
		while ((found = wanted.get()) == null && this.ending == null) {
			long left = end - System.nanoTime();
			if (left <= 0) {
				return null;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("The wait for a message was interrupted", ex);
			}
		}
		return found;
	}

	/** Describes the content, for the message of a failing test. */
	synchronized String describe() {
		List<Push> latest = this.pushes.subList(Math.max(0, this.pushes.size() - SHOWN), this.pushes.size());
		Stream<String> ended = (this.ending != null) ? Stream.of(this.ending.message()) : Stream.empty();
		String all = Stream.concat(latest.stream().map(Push::toString), ended).collect(Collectors.joining("\n  "));
		return all.isEmpty() ? " nothing" : "\n  " + all;
	}

	/**
	 * A received push.
	 *
	 * @param route the route
	 * @param body the body
	 * @param nanos when it was received
	 */
	record Push(String route, byte[] body, long nanos) {

		@Override
		public String toString() {
			return "push %s %s".formatted(this.route, Formats.of(this.body));
		}

	}

	/**
	 * The end of a connection.
	 *
	 * @param kick the reason of the kick, null if there was none
	 * @param message describes the end
	 */
	record Ending(@Nullable String kick, String message) {
	}

}
