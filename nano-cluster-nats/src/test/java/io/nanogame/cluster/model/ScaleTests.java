package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of a cluster of N nodes, counted against the formulas of docs/cluster.md.
 * The property {@code scale.nodes} sets N.
 */
class ScaleTests {

	private static final int NODES = Integer.getInteger("scale.nodes", 20);

	private static final int GATEWAYS = (NODES + 1) / 2;

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<ModelNode> all = new ArrayList<>();

	private ModelNode start(String name, boolean gateway) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		if (!gateway) {
			node.route("room.echo", (request) -> request.body());
		}
		return node.start(gateway);
	}

	/** Half of the nodes are gateways. */
	private void startAll() {
		for (int i = 0; i < NODES; i++) {
			this.all.add(start("node" + i, i % 2 == 0));
		}
		this.cluster.settle();
		// Checks of the first messages.
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
	}

	/** Returns the messages that are published within a time. */
	private long published(Runnable action, Duration time) {
		long before = this.cluster.network.published();
		action.run();
		this.cluster.advance(time);
		return this.cluster.network.published() - before;
	}

	@Test
	void aHeartbeatCostsTwoMessagesANode() {
		startAll();
		long messages = published(() -> {
		}, ModelCluster.HEARTBEAT.multipliedBy(10));
		assertThat(messages).isEqualTo(10 * 2 * NODES);
	}

	@Test
	void aStartCostsSevenMessagesForEachOtherNode() {
		startAll();
		long messages = published(() -> start("late", true), ModelCluster.HEARTBEAT);
		assertThat(messages - 2 * (NODES + 1)).isEqualTo(7 * NODES + 2);
	}

	@Test
	void aStopCostsTwoMessagesAndOneOfEachOtherNode() {
		startAll();
		ModelNode stopped = this.all.remove(0);
		long messages = published(stopped::stop, ModelCluster.HEARTBEAT.dividedBy(2));
		assertThat(messages - 2 * (NODES - 1)).isEqualTo(2 + NODES - 1);
	}

	@Test
	void aStopOfABackendCostsUpToFourMoreForEachGateway() {
		startAll();
		ModelNode stopped = this.all.remove(1);
		long messages = published(stopped::stop, ModelCluster.HEARTBEAT.dividedBy(2));
		assertThat(messages - 2 * (NODES - 1)).isBetween(2L + NODES - 1 + 2 * GATEWAYS, 2L + NODES - 1 + 4 * GATEWAYS);
	}

	@Test
	void aRollingRestartCostsStopsAndStarts() {
		startAll();
		long began = this.cluster.time.nanoTime();
		long messages = published(() -> {
			for (int i = 0; i < NODES; i++) {
				this.all.get(i).stop();
				this.all.set(i, start("node" + i, i % 2 == 0));
				this.cluster.advance(SECOND);
			}
		}, ModelCluster.HEARTBEAT);
		long heartbeats = 1 + (this.cluster.time.nanoTime() - began) / ModelCluster.HEARTBEAT.toNanos();
		long queries = 4L * (NODES - GATEWAYS) * GATEWAYS;
		assertThat(messages).isLessThanOrEqualTo(NODES * (8L * (NODES - 1) + 4) + queries + heartbeats * 2 * NODES);
	}

}
