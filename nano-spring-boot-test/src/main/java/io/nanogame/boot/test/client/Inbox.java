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
 * What has come for a player and was not asked for yet, and how its connection ended. Any
 * thread.
 */
public final class Inbox {

	/** A failing test shows the latest pushes. */
	private static final int SHOWN = 10;

	// Guarded by this

	private final List<Push> pushes = new ArrayList<>();

	private @Nullable Ending ending;

	/**
	 * A push has come.
	 * @param route of the push
	 * @param body of the push, not to be changed
	 * @param nanos when, by the time of the line
	 */
	public synchronized void push(String route, byte[] body, long nanos) {
		this.pushes.add(new Push(route, body, nanos));
		notifyAll();
	}

	/**
	 * The game has kicked the player. Only the first ending counts.
	 * @param reason as the player was told
	 */
	public void kicked(String reason) {
		end(new Ending(reason, "was kicked: " + reason));
	}

	/**
	 * The connection has ended without a kick. Only the first ending counts.
	 * @param words what happened
	 */
	public void closed(String words) {
		end(new Ending(null, words));
	}

	private synchronized void end(Ending how) {
		if (this.ending == null) {
			this.ending = how;
			notifyAll();
		}
	}

	/** Takes the oldest push of a route; null if none comes in time. Blocks. */
	synchronized @Nullable Push take(String route, Duration limit) {
		return await(() -> {
			Push found = find(route);
			if (found != null) {
				this.pushes.remove(found);
			}
			return found;
		}, limit);
	}

	/** The oldest push of a route, which stays; null if none comes in time. Blocks. */
	synchronized @Nullable Push look(String route, Duration limit) {
		return await(() -> find(route), limit);
	}

	/** How the connection has ended; null if it does not in time. Blocks. */
	synchronized @Nullable Ending ending(Duration limit) {
		return await(() -> this.ending, limit);
	}

	private @Nullable Push find(String route) {
		Iterator<Push> found = this.pushes.stream().filter((push) -> push.route().equals(route)).iterator();
		return found.hasNext() ? found.next() : null;
	}

	/** Guarded by this. Behind the end of a connection nothing comes any more. */
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
				throw new IllegalStateException("The wait for what comes was interrupted", ex);
			}
		}
		return found;
	}

	/** What is here, for the message of a test that fails. */
	synchronized String describe() {
		List<Push> latest = this.pushes.subList(Math.max(0, this.pushes.size() - SHOWN), this.pushes.size());
		Stream<String> ended = (this.ending != null) ? Stream.of(this.ending.words()) : Stream.empty();
		String all = Stream.concat(latest.stream().map(Push::toString), ended).collect(Collectors.joining("\n  "));
		return all.isEmpty() ? " nothing" : "\n  " + all;
	}

	/**
	 * A push.
	 *
	 * @param route its route
	 * @param body its bytes
	 * @param nanos when it came
	 */
	record Push(String route, byte[] body, long nanos) {

		@Override
		public String toString() {
			return "push %s %s".formatted(this.route, Words.of(this.body));
		}

	}

	/**
	 * The end of a connection.
	 *
	 * @param kick the reason of a kick, null if there was none
	 * @param words what to tell of it
	 */
	record Ending(@Nullable String kick, String words) {
	}

}
