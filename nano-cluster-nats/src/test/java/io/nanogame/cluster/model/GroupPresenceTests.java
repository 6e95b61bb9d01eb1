package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.group.Group;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members of groups on a gateway and two backends, and the messages that they cost.
 */
class GroupPresenceTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "hello")
		.start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	private final List<Integer> news = new ArrayList<>();

	private final Session here = connect();

	private final Session there = this.room.sessions.all().iterator().next();

	private Session connect() {
		this.cluster.settle();
		ModelClient client = this.gate.connect((frame) -> {
			if (frame.route() != null) {
				this.news.add(frame.body().asInt());
			}
		});
		client.request("room.hello", "");
		this.cluster.advance(Duration.ofMillis(10));
		return this.gate.sessions.all().iterator().next();
	}

	private Group opened(ModelNode node) {
		Group group = node.groups.get("team");
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		return group;
	}

	/** Loses the messages that one node receives on some subjects. */
	private void lose(ModelNode to, String subject) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus recipient, String used) {
				return (from != recipient && recipient == to.bus && used.contains(subject)) ? LOST : Duration.ZERO;
			}

		});
	}

	private void heal() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
	}

	/** Messages beyond those of a cluster in which nothing happens. */
	private long published(int heartbeats, Runnable action) {
		long before = this.cluster.network.published();
		action.run();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(heartbeats));
		int nodes = this.cluster.nodes.size();
		return this.cluster.network.published() - before - 2L * nodes * heartbeats;
	}

	@Test
	void ofLeavingJoiningAndPushingEachPushIsReceived() {
		Group team = opened(this.room);
		this.cluster.network.setFaults(new RandomFaults(this.cluster.random, 0, 30, null));
		team.add(this.there);
		List<Integer> pushes = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			team.leave(this.there);
			team.broadcast("onNews", -i);
			team.add(this.there);
			this.cluster.advance(Duration.ofMillis(this.cluster.random.nextInt(20)));
			assertThat(team.contains(this.there)).isTrue();
			team.broadcast("onNews", i);
			pushes.add(i);
			this.cluster.advance(Duration.ofMillis(this.cluster.random.nextInt(40)));
		}
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.news).isEqualTo(pushes);
	}

	@Test
	void aRepeatedOrderIsAppliedOnce() {
		Group team = opened(this.room);
		lose(this.room, "");
		team.add(this.there);
		this.cluster.advance(Duration.ofMillis(10));
		Group own = this.gate.groups.get("team");
		assertThat(own.contains(this.here)).isTrue();
		own.leave(this.here);
		heal();
		assertThat(own.contains(this.here)).isFalse();
		assertThat(team.contains(this.there)).isFalse();
	}

	@Test
	void aPushAppliesTheLostOrdersBeforeIt() {
		Group team = opened(this.room);
		team.add(this.there);
		this.cluster.advance(Duration.ofSeconds(1));
		lose(this.gate, "");
		team.leave(this.there);
		this.cluster.advance(Duration.ofMillis(10));
		this.cluster.network.setFaults(Faults.NONE);
		team.broadcast("onNews", 1);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.news).isEmpty();
	}

	@Test
	void aLostLastReportIsNoticed() {
		Group team = opened(this.room);
		Group own = opened(this.gate);
		lose(this.room, ".presence.");
		own.add(this.here);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(team.count()).isZero();
		heal();
		assertThat(team.count()).isOne();
		lose(this.room, ".presence.");
		own.leave(this.here);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(team.count()).isOne();
		heal();
		assertThat(team.count()).isZero();
	}

	@Test
	void aGroupThatIsOpenedKnowsItsMembersAlthoughItsQueryIsLost() {
		opened(this.gate).add(this.here);
		lose(this.gate, "");
		Group team = this.room.groups.get("team");
		this.cluster.advance(Duration.ofMillis(10));
		heal();
		assertThat(team.count()).isOne();
	}

	@Test
	void withoutChangesNothingIsCompared() {
		opened(this.room).add(this.there);
		opened(this.gate);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(published(10, () -> {
		})).isZero();
	}

	@Test
	void aGatewayThatDoesNotUseAGroupDoesNotReceiveItsMembers() {
		ModelNode other = this.cluster.node("other", LoginPolicy.SEVERAL).start(true);
		List<String> received = new ArrayList<>();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				if (to == other.bus && subject.contains(".presence.")) {
					received.add(subject);
				}
				return Duration.ZERO;
			}

		});
		Group team = opened(this.room);
		other.connect((frame) -> {
		}).request("room.hello", "");
		this.cluster.advance(Duration.ofSeconds(1));
		this.room.sessions.all().forEach(team::add);
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(team.count()).isEqualTo(2);
		assertThat(other.cluster.groups().members("team")).hasSize(1);
		assertThat(received).isEmpty();
	}

}
