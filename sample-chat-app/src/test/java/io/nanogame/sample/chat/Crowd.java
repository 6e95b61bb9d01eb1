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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many members that chat continuously, ten in each room.
 */
final class Crowd implements AutoCloseable {

	private static final int ROOM_SIZE = 10;

	private static final int TICKS_PER_SECOND = 100;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final List<Chatter> all;

	private final double perTick;

	private double due;

	private int turn;

	/**
	 * Connects the members.
	 * @param port the port of the chat
	 * @param count the number of members
	 * @param perSecond the number of messages per second
	 */
	Crowd(int port, int count, int perSecond) {
		this.all = IntStream.range(0, count)
			.mapToObj((i) -> new Chatter(port, "c" + i, "room-" + i / ROOM_SIZE))
			.toList();
		this.perTick = (double) perSecond / TICKS_PER_SECOND;
		awaitAllInRooms();
	}

	/** Begins to send messages, from one member after the other. */
	void talk() {
		this.clock.scheduleAtFixedRate(() -> {
			for (this.due += this.perTick; this.due >= 1; this.due--) {
				this.all.get(this.turn++ % this.all.size()).send();
			}
		}, 0, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
	}

	void awaitAllInRooms() {
		Awaitility.await("all members are in a room")
			.atMost(TIMEOUT)
			.until(() -> this.all.stream().allMatch(Chatter::isInRoom));
	}

	/** Waits until further messages of each member are confirmed. */
	void awaitConfirmed(int each) {
		awaitAllInRooms();
		Map<Chatter, Integer> before = new HashMap<>();
		this.all.forEach((chatter) -> before.put(chatter, chatter.confirmed().size()));
		Awaitility.await("messages of all members are confirmed")
			.atMost(TIMEOUT)
			.until(() -> before.entrySet()
				.stream()
				.allMatch((entry) -> entry.getKey().confirmed().size() >= entry.getValue() + each));
	}

	/**
	 * Sends a last message from each member, and waits until it is received after all
	 * others.
	 * @return the losses
	 */
	Losses finish() throws InterruptedException {
		this.clock.shutdown();
		this.clock.awaitTermination(1, TimeUnit.SECONDS);
		Awaitility.await("all messages are confirmed or lost")
			.atMost(TIMEOUT)
			.until(() -> this.all.stream().allMatch((chatter) -> chatter.waiting() == 0));
		awaitAllInRooms();
		Map<Chatter, Integer> last = new HashMap<>();
		this.all.forEach((chatter) -> last.put(chatter, chatter.send()));
		Awaitility.await("all members have received the last messages")
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(missing(last)).isEmpty());
		return Losses.of(this.all);
	}

	/** Returns who has not received which message, with the outcomes of its sender. */
	private List<String> missing(Map<Chatter, Integer> sent) {
		return sent.entrySet()
			.stream()
			.flatMap((message) -> this.all.stream()
				.filter((other) -> other.room().equals(message.getKey().room()))
				.filter((other) -> !other.hasReceived(message.getKey().name(), message.getValue()))
				.map((other) -> "%s: %d of %s %s".formatted(other.name(), message.getValue(), message.getKey().name(),
						message.getKey().outcomes())))
			.toList();
	}

	/** Returns how often members have resumed their sessions. */
	int resumes() {
		return this.all.stream().mapToInt(Chatter::resumes).sum();
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.all.forEach(Chatter::close);
	}

}
