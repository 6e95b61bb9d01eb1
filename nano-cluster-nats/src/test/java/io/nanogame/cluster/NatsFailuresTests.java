package io.nanogame.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients see when one of two clustered NATS servers fails, under load: no session
 * is closed, each request has a reply, and requests fail with 503 or 408 only if they
 * were in progress at the fault, or sent within one patience after it. The properties
 * {@code failures.clients}, {@code failures.rate} (requests a second, of all clients) and
 * {@code failures.seconds} (of a fault) make it longer.
 */
class NatsFailuresTests {

	private static final int CLIENTS = Integer.getInteger("failures.clients", 50);

	private static final int RATE = Integer.getInteger("failures.rate", 200);

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("failures.seconds", 2));

	private static final Duration HEARTBEAT = Duration.ofMillis(500);

	private static final Duration PATIENCE = HEARTBEAT.multipliedBy(3);

	/** The NATS server disconnects a client that does not read so many bytes. */
	private static final int MAX_PENDING = 1024 * 1024;

	/** The number of messages of 64 KB. */
	private static final int FLOOD = 500;

	private final List<Integer> ports = NatsServer.freePorts(2);

	private final CuttableLink route = new CuttableLink(this.ports.get(0));

	private final NatsServer first = new NatsServer(configuration(this.ports.get(0), ""));

	private final NatsServer second = new NatsServer(
			configuration(this.ports.get(1), "\"nats-route://127.0.0.1:%d\"".formatted(this.route.port())));

	private final CuttableLink slow = new CuttableLink(this.first);

	private final String firstUrls = this.first.url() + "," + this.second.url();

	private final String secondUrls = this.second.url() + "," + this.first.url();

	private final TestNode gateA = TestNode.at(this.slow.url() + "," + this.second.url(), "gate-a", true, HEARTBEAT);

	private final TestNode gateB = TestNode.at(this.secondUrls, "gate-b", true, HEARTBEAT);

	private final TestNode roomA = TestNode.at(this.firstUrls, "room-a", false, HEARTBEAT);

	private final TestNode roomB = TestNode.at(this.secondUrls, "room-b", false, HEARTBEAT);

	private final List<TestNode> nodes = List.of(this.gateA, this.gateB, this.roomA, this.roomB);

	private ClusterLoad load;

	private static String configuration(int port, String routes) {
		return """
				max_pending: %d
				write_deadline: "1s"
				lame_duck_duration: "30s"
				lame_duck_grace_period: "1s"
				cluster { name: test, listen: "127.0.0.1:%d", routes: [%s], no_advertise: true }
				""".formatted(MAX_PENDING, port, routes);
	}

	@BeforeEach
	void start() {
		for (TestNode room : List.of(this.roomA, this.roomB)) {
			room.lane("room.echo", (request) -> request.body()).start();
		}
		this.gateA.start();
		this.gateB.start();
		awaitAll();
		this.load = new ClusterLoad(List.of(this.gateA, this.gateB), CLIENTS, RATE);
		this.load.start();
		this.load.awaitAfter(HEARTBEAT);
	}

	@AfterEach
	void stop() throws IOException {
		this.load.close();
		this.nodes.forEach(TestNode::close);
		this.route.close();
		this.slow.close();
		this.first.close();
		this.second.close();
	}

	private void awaitAll() {
		Awaitility.await()
			.until(() -> this.nodes.stream().allMatch((node) -> node.cluster.nodes().others().size() == 3));
	}

	/** Traffic without a fault. */
	private void calm() {
		this.load.awaitAfter(PATIENCE.plus(HEARTBEAT));
	}

	private void reconnected(TestNode... disconnected) {
		Awaitility.await().until(() -> Stream.of(disconnected).allMatch((node) -> node.cluster.bus().reconnects() > 0));
		awaitAll();
	}

	private void check(String fault) {
		calm();
		this.load.check(fault, PATIENCE);
	}

	@Test
	void theServerOfHalfOfTheNodesIsKilled() {
		this.load.fault();
		this.first.kill();
		reconnected(this.gateA, this.roomA);
		check("the first server is killed");
		this.first.start();
		this.load.awaitAfter(HEARTBEAT);
		this.load.fault();
		this.second.kill();
		reconnected(this.nodes.toArray(TestNode[]::new));
		check("the second server is killed");
	}

	@Test
	void theRouteBetweenTheServersIsCut() {
		this.load.fault();
		this.route.cut();
		this.load.awaitAfter(LENGTH.plus(PATIENCE));
		this.load.check("the route is cut", PATIENCE);
		this.load.fault();
		this.route.mend();
		awaitAll();
		check("the route is restored");
	}

	@Test
	void aGatewayIsASlowConsumer() {
		this.load.fault();
		this.slow.pause();
		try {
			flood(this.gateA);
			this.load.awaitAfter(LENGTH);
		}
		finally {
			this.slow.resume();
		}
		this.load.healed();
		reconnected(this.gateA);
		check("a gateway is a slow consumer");
	}

	/** Publishes more bytes for a node than the sockets and the NATS server buffer. */
	private void flood(TestNode node) {
		String subject = new Subjects("test", "stranger-1").own(Topics.node(node.cluster.nodes().self().id()));
		byte[] message = new byte[64 * 1024];
		for (int i = 0; i < FLOOD; i++) {
			this.roomB.cluster.bus().publish(subject, message);
		}
		this.roomB.flush();
	}

}
