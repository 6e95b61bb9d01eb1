package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/**
 * Many who talk all the time, ten to a room.
 */
final class Crowd implements AutoCloseable {

	private static final int ROOM_SIZE = 10;

	private static final int TICKS_A_SECOND = 100;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final List<Chatter> all;

	private final double perTick;

	private double due;

	private int turn;

	/**
	 * Comes in.
	 * @param port of the chat
	 * @param count how many
	 */
	Crowd(int port, int count, int perSecond) {
		this.all = IntStream.range(0, count)
			.mapToObj((i) -> new Chatter(port, "c" + i, "room-" + i / ROOM_SIZE))
			.toList();
		this.perTick = (double) perSecond / TICKS_A_SECOND;
		awaitEverybody();
	}

	/** Begins to talk, one after the other. */
	void talk() {
		this.clock.scheduleAtFixedRate(() -> {
			for (this.due += this.perTick; this.due >= 1; this.due--) {
				this.all.get(this.turn++ % this.all.size()).say();
			}
		}, 0, 1000 / TICKS_A_SECOND, TimeUnit.MILLISECONDS);
	}

	void awaitEverybody() {
		Awaitility.await("everybody is in a room")
			.atMost(PATIENCE)
			.until(() -> this.all.stream().allMatch(Chatter::isThere));
	}

	/** Until each of them has got answers to some more messages. */
	void awaitAnswers(int each) {
		awaitEverybody();
		Map<Chatter, Integer> before = new HashMap<>();
		this.all.forEach((chatter) -> before.put(chatter, chatter.said().size()));
		Awaitility.await("everybody is answered")
			.atMost(PATIENCE)
			.until(() -> before.entrySet()
				.stream()
				.allMatch((entry) -> entry.getKey().said().size() >= entry.getValue() + each));
	}

	/**
	 * Lets each of them say a last word, which comes behind all the others.
	 * @return what was lost
	 */
	Toll finish() throws InterruptedException {
		this.clock.shutdown();
		this.clock.awaitTermination(1, TimeUnit.SECONDS);
		Awaitility.await("all messages are answered, or lost")
			.atMost(PATIENCE)
			.until(() -> this.all.stream().allMatch((chatter) -> chatter.waiting() == 0));
		awaitEverybody();
		Map<Chatter, Integer> last = new HashMap<>();
		this.all.forEach((chatter) -> last.put(chatter, chatter.say()));
		Awaitility.await("everybody has heard the last words")
			.atMost(PATIENCE)
			.until(() -> last.entrySet()
				.stream()
				.allMatch((word) -> this.all.stream()
					.filter((other) -> other.room().equals(word.getKey().room()))
					.allMatch((other) -> other.hasHeard(word.getKey().name(), word.getValue()))));
		return Toll.of(this.all);
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.all.forEach(Chatter::close);
	}

}
