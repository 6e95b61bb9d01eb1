package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.DuplicateGroupException;
import io.nanogame.group.Group;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups whose members come and go while other nodes ask for them. The property
 * {@code churn.rounds} makes more of it.
 */
class GroupChurnAcrossNodesTests {

	private static final int ROUNDS = Integer.getInteger("churn.rounds", 200);

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode hall = TestNode.backend(this.nats, "hall");

	private final List<NanoClient> clients = new ArrayList<>();

	@BeforeEach
	void start() {
		this.hall.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
		for (int i = 0; i < 10; i++) {
			this.clients.add(this.gate.client());
		}
		Awaitility.await().until(() -> this.gate.sessions.count() == 10);
	}

	@AfterEach
	void stop() {
		this.clients.forEach(NanoClient::close);
		this.gate.close();
		this.hall.close();
		this.nats.close();
	}

	@Test
	void whoAsksHearsTheTruthWhateverChangesMeanwhile() throws Exception {
		Group lobby = this.gate.groups.create("lobby");
		Group known = this.hall.groups.create("lobby");
		List<Session> sessions = List.copyOf(this.gate.sessions.all());
		// So that to tell of all takes a moment.
		sessions.forEach((session) -> session.attributes().set("load", "x".repeat(2000)));
		for (int round = 0; round < ROUNDS; round++) {
			Thread asks = new Thread(() -> {
				for (int i = 0; i < 5; i++) {
					ask();
				}
			});
			asks.start();
			sessions.forEach(lobby::add);
			if (round % 2 == 0) {
				sessions.forEach(lobby::leave);
			}
			asks.join();
			this.hall.flush();
			this.gate.flush();
			int expected = lobby.count();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> known.count() == expected);
			if (expected > 0) {
				lobby.leaveAll();
			}
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> known.count() == 0);
		}
		assertThat(this.gate.cluster.bus().dropped()).isZero();
	}

	/** For the group that is there already. */
	private void ask() {
		try {
			this.hall.groups.create("lobby");
		}
		catch (DuplicateGroupException ex) {
			// It has asked.
		}
	}

	@Test
	void aGroupThatIsOpenedWhenItsLastMemberLeavesIsTheOneOfTheCluster() throws Exception {
		Session session = this.gate.sessions.all().iterator().next();
		for (int round = 0; round < ROUNDS * 10; round++) {
			String name = "group " + round;
			int number = round + 1;
			this.gate.cluster.groups()
				.receive("hall-1",
						new MemberOrder(session.id(), name, true, 2 * round + 1, 2 * round + 1, CloseOrder.NONE));
			AtomicBoolean go = new AtomicBoolean();
			Thread leaves = new Thread(() -> {
				while (!go.get()) {
					Thread.onSpinWait();
				}
				this.gate.cluster.groups()
					.receive("hall-1",
							new MemberOrder(session.id(), name, false, 2 * number, 2 * number, CloseOrder.NONE));
			});
			leaves.start();
			go.set(true);
			this.gate.groups.get(name);
			leaves.join();
		}
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		assertThat(this.gate.cluster.groups().count()).isEqualTo(ROUNDS * 10);
	}

	@Test
	void whoIsAddedWhileItsSessionEndsLeavesNothingBehind() throws Exception {
		Group lobby = this.hall.groups.create("lobby");
		AtomicInteger direct = new AtomicInteger();
		CountDownLatch heard = new CountDownLatch(1);
		try (NatsBus link = NatsBus.connect(Options.builder().server(this.nats.url()))) {
			Peers away = new Peers("away-1", link, link.newReader(), new Subjects("test", "away-1"),
					new FrameCodec(this.hall.payloads), Versions.OWN, this.hall.timers.time());
			away.listen((from, frame) -> {
				if (frame instanceof GroupPush) {
					direct.incrementAndGet();
				}
				else if (frame instanceof SessionProbe) {
					heard.countDown();
				}
			}, (lost) -> {
			}, (missed) -> {
			});
			Outbox hallOnes = away.to(this.hall.cluster.nodes().self().id());
			for (int i = 1; i <= ROUNDS * 10; i++) {
				hallOnes.send(new SessionSnapshot(i, ClientDescription.UNKNOWN, null, null, Map.of(), 0, 0));
			}
			Awaitility.await().until(() -> this.hall.sessions.count() == ROUNDS * 10);
			List<Session> guests = List.copyOf(this.hall.sessions.all());
			for (Session guest : guests) {
				CyclicBarrier start = new CyclicBarrier(2);
				Thread ends = new Thread(() -> {
					await(start);
					// Now earlier, now later than the other is done.
					long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(20_000);
					while (System.nanoTime() - end < 0) {
						Thread.onSpinWait();
					}
					guest.close();
				});
				ends.start();
				await(start);
				lobby.add(guest);
				ends.join();
			}
			assertThat(lobby.count()).isZero();
			lobby.broadcast("onNews", new byte[0]);
			this.hall.flush();
			// Behind it.
			hallOnes.send(new SessionSnapshot(ROUNDS * 20, ClientDescription.UNKNOWN, null, null, Map.of(), 0, 0));
			hallOnes.send(new PeerReconnected());
			assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(direct).hasValue(0);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
