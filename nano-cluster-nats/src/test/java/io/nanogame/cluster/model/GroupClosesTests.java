package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.GroupFrame.GroupClosed;
import io.nanogame.group.Group;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Closes, expiries and renewals of a group on a gateway and two backends, when messages
 * between these are lost.
 */
class GroupClosesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final Duration TTL = Duration.ofSeconds(20);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "hello")
		.start(false);

	private final ModelNode hall = this.cluster.node("hall", LoginPolicy.SEVERAL).start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	private final List<String> news = new ArrayList<>();

	private final Session ann;

	private final Session bob;

	GroupClosesTests() {
		this.cluster.settle();
		connect("ann");
		connect("bob");
		Iterator<Session> there = this.room.sessions.all()
			.stream()
			.sorted((one, other) -> Long.compare(one.id(), other.id()))
			.iterator();
		this.ann = there.next();
		this.bob = there.next();
	}

	private void connect(String name) {
		this.gate.connect((frame) -> {
			if (frame.route() != null) {
				this.news.add(name + " " + frame.body().asInt());
			}
		}).request("room.hello", "");
		this.cluster.advance(MOMENT);
	}

	private Group opened(ModelNode node) {
		Group group = node.groups.get("team");
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		return group;
	}

	/** Loses the messages from one node to another. */
	private void lose(ModelNode from, ModelNode to) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (sender == from.bus && recipient == to.bus && !subject.contains(".members")) ? LOST
						: Duration.ZERO;
			}

		});
	}

	private void heal() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
	}

	@Test
	void aLostCloseIsRepeated() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		Group other = opened(this.hall);
		team.add(this.ann);
		this.cluster.advance(MOMENT);
		assertThat(own.count()).isOne();
		lose(this.room, this.gate);
		team.close();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(own.isClosed()).isFalse();
		assertThat(other.isClosed()).isTrue();
		heal();
		assertThat(own.isClosed()).isTrue();
		assertThat(this.gate.cluster.groups().members("team")).isEmpty();
		assertThat(this.gate.groups.find("team")).isEmpty();
	}

	@Test
	void aCloseReachesANodeThatWasUnreachable() {
		Group team = opened(this.room);
		Group other = opened(this.hall);
		this.cluster.network.setFaults(new RandomFaults(this.cluster.random, 0, 0, this.hall.bus));
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(6));
		assertThat(this.room.knows(this.hall)).isFalse();
		team.close();
		this.cluster.advance(Duration.ofMinutes(5));
		assertThat(other.isClosed()).isFalse();
		heal();
		assertThat(other.isClosed()).isTrue();
	}

	@Test
	void aRepeatedCloseIsAppliedOnce() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		lose(this.gate, this.room);
		team.close();
		this.cluster.advance(MOMENT);
		assertThat(own.isClosed()).isTrue();
		Group next = this.gate.groups.get("team");
		next.add(here(this.ann));
		heal();
		assertThat(next.isClosed()).isFalse();
		assertThat(next.count()).isOne();
		assertThat(this.room.groups.get("team").isClosed()).isFalse();
	}

	private Session here(Session session) {
		return this.gate.sessions.find(session.id()).orElseThrow();
	}

	@Test
	void aGroupThatIsOpenedAfterTheCloseStays() {
		Group team = opened(this.room);
		team.close();
		this.cluster.advance(Duration.ofMillis(100));
		Group next = this.gate.groups.get("team");
		next.add(here(this.ann));
		Group same = this.room.groups.get("team");
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(next.isClosed()).isFalse();
		assertThat(same.members()).containsExactly(this.ann);
	}

	@Test
	void aMemberThatIsAddedAfterALostCloseStaysAndAnEarlierOneLeaves() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		team.add(this.ann);
		this.cluster.advance(MOMENT);
		lose(this.room, this.gate);
		team.close();
		Group next = this.room.groups.get("team");
		this.cluster.advance(MOMENT);
		this.cluster.network.setFaults(Faults.NONE);
		next.add(this.bob);
		assertThat(next.members()).containsExactly(this.bob);
		this.cluster.advance(MOMENT);
		assertThat(own.isClosed()).isTrue();
		assertThat(this.gate.cluster.groups().members("team")).containsExactly(here(this.bob));
		heal();
		assertThat(this.gate.cluster.groups().members("team")).containsExactly(here(this.bob));
		assertThat(next.members()).containsExactly(this.bob);
	}

	@Test
	void aMemberThatIsAddedBeforeTheCloseLeavesAlthoughItsOrderIsLate() {
		Group team = opened(this.room);
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (recipient == GroupClosesTests.this.gate.bus) ? Duration.ofMillis(400) : Duration.ZERO;
			}

		});
		team.add(this.ann);
		team.close();
		this.cluster.advance(Duration.ofMillis(500));
		assertThat(this.gate.cluster.groups().members("team")).containsExactly(here(this.ann));
		heal();
		assertThat(this.gate.cluster.groups().members("team")).isEmpty();
	}

	@Test
	void membersBeforeALostCloseDoNotReceiveThePushesAfterIt() {
		Group team = opened(this.room);
		team.add(this.ann);
		this.cluster.advance(MOMENT);
		lose(this.room, this.gate);
		team.close();
		Group next = this.room.groups.get("team");
		this.cluster.advance(MOMENT);
		this.cluster.network.setFaults(Faults.NONE);
		next.broadcast("onNews", 1);
		next.add(this.bob);
		next.broadcast("onNews", 2);
		this.cluster.advance(MOMENT);
		assertThat(this.news).containsExactly("bob 2");
	}

	@Test
	void aMemberOfAnEarlierGroupIsNotReportedAsOneOfTheNext() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		lose(this.room, this.gate);
		team.close();
		Group next = this.room.groups.get("team");
		own.add(here(this.ann));
		this.cluster.advance(MOMENT);
		assertThat(own.count()).isOne();
		assertThat(next.count()).isZero();
		heal();
		assertThat(own.isClosed()).isTrue();
		assertThat(next.count()).isZero();
		this.gate.groups.get("team").add(here(this.bob));
		this.cluster.advance(MOMENT);
		assertThat(next.count()).isOne();
	}

	@Test
	void aLostRenewalIsRepeatedBeforeTheGroupExpires() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		team.expireAfter(TTL);
		this.cluster.advance(TTL.minusSeconds(8));
		lose(this.gate, this.room);
		own.renew();
		this.cluster.advance(MOMENT);
		heal();
		this.cluster.advance(TTL.minusSeconds(8));
		assertThat(team.isClosed()).isFalse();
		assertThat(own.isClosed()).isFalse();
		this.cluster.advance(Duration.ofSeconds(3));
		assertThat(own.isClosed()).isTrue();
		assertThat(team.isClosed()).isTrue();
	}

	@Test
	void aGroupWhoseRenewalsAreLostExpiresOnAllNodes() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		team.expireAfter(TTL);
		own.add(here(this.ann));
		this.cluster.advance(MOMENT);
		lose(this.gate, this.room);
		own.renew();
		this.cluster.advance(TTL);
		assertThat(team.isClosed()).isTrue();
		assertThat(own.isClosed()).isTrue();
		heal();
		assertThat(this.gate.cluster.groups().members("team")).isEmpty();
	}

	@Test
	void aLostExpiryIsRepeatedWithTheTimeThatHasPassed() {
		Group team = opened(this.room);
		Group other = opened(this.hall);
		lose(this.room, this.hall);
		team.expireAfter(TTL);
		this.cluster.advance(Duration.ofSeconds(5));
		heal();
		this.room.kill();
		this.cluster.advance(TTL.minusSeconds(2));
		assertThat(other.isClosed()).as("before the other node stops waiting").isFalse();
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(other.isClosed()).isTrue();
	}

	@Test
	void aGroupThatIsOpenedAfterTheCallExpires() {
		opened(this.room).expireAfter(TTL);
		Group own = opened(this.gate);
		this.cluster.advance(TTL);
		assertThat(own.isClosed()).isTrue();
	}

	@Test
	void aNodeThatDoesNotKnowTheTimeRenewsTheGroup() {
		Group team = opened(this.room);
		team.expireAfter(TTL);
		Group own = opened(this.gate);
		this.cluster.advance(TTL.minusSeconds(8));
		own.renew();
		this.cluster.advance(TTL.minusSeconds(8));
		assertThat(team.isClosed()).isFalse();
	}

	@Test
	void aGroupThatIsClosedOnOneNodeIfItIsEmptyStaysOnTheOthers() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		assertThat(team.closeIfEmpty()).isTrue();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(own.isClosed()).isFalse();
	}

	@Test
	void aNodeOfAnEarlierVersionClosesGroupsWithoutANumber() {
		Group own = opened(this.gate);
		this.gate.cluster.groups().receive("old-1", new GroupClosed("team", CloseOrder.NONE, 0));
		assertThat(own.isClosed()).isTrue();
	}

	@Test
	void whenAllNodesHaveConfirmedNothingIsRepeated() {
		opened(this.room).close();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		long before = this.cluster.network.published();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(10));
		assertThat(this.cluster.network.published() - before).isEqualTo(2L * this.cluster.nodes.size() * 10);
	}

}
