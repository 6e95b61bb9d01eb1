package io.nanogame.cluster;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.client.NanoClient;

/**
 * A player that numbers its messages, sends them in bursts to all components, and
 * complains when answers or pushes are not in the order of its messages. What is not said
 * otherwise runs on its client's event loop.
 */
final class OrderedPlayer implements AutoCloseable {

	private static final String[] COMPONENTS = { "here", "room", "arena" };

	private static final String[] WAYS = { "lane", "loop", "later" };

	/** Bursts, if that takes longer than the time given. */
	private static final int AT_LEAST = 10;

	private final int player;

	private final int burst;

	private final NanoClient client;

	private final Queue<String> complaints;

	private final Random random;

	/** Requests of the present burst without an answer. */
	private final AtomicInteger waiting = new AtomicInteger();

	private volatile int steps;

	/** The number of the last step heard of by push. */
	private volatile int pushed = -1;

	private volatile int news;

	private volatile boolean done;

	private int answered = -1;

	private int bursts;

	private long endNanos;

	private String component = "room";

	record Step(int player, int number) {
	}

	OrderedPlayer(int player, int burst, NanoClient client, Queue<String> complaints) {
		this.player = player;
		this.burst = burst;
		this.client = client;
		this.complaints = complaints;
		this.random = new Random(player);
		client.on("onStep", Step.class, this::pushed);
		client.on("onNews", Step.class, (step) -> this.news++);
		client.call("room.join", null, Void.class);
	}

	/** Begins, on any thread. */
	void play(Duration atLeast) {
		this.endNanos = System.nanoTime() + atLeast.toNanos();
		burst();
	}

	private void burst() {
		if (this.bursts++ >= AT_LEAST && System.nanoTime() - this.endNanos >= 0) {
			this.done = true;
			return;
		}
		// One more, so that no answer ends the burst before all of it was sent.
		this.waiting.set(1);
		for (int i = 0; i < this.burst; i++) {
			Step step = new Step(this.player, this.steps++);
			if (this.random.nextInt(4) == 0) {
				this.component = COMPONENTS[this.random.nextInt(COMPONENTS.length)];
			}
			String route = this.component + "." + WAYS[this.random.nextInt(WAYS.length)];
			// The last one is a request, so that the burst ends behind all of it.
			if (i + 1 < this.burst && this.random.nextInt(3) == 0) {
				this.client.notify(route, step);
			}
			else {
				this.waiting.incrementAndGet();
				this.client.request(route, step, Step.class)
					.subscribe((answer) -> answered(step, answer), (failure) -> {
						this.complaints.add(step + " was not answered: " + failure);
						next();
					});
			}
		}
		next();
	}

	private void answered(Step asked, Step answer) {
		if (!asked.equals(answer) || answer.number() <= this.answered) {
			this.complaints.add("%s was answered %s, behind the answer to %d".formatted(asked, answer, this.answered));
		}
		if (this.pushed < answer.number()) {
			this.complaints.add("%s was answered before its push had come".formatted(asked));
		}
		this.answered = answer.number();
		next();
	}

	private void pushed(Step step) {
		if (step.number() != this.pushed + 1) {
			this.complaints.add("%s was pushed behind %d".formatted(step, this.pushed));
		}
		this.pushed = step.number();
	}

	private void next() {
		if (this.waiting.decrementAndGet() == 0) {
			burst();
		}
	}

	boolean isDone() {
		return this.done;
	}

	int steps() {
		return this.steps;
	}

	int pushes() {
		return this.pushed + 1;
	}

	int news() {
		return this.news;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
