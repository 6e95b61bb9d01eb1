package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.frame.GroupFrame.GroupOrderApplied;
import io.nanogame.cluster.group.GroupOrdersLock;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.Group;
import io.nanogame.node.Node;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Orders about groups as a whole to nodes that are unreachable, down or stopped, or of an
 * earlier version. The cluster has two backends and a gateway.
 */
class GroupOrdersTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final Duration TTL = Duration.ofSeconds(30);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL).start(false);

	private final ModelNode hall = this.cluster.node("hall", LoginPolicy.SEVERAL).start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	GroupOrdersTests() {
		this.cluster.settle();
	}

	private static Node node(String id, boolean isGateway) {
		return new Node(id, "other", "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), isGateway, false, 0);
	}

	private void beats(int count) {
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(count));
	}

	private Group opened(ModelNode node) {
		Group group = node.groups.get("team");
		beats(2);
		return group;
	}

	/** Loses the messages to a node, except announcements. */
	private void loseTo(ModelNode to, ModelNode... from) {
		Set<MemoryBus> lost = new HashSet<>();
		for (ModelNode each : from) {
			lost.add(each.bus);
		}
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (lost.contains(sender) && recipient == to.bus && !subject.contains(".members")) ? LOST
						: Duration.ZERO;
			}

		});
	}

	private void renewForAMinute(Group group) {
		for (int i = 0; i < 6; i++) {
			this.cluster.advance(Duration.ofSeconds(10));
			group.renew();
		}
		this.cluster.advance(MOMENT);
	}

	private long publishedBy(Runnable action) {
		long before = this.cluster.network.published();
		action.run();
		this.cluster.advance(MOMENT);
		return this.cluster.network.published() - before;
	}

	@Test
	void aRenewedGroupStaysIfTheRouteFromTheNodeThatStartedItsTimeWasCut() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		Group other = opened(this.hall);
		loseTo(this.gate, this.room);
		team.expireAfter(TTL);
		renewForAMinute(other);
		this.cluster.network.setFaults(Faults.NONE);
		beats(3);
		assertThat(List.of(team, own, other)).noneMatch(Group::isClosed);
		this.cluster.advance(TTL.plusSeconds(11));
		assertThat(List.of(team, own, other)).allMatch(Group::isClosed);
	}

	@Test
	void aRenewedGroupStaysIfTheRenewalsArriveAfterTheStartOfItsTime() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		Group other = opened(this.hall);
		loseTo(this.gate, this.room, this.hall);
		team.expireAfter(TTL);
		renewForAMinute(other);
		loseTo(this.gate, this.hall);
		beats(3);
		this.cluster.network.setFaults(Faults.NONE);
		beats(3);
		assertThat(List.of(team, own, other)).noneMatch(Group::isClosed);
	}

	/** As a node of an earlier version, which announces services before it starts. */
	@Test
	void aNodeThatBecomesAGatewayIsSentPushesBeforeItConfirmsAnOrder() {
		Node before = node("gate-9", false);
		this.room.cluster.peers().setVersions(before.id(), Versions.OWN);
		this.room.cluster.groups().up(before);
		opened(this.room).close();
		Group next = opened(this.room);
		long published = publishedBy(() -> next.broadcast("onNews", 1));
		this.room.cluster.groups().changed(before, node("gate-9", true));
		this.cluster.advance(MOMENT);
		assertThat(publishedBy(() -> next.broadcast("onNews", 1))).isEqualTo(published + 1);
	}

	@Test
	void aGatewayThatIsDownIsSentNoPush() {
		Group team = opened(this.room);
		this.gate.kill();
		beats(6);
		assertThat(this.room.knows(this.gate)).isFalse();
		team.close();
		Group next = opened(this.room);
		assertThat(publishedBy(() -> next.broadcast("onNews", 1))).isOne();
	}

	@Test
	void aNodeThatIsDownIsSentNoOrderForAGroupThatIsOpenedAgain() {
		Group team = opened(this.room);
		this.gate.kill();
		beats(6);
		assertThat(this.room.knows(this.gate)).isFalse();
		team.close();
		beats(2);
		assertThat(publishedBy(() -> this.room.groups.get("team"))).isZero();
	}

	@Test
	void aNodeThatHasStoppedIsForgotten() {
		Group team = opened(this.room);
		Node description = this.room.cluster.nodes().find(this.hall.id()).orElseThrow();
		loseTo(this.hall, this.room);
		team.close();
		this.hall.stop();
		this.cluster.advance(MOMENT);
		assertThat(this.room.knows(this.hall)).isFalse();
		opened(this.room).close();
		assertThat(publishedBy(() -> up(description))).isZero();
	}

	@Test
	void aNodeThatIsKilledMayReturn() {
		Group team = opened(this.room);
		Node description = this.room.cluster.nodes().find(this.hall.id()).orElseThrow();
		this.hall.kill();
		beats(6);
		assertThat(this.room.knows(this.hall)).isFalse();
		team.close();
		this.cluster.advance(MOMENT);
		assertThat(publishedBy(() -> up(description))).isOne();
	}

	/** The first node is informed that another one is up. */
	private void up(Node node) {
		this.room.cluster.peers().setVersions(node.id(), Versions.OWN);
		this.room.cluster.groups().up(node);
	}

	@Test
	void theOldestOrdersToANodeThatIsDownAreDropped() {
		Group first = this.hall.groups.get("group 0");
		Group last = this.hall.groups.get("group 10000");
		this.cluster.network.setFaults(new RandomFaults(this.cluster.random, 0, 0, this.hall.bus));
		beats(6);
		assertThat(this.room.knows(this.hall)).isFalse();
		for (int i = 0; i <= 10_000; i++) {
			this.room.groups.get("group " + i).close();
		}
		this.cluster.advance(MOMENT);
		this.cluster.network.setFaults(Faults.NONE);
		beats(3);
		assertThat(this.room.knows(this.hall)).isTrue();
		assertThat(first.isClosed()).isFalse();
		assertThat(last.isClosed()).isTrue();
	}

	@Test
	void withoutAConnectionNoOrderIsPublishedThatAllNodesReceiveAgain() {
		assertThat(closesOnTheTopicAfterAnInterruption()).isZero();
	}

	@Test
	void withoutAConnectionOrdersArePublishedLaterForANodeOfAnEarlierVersion() {
		this.room.cluster.groups().up(node("old-1", false));
		assertThat(closesOnTheTopicAfterAnInterruption()).isOne();
	}

	private int closesOnTheTopicAfterAnInterruption() {
		Group team = opened(this.room);
		List<String> received = new ArrayList<>();
		MemoryBus listener = this.cluster.network.connect();
		listener.newReader()
			.subscribe(new Subjects("model", "listener-1").all(Topics.presence("team")),
					(message) -> received.add(message.subject()));
		this.room.bus.disconnect();
		this.cluster.advance(MOMENT);
		team.close();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		return received.size();
	}

	@Test
	void aGroupThatIsOpenedDuringAConfirmationQueriesTheGateway() throws InterruptedException {
		this.room.cluster.peers().setVersions("gate-9", Versions.OWN);
		this.room.cluster.groups().up(node("gate-9", true));
		opened(this.room).close();
		this.cluster.advance(MOMENT);
		Thread confirmation = new Thread(
				() -> this.room.cluster.groups().receive("gate-9", new GroupOrderApplied("team", 1)));
		synchronized (GroupOrdersLock.of(this.room.cluster.groups())) {
			confirmation.start();
			await().until(() -> confirmation.getState() == Thread.State.BLOCKED);
			this.room.groups.get("team");
			this.cluster.advance(MOMENT);
		}
		long before = this.cluster.network.published();
		confirmation.join();
		this.cluster.advance(MOMENT);
		assertThat(this.cluster.network.published() - before).isOne();
	}

}
