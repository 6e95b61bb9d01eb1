package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.group.GroupOrdersLock;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.Group;
import io.nanogame.node.Node;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway that returns to a backend just when this forgets it, because it was down. It
 * is sent the orders about groups as a whole until it has confirmed them.
 */
class LongAbsencesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	/** Longer than the time after which a node is forgotten. */
	private static final Duration ABSENCE = Duration.ofMinutes(10).plus(MOMENT);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "hello")
		.start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	private final ClusterGroups groups = this.room.cluster.groups();

	/** The gateway, as the backend knows it. */
	private final Node returning;

	LongAbsencesTests() {
		this.cluster.settle();
		this.returning = this.room.cluster.nodes().find(this.gate.id()).orElseThrow();
		// Between two checks, so that none comes just when the absence is over.
		this.cluster.advance(ModelCluster.HEARTBEAT.dividedBy(2));
	}

	private void loseMessages() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (sender != recipient && !subject.contains(".members")) ? LOST : Duration.ZERO;
			}

		});
	}

	/** Runs an action when the next message is published. */
	private AtomicBoolean whenPublishing(Runnable action) {
		AtomicBoolean ran = new AtomicBoolean();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				if (ran.compareAndSet(false, true)) {
					action.run();
				}
				return true;
			}

		});
		return ran;
	}

	private void expectThatALostCloseIsRepeated() {
		this.cluster.network.setFaults(Faults.NONE);
		Group team = this.room.groups.get("team");
		Group there = this.gate.groups.get("team");
		this.cluster.settle();
		loseMessages();
		team.close();
		this.cluster.advance(MOMENT);
		assertThat(there.isClosed()).isFalse();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.settle();
		assertThat(there.isClosed()).isTrue();
	}

	@Test
	void aNodeThatReturnsBeforeItsOrdersAreRemovedIsNotForgotten() throws InterruptedException {
		this.groups.down(this.returning);
		this.cluster.advance(ABSENCE);
		Thread check = new Thread(this.groups::check);
		synchronized (GroupOrdersLock.of(this.groups)) {
			check.start();
			await().until(() -> check.getState() == Thread.State.BLOCKED);
			this.groups.up(this.returning);
		}
		check.join();
		expectThatALostCloseIsRepeated();
	}

	@Test
	void aNodeThatReturnsIsNotForgottenWhileItsOrdersAreRepeated() {
		this.gate.connect((frame) -> {
		}).request("room.hello", "");
		this.cluster.advance(MOMENT);
		Group team = this.room.groups.get("team");
		team.add(this.room.sessions.all().iterator().next());
		this.cluster.advance(MOMENT);
		loseMessages();
		// This order is repeated when the gateway returns.
		team.leave(this.room.sessions.all().iterator().next());
		this.groups.down(this.returning);
		this.cluster.advance(ABSENCE);
		AtomicBoolean checked = whenPublishing(this.groups::check);
		this.groups.up(this.returning);
		assertThat(checked).isTrue();
		expectThatALostCloseIsRepeated();
	}

	@Test
	void aNodeThatReturnsJustWhenItIsDownIsSentItsVersion() throws InterruptedException {
		Thread announcement = new Thread(() -> {
			this.gate.cluster.drain().begin();
			this.cluster.advance(Duration.ZERO);
		});
		synchronized (this.room.cluster.nodes()) {
			announcement.start();
			await().until(() -> announcement.getState() == Thread.State.BLOCKED);
			// Part of what is done for a node that is down, under this lock.
			this.room.cluster.peers().forget(this.gate.id());
		}
		announcement.join();
		assertThat(this.room.cluster.peers().versions().with(this.gate.id())).isEqualTo(Versions.OWN.newest());
	}

}
