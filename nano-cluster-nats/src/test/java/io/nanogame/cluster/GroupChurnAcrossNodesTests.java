package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.client.NanoClient;
import io.nanogame.group.DuplicateGroupException;
import io.nanogame.group.Group;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
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
		assertThat(this.gate.cluster.link().dropped()).isZero();
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
			this.gate.cluster.groups().member(session.id(), name, true);
			AtomicBoolean go = new AtomicBoolean();
			Thread leaves = new Thread(() -> {
				while (!go.get()) {
					Thread.onSpinWait();
				}
				this.gate.cluster.groups().member(session.id(), name, false);
			});
			leaves.start();
			go.set(true);
			this.gate.groups.get(name);
			leaves.join();
		}
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		assertThat(this.gate.cluster.groups().count()).isEqualTo(ROUNDS * 10);
	}

}
