package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node costs that starts or returns beside many groups: messages, bytes and
 * memory; the time of readers is logged. The property {@code scale.groups} sets the
 * number of groups.
 */
class GroupScaleTests {

	private static final Logger log = LoggerFactory.getLogger(GroupScaleTests.class);

	private static final int GROUPS = Integer.getInteger("scale.groups", 10_000);

	/** The members of one group: enough for several frames. */
	private static final int MEMBERS = GROUPS / 5;

	private static final int HEARTBEATS = 3;

	/** The messages of a start beside two nodes, and offers to compare groups. */
	private static final int START = 7 * 2 + 2 + 6;

	/** The length of a frame with a part of many groups, in bytes. */
	private static final int PART = 16 * 1024;

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = node("room").route("room.hello", (request) -> "hello").start(false);

	private final ModelNode gate = node("gate");

	@BeforeEach
	void start() {
		this.gate.route("gate.join", (request) -> {
			this.gate.groups.get("all").add(request.session());
			return request.session().id();
		}).start(true);
	}

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
	private Cost cost(Runnable action) {
		long messages = this.cluster.network.published();
		long bytes = this.cluster.network.publishedBytes();
		this.cluster.longestRead = 0;
		long heap = usedHeap();
		action.run();
		quiet();
		Cost cost = new Cost(this.cluster.network.published() - messages - 2L * this.cluster.nodes.size() * HEARTBEATS,
				this.cluster.network.publishedBytes() - bytes, usedHeap() - heap,
				Duration.ofNanos(this.cluster.longestRead));
		log.info("{} groups: {}", GROUPS, cost);
		return cost;
	}

	private static long usedHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	/** Adds a session to all groups of its gateway. */
	private void fill() {
		Session session = connect();
		open(this.gate).forEach((group) -> group.add(session));
		quiet();
	}

	@Test
	void aGatewayThatStartsBesideEmptyGroupsReceivesNoneOfThem() {
		open(this.room);
		quiet();
		Cost cost = cost(() -> node("late").start(true));
		assertThat(cost.messages()).isLessThanOrEqualTo(START);
		assertThat(cost.bytes()).isLessThan(10_000);
	}

	@Test
	void aGatewayThatStartsBesideGroupsWithMembersReceivesNoneOfThem() {
		fill();
		Cost cost = cost(() -> node("late").start(true));
		assertThat(cost.messages()).isLessThanOrEqualTo(START);
		assertThat(cost.bytes()).isLessThan(10_000);
	}

	/** A query of the groups, their numbers, and their members. */
	@Test
	void aNodeThatUsesAllGroupsReceivesThemInFullMessages() {
		fill();
		ModelNode late = node("late");
		List<Group> groups = open(late);
		Cost cost = cost(() -> late.start(false));
		assertThat(groups).allMatch((group) -> group.count() == 1);
		assertThat(cost.bytes()).isLessThan(150L * GROUPS);
		assertThat(cost.messages()).isLessThan(START + cost.bytes() / PART);
	}

	/** A query with the numbers of the groups, and those of the gateway. */
	@Test
	void aGatewayThatReturnsComparesNumbersOnly() {
		List<Group> groups = open(this.room);
		fill();
		Cost cost = cost(() -> {
			this.gate.bus.disconnect();
			this.cluster.advance(Duration.ofMillis(100));
			this.gate.bus.reconnect();
		});
		assertThat(groups).allMatch((group) -> group.count() == 1);
		assertThat(cost.bytes()).isLessThan(50L * GROUPS);
		assertThat(cost.messages()).isLessThan(START + cost.bytes() / PART);
	}

	@Test
	void theMembersOfAGatewayThatCrashesAreRemovedWithoutMessages() {
		List<Group> groups = open(this.room);
		fill();
		Cost cost = cost(() -> {
			this.gate.kill();
			quiet();
		});
		assertThat(groups).allMatch((group) -> group.count() == 0);
		assertThat(cost.messages()).isLessThan(START);
	}

	/** Their sessions are created when the game asks for them. */
	@Test
	void ofTheMembersOfOtherNodesOnlyIdsAreKept() {
		Group group = this.gate.groups.get("all");
		this.cluster.settle();
		for (int i = 0; i < MEMBERS; i++) {
			this.gate.connect((frame) -> {
			}).request("gate.join", "");
			if (i % 100 == 0) {
				this.cluster.advance(Duration.ofMillis(1));
			}
		}
		quiet();
		assertThat(group.count()).isEqualTo(MEMBERS);
		ModelNode late = node("late");
		Group view = late.groups.get("all");
		Cost cost = cost(() -> late.start(false));
		assertThat(view.count()).isEqualTo(MEMBERS);
		assertThat(cost.heap()).isLessThan(1_000_000 + 400L * MEMBERS);
		Cost sessions = cost(() -> assertThat(view.members()).hasSize(MEMBERS));
		assertThat(sessions.messages()).isZero();
	}

	/**
	 * What an action costs.
	 *
	 * @param messages the published messages, without heartbeats
	 * @param bytes their length
	 * @param heap by how much more memory is used, in bytes
	 * @param longestRead how long a reader was busy with one message; not checked,
	 * because it includes pauses of the JVM
	 */
	private record Cost(long messages, long bytes, long heap, Duration longestRead) {
	}

}
