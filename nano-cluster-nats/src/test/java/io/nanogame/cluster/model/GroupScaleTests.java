package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node costs that starts or returns beside many groups: messages, bytes, memory,
 * and the time of readers. The property {@code scale.groups} sets the number of groups.
 */
class GroupScaleTests {

	private static final int GROUPS = Integer.getInteger("scale.groups", 10_000);

	private static final int HEARTBEATS = 3;

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = node("room").route("room.hello", (request) -> "hello").start(false);

	private final ModelNode gate = node("gate").start(true);

	private ModelNode node(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL);
	}

	private Session connect() {
		this.cluster.settle();
		this.gate.connect((frame) -> {
		}).request("room.hello", "");
		this.cluster.advance(Duration.ofMillis(10));
		return this.gate.sessions.all().iterator().next();
	}

	private static List<Group> open(ModelNode node) {
		List<Group> groups = new ArrayList<>(GROUPS);
		for (int i = 0; i < GROUPS; i++) {
			groups.add(node.groups.get("team " + i));
		}
		return groups;
	}

	private void quiet() {
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(HEARTBEATS));
	}

	/** Returns what an action costs beyond the heartbeats of the nodes. */
	private Cost cost(String name, Runnable action) {
		long messages = this.cluster.network.published();
		long bytes = this.cluster.network.publishedBytes();
		this.cluster.longestRead = 0;
		long heap = usedHeap();
		action.run();
		quiet();
		Cost cost = new Cost(this.cluster.network.published() - messages - 2L * this.cluster.nodes.size() * HEARTBEATS,
				this.cluster.network.publishedBytes() - bytes, usedHeap() - heap,
				Duration.ofNanos(this.cluster.longestRead));
		System.out.printf("%s, %,d groups: %,d messages, %,d bytes, heap %,d bytes, longest read %d ms%n", name, GROUPS,
				cost.messages(), cost.bytes(), cost.heap(), cost.longestRead().toMillis());
		return cost;
	}

	private static long usedHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	@Test
	void aGatewayBesideEmptyGroupsCostsNothingForThem() {
		open(this.room);
		quiet();
		cost("gateway, empty", () -> node("late").start(true));
	}

	@Test
	void aGatewayBesideFullGroupsCostsNothingForThem() {
		Session session = connect();
		open(this.gate).forEach((group) -> group.add(session));
		quiet();
		cost("gateway, full", () -> node("late").start(true));
	}

	@Test
	void aNodeThatUsesAllGroupsReceivesTheirMembers() {
		Session session = connect();
		open(this.gate).forEach((group) -> group.add(session));
		quiet();
		ModelNode late = node("late");
		List<Group> groups = open(late);
		cost("backend with all", () -> late.start(false));
		assertThat(groups).allMatch((group) -> group.count() == 1);
	}

	@Test
	void aGatewayThatReturnsSendsTheNumbersOfItsGroups() {
		Session session = connect();
		List<Group> groups = open(this.room);
		open(this.gate).forEach((group) -> group.add(session));
		quiet();
		assertThat(groups).allMatch((group) -> group.count() == 1);
		cost("return", () -> {
			this.gate.bus.disconnect();
			this.cluster.advance(Duration.ofMillis(100));
			this.gate.bus.reconnect();
		});
		assertThat(groups).allMatch((group) -> group.count() == 1);
	}

	@Test
	void aGatewayThatCrashes() {
		Session session = connect();
		List<Group> groups = open(this.room);
		open(this.gate).forEach((group) -> group.add(session));
		quiet();
		assertThat(groups).allMatch((group) -> group.count() == 1);
		cost("crash", this.gate::kill);
		quiet();
		assertThat(groups).allMatch((group) -> group.count() == 0);
	}

	private record Cost(long messages, long bytes, long heap, Duration longestRead) {
	}

}
