package io.nanogame.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.server.TestServer;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Members come and go while others broadcast: whoever is a member for sure gets the
 * message, whoever is none for sure does not, and nobody gets anything twice.
 */
class GroupChurnTests {

	private static final int CLIENTS = 8;

	/** Stays of each client that comes and goes. */
	private static final int STAYS = 30;

	/** Short stays of each client that is in a hurry. */
	private static final int HURRIED_STAYS = 2500;

	/** How far a broadcaster may be ahead of its slowest listener. */
	private static final int AHEAD = 500;

	private final TestServer server = new TestServer()
		.settings(TestServer.settings((it) -> it.highWaterMark(64 * 1024 * 1024)));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Seat> seats = new ArrayList<>();

	private final Channel red = new Channel("onRed", this.server.groups.create("red"));

	private final Channel blue = new Channel("onBlue", this.server.groups.create("blue"));

	@AfterEach
	void stop() {
		this.seats.forEach((seat) -> seat.client.close());
		this.server.close();
		this.threads.shutdownNow();
	}

	@Test
	void nothingIsLostDoubledOrForeign() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		for (int i = 0; i < CLIENTS; i++) {
			this.seats.add(new Seat((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()));
		}
		List<CompletableFuture<?>> churn = new ArrayList<>();
		// The first seat stays with both, the second with red only, the others come and
		// go.
		Stay steadyRed = this.red.join(this.seats.get(0));
		Stay steadyBlue = this.blue.join(this.seats.get(0));
		Stay onlyRed = this.red.join(this.seats.get(1));
		for (Seat seat : this.seats.subList(2, CLIENTS)) {
			churn.add(run(() -> comeAndGo(this.red, seat)));
			churn.add(run(() -> comeAndGo(this.blue, seat)));
		}
		CompletableFuture<?> all = CompletableFuture.allOf(churn.toArray(CompletableFuture[]::new));
		List<CompletableFuture<?>> broadcasts = List.of(run(() -> this.red.broadcastUntil(all)),
				run(() -> this.blue.broadcastUntil(all)));
		assertThat(all).succeedsWithin(Duration.ofSeconds(30));
		broadcasts.forEach(CompletableFuture::join);
		this.red.leave(steadyRed);
		this.blue.leave(steadyBlue);
		this.red.leave(onlyRed);
		this.seats.forEach((seat) -> seat.session.push("onEnd", 0));
		for (Seat seat : this.seats) {
			assertThat(seat.reading).succeedsWithin(Duration.ofSeconds(20));
			this.red.check(seat);
			this.blue.check(seat);
		}
		assertThat(this.seats.get(1).heard(this.blue)).isEmpty();
		assertThat(this.seats.get(0).heard(this.red)).hasSize(this.red.begun.get());
	}

	@Test
	void deliveriesAreUnharmedByThousandsThatComeAndGo() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		for (int i = 0; i < CLIENTS; i++) {
			this.seats.add(new Seat((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()));
		}
		List<Seat> steady = this.seats.subList(0, CLIENTS / 2);
		List<Stay> stays = steady.stream().map(this.red::join).toList();
		CompletableFuture<?> all = CompletableFuture.allOf(this.seats.subList(CLIENTS / 2, CLIENTS)
			.stream()
			.map((seat) -> run(() -> hurry(seat)))
			.toArray(CompletableFuture[]::new));
		this.red.broadcastUntil(all);
		all.join();
		stays.forEach(this.red::leave);
		this.seats.forEach((seat) -> seat.session.push("onEnd", 0));
		for (Seat seat : this.seats) {
			assertThat(seat.reading).succeedsWithin(Duration.ofSeconds(20));
			this.red.check(seat);
		}
		assertThat(steady).allSatisfy((seat) -> assertThat(seat.heard(this.red)).hasSize(this.red.begun.get()));
	}

	private void hurry(Seat seat) {
		for (int i = 0; i < HURRIED_STAYS; i++) {
			this.red.leave(this.red.join(seat));
		}
	}

	@Test
	void whoeverHangsUpInTheMiddleIsGone() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		List<CompletableFuture<?>> visits = new ArrayList<>();
		Seat listener = new Seat(this.server.tcp());
		this.seats.add(listener);
		this.red.join(listener);
		for (int i = 0; i < CLIENTS; i++) {
			visits.add(run(() -> {
				for (int visit = 0; visit < 20; visit++) {
					try (RawClient client = this.server.tcp()) {
						this.red.join(new Seat(client));
					}
				}
			}));
		}
		CompletableFuture<?> all = CompletableFuture.allOf(visits.toArray(CompletableFuture[]::new));
		this.red.broadcastUntil(all);
		all.join();
		await().until(() -> this.red.group.count() == 1);
		listener.session.push("onEnd", 0);
		assertThat(listener.reading).succeedsWithin(Duration.ofSeconds(20));
		assertThat(listener.heard(this.red)).hasSize(this.red.begun.get());
	}

	private CompletableFuture<?> run(Runnable action) {
		return CompletableFuture.runAsync(action, this.threads);
	}

	private void comeAndGo(Channel channel, Seat seat) {
		for (int i = 0; i < STAYS; i++) {
			Stay stay = channel.join(seat);
			channel.awaitBroadcasts(i % 3);
			channel.leave(stay);
			channel.awaitBroadcasts(i % 2);
		}
	}

	/** A group whose messages are numbered from 1. */
	private final class Channel {

		private final String route;

		private final Group group;

		private final AtomicInteger begun = new AtomicInteger();

		private final AtomicInteger finished = new AtomicInteger();

		Channel(String route, Group group) {
			this.route = route;
			this.group = group;
		}

		void broadcastUntil(CompletableFuture<?> end) {
			while (!end.isDone()) {
				this.group.broadcast(this.route, this.begun.incrementAndGet());
				finished();
				Seat listener = GroupChurnTests.this.seats.get(0);
				while (this.begun.get() - listener.heard(this).size() > AHEAD) {
					Thread.yield();
				}
			}
		}

		private synchronized void finished() {
			this.finished.incrementAndGet();
			notifyAll();
		}

		synchronized void awaitBroadcasts(int number) {
			int enough = this.finished.get() + number;
			while (this.finished.get() < enough) {
				try {
					wait();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		Stay join(Seat seat) {
			Stay stay = new Stay(seat, this);
			stay.possibleFrom = this.finished.get() + 1;
			this.group.add(seat.session);
			stay.certainFrom = this.begun.get() + 1;
			seat.stays.add(stay);
			return stay;
		}

		void leave(Stay stay) {
			stay.certainTo = this.finished.get();
			this.group.leave(stay.seat.session);
			stay.possibleTo = this.begun.get();
		}

		void check(Seat seat) {
			BitSet certain = new BitSet();
			BitSet possible = new BitSet();
			for (Stay stay : seat.stays) {
				if (stay.channel == this) {
					certain.set(stay.certainFrom, Math.max(stay.certainFrom, stay.certainTo + 1));
					possible.set(stay.possibleFrom, stay.possibleTo + 1);
				}
			}
			List<Integer> heard = seat.heard(this);
			assertThat(heard).doesNotHaveDuplicates().isSorted();
			BitSet heardBits = new BitSet();
			heard.forEach(heardBits::set);
			certain.andNot(heardBits);
			assertThat(certain).as("lost").isEqualTo(new BitSet());
			heardBits.andNot(possible);
			assertThat(heardBits).as("foreign").isEqualTo(new BitSet());
		}

	}

	/** A client that notes all it hears. */
	private final class Seat {

		private final RawClient client;

		private final Session session;

		private final List<Stay> stays = Collections.synchronizedList(new ArrayList<>());

		private final List<Integer> red = Collections.synchronizedList(new ArrayList<>());

		private final List<Integer> blue = Collections.synchronizedList(new ArrayList<>());

		private final CompletableFuture<?> reading;

		Seat(RawClient client) {
			this.client = client;
			client.handshake().request(1, "test.hello", "");
			long id = Long.parseLong(client.readResponse(1));
			this.session = GroupChurnTests.this.server.sessions.find(id).orElseThrow();
			this.reading = run(this::read);
		}

		private void read() {
			RawPacket packet;
			while (!(packet = this.client.readData()).route().equals("onEnd")) {
				(packet.route().equals("onRed") ? this.red : this.blue).add(Integer.valueOf(packet.payload()));
			}
		}

		List<Integer> heard(Channel channel) {
			return (channel == GroupChurnTests.this.red) ? this.red : this.blue;
		}

	}

	/** One time as a member: messages that must have come, and those that may have. */
	private static final class Stay {

		private final Seat seat;

		private final Channel channel;

		private int possibleFrom;

		private int certainFrom;

		private int certainTo;

		private int possibleTo;

		Stay(Seat seat, Channel channel) {
			this.seat = seat;
			this.channel = channel;
		}

	}

}
