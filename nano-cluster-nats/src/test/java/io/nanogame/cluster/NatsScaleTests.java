package io.nanogame.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.node.Node;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of N nodes as their NATS server counts them, against the formulas of
 * docs/cluster.md. The property {@code scale.nats} sets N.
 */
class NatsScaleTests {

	private static final Logger log = LoggerFactory.getLogger(NatsScaleTests.class);

	private static final int NODES = Integer.getInteger("scale.nats", 3);

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private static final int HEARTBEATS = 5;

	private final int monitor = NatsServer.freePort();

	private final NatsServer nats = NatsServer.at("127.0.0.1", "-m", Integer.toString(this.monitor));

	private final List<TestNode> nodes = new ArrayList<>();

	@BeforeEach
	void start() {
		for (int i = 0; i < NODES; i++) {
			this.nodes.add(node("node" + i, i % 2 == 0));
		}
		awaitQuiet();
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(TestNode::close);
		this.nats.close();
	}

	private TestNode node(String name, boolean gateway) {
		return TestNode.at(this.nats.url(), name, gateway, HEARTBEAT)
			.lane("room.hello", (request) -> new Text("hello"))
			.start();
	}

	/** Waits until the nodes know each other, and have confirmed their messages. */
	private void awaitQuiet() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.nodes.stream().allMatch((node) -> isQuiet(node.cluster)));
	}

	private boolean isQuiet(ClusterNode node) {
		List<Node> others = node.nodes().others();
		return others.size() == this.nodes.size() - 1 && others.stream()
			.allMatch((other) -> node.peers().unconfirmed(node.peers().to(other.id()).traffic()) == 0);
	}

	/** Returns what the server has received and delivered. */
	private Traffic traffic() {
		try (InputStream in = URI.create("http://127.0.0.1:%d/varz".formatted(this.monitor)).toURL().openStream()) {
			JsonNode varz = JsonMapper.shared().readTree(in);
			return new Traffic(varz.path("in_msgs").asLong(), varz.path("out_msgs").asLong(),
					varz.path("in_bytes").asLong(), System.nanoTime());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Traffic since(Traffic before, String what) {
		Traffic cost = traffic().minus(before);
		log.info("{} of {} nodes in {} ms: {} messages received, {} delivered, {} bytes", what, NODES,
				Duration.ofNanos(cost.nanos()).toMillis(), cost.received(), cost.delivered(), cost.bytes());
		return cost;
	}

	@Test
	void aHeartbeatCostsTwoMessagesANodeOfWhichOneIsForAll() {
		Traffic before = traffic();
		long messages = 2L * NODES * HEARTBEATS;
		Awaitility.await()
			.atMost(HEARTBEAT.multipliedBy(3 * HEARTBEATS))
			.until(() -> traffic().minus(before).received() >= messages);
		Traffic cost = since(before, "Heartbeats");
		assertThat(cost.received()).isLessThanOrEqualTo(2L * NODES * cost.heartbeats());
		// Some have published one of the two messages of their next heartbeat.
		assertThat(cost.delivered()).isBetween((NODES + 1L) * NODES * (HEARTBEATS - 1),
				(NODES + 1L) * NODES * (HEARTBEATS + 1));
	}

	@Test
	void aStartCostsSevenMessagesForEachOtherNode() {
		Traffic before = traffic();
		this.nodes.add(node("late", true));
		awaitQuiet();
		Traffic cost = since(before, "A start");
		assertThat(cost.received()).isLessThanOrEqualTo(7L * NODES + 2 + 2L * (NODES + 1) * cost.heartbeats());
	}

	@Test
	void aRollingRestartCostsStopsAndStarts() {
		Traffic before = traffic();
		for (int i = 0; i < NODES; i++) {
			this.nodes.remove(0).close();
			this.nodes.add(node("node" + i, i % 2 == 0));
			awaitQuiet();
		}
		Traffic cost = since(before, "A rolling restart");
		assertThat(cost.received())
			.isLessThanOrEqualTo(NODES * (8L * (NODES - 1) + 4) + 2L * NODES * cost.heartbeats());
	}

	private record Traffic(long received, long delivered, long bytes, long nanos) {

		Traffic minus(Traffic before) {
			return new Traffic(this.received - before.received, this.delivered - before.delivered,
					this.bytes - before.bytes, this.nanos - before.nanos);
		}

		/** Returns the maximum number of heartbeats of a node in this time. */
		long heartbeats() {
			return 1 + this.nanos / HEARTBEAT.toNanos();
		}

	}

}
