package io.nanogame.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.test.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients see when one of two clustered NATS servers fails, under load: no session
 * is closed, each request has a reply, and requests fail with 503 or 408 only if they
 * were in progress at the fault, or sent within one patience after it. Players may be
 * logged in twice while a route is cut, and for one patience afterwards. The properties
 * {@code failures.clients}, {@code failures.rate} (requests a second, of all clients) and
 * {@code failures.seconds} (of a fault) make it longer.
 */
class NatsFailuresTests {

	private static final int CLIENTS = Integer.getInteger("failures.clients", 50);

	private static final int RATE = Integer.getInteger("failures.rate", 200);

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("failures.seconds", 1));

	private static final Duration HEARTBEAT = Duration.ofMillis(400);

	private static final Duration PATIENCE = HEARTBEAT.multipliedBy(3);

	/** Players who log in on both sides of a cut route. */
	private static final int PLAYERS = Math.max(5, CLIENTS / 10);

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

	private final TestNode gateA = gateway(this.slow.url() + "," + this.second.url(), "gate-a");

	private final TestNode gateB = gateway(this.secondUrls, "gate-b");

	private final TestNode roomA = TestNode.at(this.firstUrls, "room-a", false, HEARTBEAT);

	private final TestNode roomB = TestNode.at(this.secondUrls, "room-b", false, HEARTBEAT);

	private final List<TestNode> nodes = List.of(this.gateA, this.gateB, this.roomA, this.roomB);

	private ClusterLoad load;

	private static String configuration(int port, String routes) {
		return """
				max_pending: %d
				write_deadline: "1s"
				lame_duck_duration: "30s"
				lame_duck_grace_period: "20s"
				cluster { name: test, listen: "127.0.0.1:%d", routes: [%s], no_advertise: true }
				""".formatted(MAX_PENDING, port, routes);
	}

	private static TestNode gateway(String urls, String name) {
		return TestNode.at(urls, name, true, HEARTBEAT).validator(DoubleLogins::bind);
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
		this.load.awaitAfter(HEARTBEAT.dividedBy(2));
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

	/** Traffic without a fault, for as long as a fault. */
	private void calm() {
		Duration least = PATIENCE.plus(HEARTBEAT);
		this.load.awaitAfter((LENGTH.compareTo(least) > 0) ? LENGTH : least);
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

	/** The server itself would disconnect them after its grace period. */
	@Test
	void theServerOfHalfOfTheNodesIsALameDuck() {
		this.load.fault();
		this.first.lameDuck();
		reconnected(this.gateA, this.roomA);
		check("the first server is a lame duck");
	}

	@Test
	void theRouteBetweenTheServersIsCutWhilePlayersLogInOnBothSides() throws Exception {
		try (DoubleLogins logins = new DoubleLogins(this.gateA, this.gateB, PLAYERS)) {
			logins.first();
			this.load.fault();
			this.route.cut();
			logins.others(() -> this.load.awaitAfter(LENGTH.dividedBy(PLAYERS)));
			this.load.awaitAfter(PATIENCE);
			this.load.check("the route is cut", PATIENCE);
			logins.checkTwoOwners();
			this.load.fault();
			long mended = System.nanoTime();
			this.route.mend();
			long healed = awaitRoute();
			awaitAll();
			check("the route is restored");
			logins.check(this.nodes, mended, healed, PATIENCE);
		}
	}

	/** Returns when a message has passed the route. */
	private long awaitRoute() throws InterruptedException {
		CompletableFuture<Long> passed = new CompletableFuture<>();
		Connection receiver = this.roomA.connection();
		Dispatcher dispatcher = receiver.createDispatcher((message) -> passed.complete(System.nanoTime()));
		dispatcher.subscribe("route");
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
			this.roomB.connection().publish("route", null);
			return passed.isDone();
		});
		receiver.closeDispatcher(dispatcher);
		return passed.join();
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
