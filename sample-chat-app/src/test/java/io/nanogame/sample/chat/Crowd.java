package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.sample.chat.Chatter.Seat;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many members that chat continuously: in each room ten that resume their sessions, and
 * two whose clients cannot.
 */
final class Crowd implements AutoCloseable {

	/** The beginning of the names of members that resume. */
	static final String RESUMING = "new-";

	/** The beginning of the names of members that cannot resume. */
	static final String OLD = "old-";

	private static final int RESUMING_IN_A_ROOM = 10;

	private static final int OLD_IN_A_ROOM = 2;

	private static final int TICKS_PER_SECOND = 100;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final List<ResumingChatter> resuming;

	private final List<OldChatter> old;

	private final List<Chatter> all;

	private final double perTick;

	private double due;

	private int turn;

	private int announcements;

	/**
	 * Connects the members.
	 * @param port the port of the chat
	 * @param count the number of members that resume; a fifth of it is added that cannot
	 * @param perSecond the number of messages per second
	 * @param onBenches whether the members also take seats of a {@link Bench}
	 */
	Crowd(int port, int count, int perSecond, boolean onBenches) {
		this.resuming = IntStream.range(0, count)
			.mapToObj((i) -> new ResumingChatter(port,
					new Seat(RESUMING + i, "room-" + i / RESUMING_IN_A_ROOM, onBenches)))
			.toList();
		this.old = IntStream.range(0, count * OLD_IN_A_ROOM / RESUMING_IN_A_ROOM)
			.mapToObj((i) -> new OldChatter(port, new Seat(OLD + i, "room-" + i / OLD_IN_A_ROOM, onBenches)))
			.toList();
		this.all = Stream.<Chatter>concat(this.resuming.stream(), this.old.stream()).toList();
		this.perTick = (double) perSecond / TICKS_PER_SECOND;
		awaitAllInRooms();
	}

	/** Begins to send messages, from one member after the other. */
	void talk() {
		this.announcements = countAnnouncements();
		this.clock.scheduleAtFixedRate(() -> {
			for (this.due += this.perTick; this.due >= 1; this.due--) {
				this.all.get(this.turn++ % this.all.size()).send();
			}
		}, 0, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
	}

	void awaitAllInRooms() {
		Awaitility.await("all members are in a room")
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(without((chatter) -> chatter.ledger().isInRoom())).isEmpty());
	}

	/** Returns the members for which a condition is false, with their outcomes. */
	private List<String> without(Predicate<Chatter> condition) {
		return this.all.stream()
			.filter(condition.negate())
			.map((chatter) -> "%s: %s".formatted(chatter.name(), chatter.ledger().outcomes()))
			.toList();
	}

	/** Waits until further messages of each member are confirmed. */
	void awaitConfirmed(int each) {
		awaitAllInRooms();
		Map<Chatter, Integer> before = new HashMap<>();
		this.all.forEach((chatter) -> before.put(chatter, chatter.ledger().confirmed().size()));
		Awaitility.await("messages of all members are confirmed")
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(
					without((chatter) -> chatter.ledger().confirmed().size() >= before.get(chatter) + each))
				.isEmpty());
	}

	/**
	 * Sends a last message from each member, and waits until it is received after all
	 * others.
	 */
	void finish() throws InterruptedException {
		this.clock.shutdown();
		this.clock.awaitTermination(1, TimeUnit.SECONDS);
		Awaitility.await("all messages are confirmed or lost")
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(without((chatter) -> chatter.waiting() == 0)).isEmpty());
		awaitAllInRooms();
		Map<Chatter, Integer> last = new HashMap<>();
		this.all.forEach((chatter) -> last.put(chatter, chatter.send()));
		Awaitility.await("all members have received the last messages")
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(missing(last)).isEmpty());
	}

	/** Returns who has not received which message, with the outcomes of its sender. */
	private List<String> missing(Map<Chatter, Integer> sent) {
		return sent.entrySet()
			.stream()
			.flatMap((message) -> this.all.stream()
				.filter((other) -> other.room().equals(message.getKey().room()))
				.filter((other) -> !other.ledger().hasReceived(message.getKey().name(), message.getValue()))
				.map((other) -> "%s: %d of %s %s".formatted(other.name(), message.getValue(), message.getKey().name(),
						message.getKey().ledger().outcomes())))
			.toList();
	}

	/** Returns what members that resume have lost. */
	Losses lossesOfResuming() {
		return Losses.of(this.resuming, this.all);
	}

	/** Returns what members that cannot resume have lost. */
	Losses lossesOfOld() {
		return Losses.of(this.old, this.all);
	}

	int size() {
		return this.all.size();
	}

	/** Returns the number of members that cannot resume. */
	int old() {
		return this.old.size();
	}

	/** Returns how often the server has confirmed that a session was resumed. */
	int resumed() {
		return this.resuming.stream().mapToInt(ResumingChatter::resumed).sum();
	}

	/** Returns how often sessions of members that cannot resume were continued. */
	int continued() {
		return this.old.stream().mapToInt((chatter) -> chatter.ledger().resumes()).sum();
	}

	/** Returns how many members that cannot resume were kicked. */
	long kicked() {
		return this.old.stream().filter(OldChatter::isKicked).count();
	}

	/** Returns how often members have taken their seats on benches. */
	int benches() {
		return this.all.stream().mapToInt(Chatter::benches).sum();
	}

	/**
	 * Returns how many announcements of members that join and leave were received since
	 * the members talk.
	 */
	int announcements() {
		return countAnnouncements() - this.announcements;
	}

	private int countAnnouncements() {
		return this.all.stream().mapToInt((chatter) -> chatter.ledger().announcements()).sum();
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.all.forEach(Chatter::close);
	}

}
