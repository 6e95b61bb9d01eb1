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
 * Members join and leave during broadcasts. A session that is certainly a member receives
 * the message, a session that is certainly not does not, and none receives a message
 * twice.
 */
class GroupChurnTests {

	private static final int CLIENTS = 8;

	/** Memberships of each client that joins and leaves. */
	private static final int MEMBERSHIPS = 30;

	/** Short memberships of each client that joins and leaves without waiting. */
	private static final int SHORT_MEMBERSHIPS = 2500;

	/** How far a broadcaster may be ahead of its slowest listener. */
	private static final int MAX_LEAD = 500;

	private final TestServer server = new TestServer()
		.settings(TestServer.settings((it) -> it.highWaterMark(64 * 1024 * 1024)));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Player> players = new ArrayList<>();

	private final Channel red = new Channel("onRed", this.server.groups.create("red"));

	private final Channel blue = new Channel("onBlue", this.server.groups.create("blue"));

	@AfterEach
	void stop() {
		this.players.forEach((player) -> player.client.close());
		this.server.close();
		this.threads.shutdownNow();
	}

	@Test
	void noMessageIsLostDuplicatedOrMisdelivered() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		for (int i = 0; i < CLIENTS; i++) {
			this.players.add(new Player((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()));
		}
		List<CompletableFuture<?>> churn = new ArrayList<>();
		// The first player memberships in both groups, the second in red only, the others
		// join
		// and leave.
		Membership steadyRed = this.red.join(this.players.get(0));
		Membership steadyBlue = this.blue.join(this.players.get(0));
		Membership onlyRed = this.red.join(this.players.get(1));
		for (Player player : this.players.subList(2, CLIENTS)) {
			churn.add(run(() -> joinAndLeave(this.red, player)));
			churn.add(run(() -> joinAndLeave(this.blue, player)));
		}
		CompletableFuture<?> all = CompletableFuture.allOf(churn.toArray(CompletableFuture[]::new));
		List<CompletableFuture<?>> broadcasts = List.of(run(() -> this.red.broadcastUntil(all)),
				run(() -> this.blue.broadcastUntil(all)));
		assertThat(all).succeedsWithin(Duration.ofSeconds(30));
		broadcasts.forEach(CompletableFuture::join);
		this.red.leave(steadyRed);
		this.blue.leave(steadyBlue);
		this.red.leave(onlyRed);
		this.players.forEach((player) -> player.session.push("onEnd", 0));
		for (Player player : this.players) {
			assertThat(player.reading).succeedsWithin(Duration.ofSeconds(20));
			this.red.check(player);
			this.blue.check(player);
		}
		assertThat(this.players.get(1).received(this.blue)).isEmpty();
		assertThat(this.players.get(0).received(this.red)).hasSize(this.red.started.get());
	}

	@Test
	void thousandsOfShortMembershipsDoNotAffectDeliveries() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		for (int i = 0; i < CLIENTS; i++) {
			this.players.add(new Player((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()));
		}
		List<Player> steady = this.players.subList(0, CLIENTS / 2);
		List<Membership> memberships = steady.stream().map(this.red::join).toList();
		CompletableFuture<?> all = CompletableFuture.allOf(this.players.subList(CLIENTS / 2, CLIENTS)
			.stream()
			.map((player) -> run(() -> joinAndLeaveQuickly(player)))
			.toArray(CompletableFuture[]::new));
		this.red.broadcastUntil(all);
		all.join();
		memberships.forEach(this.red::leave);
		this.players.forEach((player) -> player.session.push("onEnd", 0));
		for (Player player : this.players) {
			assertThat(player.reading).succeedsWithin(Duration.ofSeconds(20));
			this.red.check(player);
		}
		assertThat(steady)
			.allSatisfy((player) -> assertThat(player.received(this.red)).hasSize(this.red.started.get()));
	}

	private void joinAndLeaveQuickly(Player player) {
		for (int i = 0; i < SHORT_MEMBERSHIPS; i++) {
			this.red.leave(this.red.join(player));
		}
	}

	@Test
	void aClientThatDisconnectsDuringBroadcastsIsRemoved() {
		this.server.lane("test.hello", (request) -> request.session().id()).start();
		List<CompletableFuture<?>> visitors = new ArrayList<>();
		Player listener = new Player(this.server.tcp());
		this.players.add(listener);
		this.red.join(listener);
		for (int i = 0; i < CLIENTS; i++) {
			visitors.add(run(() -> {
				for (int visit = 0; visit < 20; visit++) {
					try (RawClient client = this.server.tcp()) {
						this.red.join(new Player(client));
					}
				}
			}));
		}
		CompletableFuture<?> all = CompletableFuture.allOf(visitors.toArray(CompletableFuture[]::new));
		this.red.broadcastUntil(all);
		all.join();
		await().until(() -> this.red.group.count() == 1);
		listener.session.push("onEnd", 0);
		assertThat(listener.reading).succeedsWithin(Duration.ofSeconds(20));
		assertThat(listener.received(this.red)).hasSize(this.red.started.get());
	}

	private CompletableFuture<?> run(Runnable action) {
		return CompletableFuture.runAsync(action, this.threads);
	}

	private void joinAndLeave(Channel channel, Player player) {
		for (int i = 0; i < MEMBERSHIPS; i++) {
			Membership membership = channel.join(player);
			channel.awaitBroadcasts(i % 3);
			channel.leave(membership);
			channel.awaitBroadcasts(i % 2);
		}
	}

	/** A group whose messages are numbered from 1. */
	private final class Channel {

		private final String route;

		private final Group group;

		private final AtomicInteger started = new AtomicInteger();

		private final AtomicInteger finished = new AtomicInteger();

		Channel(String route, Group group) {
			this.route = route;
			this.group = group;
		}

		void broadcastUntil(CompletableFuture<?> end) {
			while (!end.isDone()) {
				this.group.broadcast(this.route, this.started.incrementAndGet());
				finished();
				Player listener = GroupChurnTests.this.players.get(0);
				while (this.started.get() - listener.received(this).size() > MAX_LEAD) {
					Thread.yield();
				}
			}
		}

		private synchronized void finished() {
			this.finished.incrementAndGet();
			notifyAll();
		}

		synchronized void awaitBroadcasts(int number) {
			int target = this.finished.get() + number;
			while (this.finished.get() < target) {
				try {
					wait();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		Membership join(Player player) {
			Membership membership = new Membership(player, this);
			membership.possibleFrom = this.finished.get() + 1;
			this.group.add(player.session);
			membership.certainFrom = this.started.get() + 1;
			player.memberships.add(membership);
			return membership;
		}

		void leave(Membership membership) {
			membership.certainTo = this.finished.get();
			this.group.leave(membership.player.session);
			membership.possibleTo = this.started.get();
		}

		void check(Player player) {
			BitSet certain = new BitSet();
			BitSet possible = new BitSet();
			for (Membership membership : player.memberships) {
				if (membership.channel == this) {
					certain.set(membership.certainFrom, Math.max(membership.certainFrom, membership.certainTo + 1));
					possible.set(membership.possibleFrom, membership.possibleTo + 1);
				}
			}
			List<Integer> received = player.received(this);
			assertThat(received).doesNotHaveDuplicates().isSorted();
			BitSet receivedBits = new BitSet();
			received.forEach(receivedBits::set);
			certain.andNot(receivedBits);
			assertThat(certain).as("lost").isEqualTo(new BitSet());
			receivedBits.andNot(possible);
			assertThat(receivedBits).as("misdelivered").isEqualTo(new BitSet());
		}

	}

	/** A client that records the messages it receives. */
	private final class Player {

		private final RawClient client;

		private final Session session;

		private final List<Membership> memberships = Collections.synchronizedList(new ArrayList<>());

		private final List<Integer> red = Collections.synchronizedList(new ArrayList<>());

		private final List<Integer> blue = Collections.synchronizedList(new ArrayList<>());

		private final CompletableFuture<?> reading;

		Player(RawClient client) {
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

		List<Integer> received(Channel channel) {
			return (channel == GroupChurnTests.this.red) ? this.red : this.blue;
		}

	}

	/**
	 * One membership: the messages that must have been received, and those that may have
	 * been.
	 */
	private static final class Membership {

		private final Player player;

		private final Channel channel;

		private int possibleFrom;

		private int certainFrom;

		private int certainTo;

		private int possibleTo;

		Membership(Player player, Channel channel) {
			this.player = player;
			this.channel = channel;
		}

	}

}
