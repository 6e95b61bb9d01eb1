package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.nanogame.client.NanoClient;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes whose NATS servers are several: what one of them has subscribed to is known to
 * the other servers a moment later.
 */
class ClusteredNatsTests {

	private static final int LOGINS = Integer.getInteger("users.logins", 50);

	private final int firstRoute = NatsServer.freePort();

	private final int secondRoute = NatsServer.freePort();

	private final NatsServer first = new NatsServer(configuration(this.firstRoute, this.secondRoute));

	private final NatsServer second = new NatsServer(configuration(this.secondRoute, this.firstRoute));

	private final TestNode gateA = TestNode.gateway(this.first, "gate-a");

	private final TestNode gateB = TestNode.gateway(this.second, "gate-b");

	private static String configuration(int own, int other) {
		return "cluster { name: test, listen: \"127.0.0.1:%d\", routes: [\"nats-route://127.0.0.1:%d\"] }"
			.formatted(own, other);
	}

	@AfterEach
	void stop() {
		this.gateA.close();
		this.gateB.close();
		this.first.close();
		this.second.close();
	}

	@Test
	void ofTwoLoginsAtTheSameMomentOnTwoServersExactlyOneSurvives() throws Exception {
		this.gateA.start();
		this.gateB.start();
		Awaitility.await().until(() -> this.gateA.cluster.nodes().others().size() == 1);
		Awaitility.await().until(() -> this.gateB.cluster.nodes().others().size() == 1);
		List<NanoClient> clients = new ArrayList<>();
		for (int round = 0; round < LOGINS; round++) {
			String uid = "player " + round;
			clients.add(this.gateA.client());
			clients.add(this.gateB.client());
			Session a = newest(this.gateA);
			Session b = newest(this.gateB);
			CountDownLatch go = new CountDownLatch(1);
			Thread other = new Thread(() -> {
				try {
					go.await();
				}
				catch (InterruptedException ex) {
					return;
				}
				b.bind(uid);
			});
			other.start();
			go.countDown();
			a.bind(uid);
			other.join();
			Awaitility.await()
				.alias("round " + round)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> !a.isOpen() || !b.isOpen());
			assertThat(Stream.of(a, b).filter(Session::isOpen)).hasSize(1);
		}
		clients.forEach(NanoClient::close);
	}

	private static Session newest(TestNode node) {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> node.sessions.all().stream().filter((session) -> session.uid() == null).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

}
