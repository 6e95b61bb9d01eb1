package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.user.UserLookupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When it is known whether a player is connected to another node, and what that means for
 * logins.
 */
class PlayerLookupTests {

	private static final Duration PATIENCE = ModelCluster.HEARTBEAT.multipliedBy(3);

	/** Pending queries are looked at four times in a heartbeat. */
	private static final Duration SWEEP = ModelCluster.HEARTBEAT.dividedBy(4);

	private static final Duration DELAY = Duration.ofMillis(10);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.REFUSE).start(false);

	private final ModelNode gateA = gateway("gate-a");

	private final ModelNode gateB = gateway("gate-b");

	private ModelNode gateway(String name) {
		return this.cluster.node(name, LoginPolicy.REFUSE).validator((handshake) -> {
			String uid = handshake.request().user().path("uid").asString("");
			if (!uid.isEmpty()) {
				handshake.session().bind(uid);
			}
		}).start(true);
	}

	@BeforeEach
	void settle() {
		this.cluster.settle();
	}

	private ModelClient login(ModelNode gateway, String uid) {
		ModelClient client = gateway.connect((frame) -> {
		});
		client.handshake(Map.of("uid", uid));
		this.cluster.advance(Duration.ZERO);
		return client;
	}

	private CompletableFuture<List<Long>> find(ModelNode node, String uid) {
		CompletableFuture<List<Long>> found = node.cluster.users().find(uid).toCompletableFuture();
		this.cluster.advance(Duration.ZERO);
		return found;
	}

	private void loseAll() {
		this.cluster.network.setFaults(new RandomFaults(this.cluster.random, 1, 0, null));
	}

	/** Messages for the room are not delivered, which the bus reports. */
	private void makeRoomSuspect() {
		this.room.bus.disconnect();
		this.gateA.cluster.peers().to(this.room.cluster.nodes().self().id()).send(new PeerReconnected());
		this.cluster.advance(Duration.ZERO);
	}

	@Test
	void aPlayerOfAnotherNodeIsFoundImmediately() {
		login(this.gateB, "ann");
		long session = this.gateB.sessions.findByUid("ann").iterator().next().id();
		assertThat(find(this.gateA, "ann")).isCompletedWithValue(List.of(session));
		assertThat(find(this.room, "ann")).isCompletedWithValue(List.of(session));
	}

	@Test
	void thatAPlayerIsAbsentIsKnownImmediately() {
		assertThat(find(this.gateA, "ann")).isCompletedWithValue(List.of());
	}

	@Test
	void whileANodeIsSuspectAnAbsentPlayerIsUnknown() {
		makeRoomSuspect();
		CompletableFuture<List<Long>> found = find(this.gateA, "ann");
		this.cluster.advance(PATIENCE.minusMillis(1));
		assertThat(found).isNotDone();
		this.cluster.advance(SWEEP);
		assertThat(found).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UserLookupException.class)
			.withMessageContaining("do not reply whether the player is connected");
	}

	@Test
	void aPlayerOfAReachableNodeIsFoundWhileAnotherNodeIsSuspect() {
		login(this.gateB, "ann");
		makeRoomSuspect();
		assertThat(find(this.gateA, "ann")).isCompletedWithValueMatching((sessions) -> sessions.size() == 1);
	}

	@Test
	void anAbsentPlayerIsKnownWhenTheSuspectNodeIsBackInTime() {
		makeRoomSuspect();
		CompletableFuture<List<Long>> found = find(this.gateA, "ann");
		this.room.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT.plus(SWEEP));
		assertThat(found).isCompletedWithValue(List.of());
	}

	@Test
	void forAHeartbeatAfterAReconnectAnAbsentPlayerIsUnknown() {
		this.gateA.bus.disconnect();
		this.gateA.bus.reconnect();
		CompletableFuture<List<Long>> found = find(this.gateA, "ann");
		this.cluster.advance(ModelCluster.HEARTBEAT.minusMillis(1));
		assertThat(found).isNotDone();
		this.cluster.advance(SWEEP);
		assertThat(found).isCompletedWithValue(List.of());
	}

	@Test
	void aPlayerWhoHasJustLeftAnotherNodeIsAbsentAtTheNextSweep() {
		ModelClient client = login(this.gateB, "ann");
		delayAll();
		CompletableFuture<List<Long>> found = this.gateA.cluster.users().find("ann").toCompletableFuture();
		this.cluster.advance(DELAY.dividedBy(2));
		client.close();
		this.cluster.advance(DELAY);
		assertThat(found).as("the query was sent to a node that has no session of the player any more").isNotDone();
		this.cluster.advance(SWEEP.plus(DELAY));
		assertThat(found).isCompletedWithValue(List.of());
	}

	private void delayAll() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return DELAY;
			}

		});
	}

	@Test
	void aLostQueryIsRepeated() {
		login(this.gateB, "ann");
		loseAll();
		CompletableFuture<List<Long>> found = find(this.gateA, "ann");
		assertThat(found).isNotDone();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.plus(SWEEP));
		assertThat(found).isCompletedWithValueMatching((sessions) -> sessions.size() == 1);
	}

	@Test
	void aNodeThatStopsFailsItsQueries() {
		this.gateA.bus.disconnect();
		CompletableFuture<List<Long>> found = find(this.gateA, "ann");
		this.gateA.cluster.close();
		this.cluster.advance(Duration.ZERO);
		assertThat(found).isCompletedExceptionally();
	}

	@Test
	void aLoginThatCannotBeCheckedIsRejectedSoThatTheClientReconnects() {
		this.gateA.bus.disconnect();
		ModelClient client = login(this.gateA, "ann");
		this.cluster.advance(PATIENCE.minusMillis(1));
		assertThat(client.isClosed()).as("the login waits").isFalse();
		assertThat(this.gateA.sessions.all()).isEmpty();
		this.cluster.advance(SWEEP);
		assertThat(client.isClosed()).isTrue();
		assertThat(this.gateA.sessions.all()).isEmpty();
		this.gateA.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		login(this.gateA, "ann");
		assertThat(this.gateA.sessions.findByUid("ann")).hasSize(1);
	}

	@Test
	void aLoginWithoutUidIsNotChecked() {
		this.gateA.bus.disconnect();
		login(this.gateA, "");
		assertThat(this.gateA.sessions.all()).hasSize(1);
	}

	@Test
	void theOlderOfTwoSessionsStaysWhenTheLoginsOfBothWereLost() {
		login(this.gateA, "");
		login(this.gateB, "");
		Session older = this.gateA.sessions.all().iterator().next();
		Session newer = this.gateB.sessions.all().iterator().next();
		loseAll();
		older.bind("ann");
		this.cluster.advance(Duration.ofMillis(10));
		newer.bind("ann");
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(10));
		assertThat(newer.isOpen()).isTrue();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(older.isOpen()).isTrue();
		assertThat(newer.closeReason()).isEqualTo(CloseReason.ALREADY_LOGGED_IN);
	}

	@Test
	void aGatewayWithLoginsPublishesOneMessageAHeartbeat() {
		this.cluster.advance(ModelCluster.HEARTBEAT);
		long quiet = publishedInTenHeartbeats();
		login(this.gateA, "ann");
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(publishedInTenHeartbeats()).isEqualTo(quiet + 10);
	}

	private long publishedInTenHeartbeats() {
		long before = this.cluster.network.published();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(10));
		return this.cluster.network.published() - before;
	}

}
