package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.service.Claimant;
import io.nanogame.service.ServiceException;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Names of instances that have one owner in the cluster.
 */
class ClaimsTests {

	/** Five heartbeats. */
	static final Duration LEASE = ModelCluster.HEARTBEAT.multipliedBy(5);

	static final Duration POLL = LEASE.dividedBy(5);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode first = node("first");

	private final ModelNode second = node("second");

	private final ModelNode third = node("third");

	private ModelNode node(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL).start(false);
	}

	/** Cuts a node off from the leases, but not from other nodes. */
	private void cutFromLeases(ModelNode node) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delayToLeases(MemoryBus bus) {
				return (bus == node.bus) ? LOST : Duration.ZERO;
			}

		});
	}

	private CompletableFuture<Long> call(ModelNode node) {
		CompletableFuture<Long> reply = node.services.at(Room.class, RoomClaimant.NAME).fence();
		this.cluster.advance(Duration.ZERO);
		return reply;
	}

	@Test
	void theNodeThatClaimsANameFirstIsItsOwnerAndCallsReachIt() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant other = RoomClaimant.on(this.second);
		this.cluster.advance(LEASE.multipliedBy(10));
		assertThat(owner.isHeld()).isTrue();
		assertThat(other.isHeld()).isFalse();
		assertThat(owner.events).containsExactly("1");
		assertThat(other.events).isEmpty();
		assertThat(List.of(call(this.first), call(this.second), call(this.third)))
			.allSatisfy((reply) -> assertThat(reply).isCompletedWithValue(1L));
		this.third.services.at(Room.class, RoomClaimant.NAME).note("hello");
		this.cluster.advance(Duration.ZERO);
		assertThat(owner.notes).containsExactly("hello");
	}

	@Test
	void theNameOfAKilledOwnerIsFreeWhenItsLeaseEnds() {
		RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		this.first.kill();
		this.cluster.advance(LEASE.minusMillis(1));
		assertThat(next.isHeld()).isFalse();
		this.cluster.advance(POLL.plusMillis(1));
		assertThat(next.isHeld()).isTrue();
		assertThat(call(this.third)).isCompletedWithValue(2L);
	}

	@Test
	void anOwnerThatCannotRenewStopsBeforeItsLeaseEnds() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		cutFromLeases(this.first);
		this.cluster.advance(LEASE.minus(POLL).minusMillis(1));
		assertThat(owner.isHeld()).isTrue();
		assertThat(owner.events).containsExactly("1");
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(owner.isHeld()).isFalse();
		assertThat(owner.events).containsExactly("1", "lost");
		assertThat(call(this.third)).isCompletedExceptionally();
		assertThat(next.events).as("a fifth of the lease is left").isEmpty();
		this.cluster.advance(POLL.multipliedBy(2));
		assertThat(next.isHeld()).isTrue();
	}

	@Test
	void anOwnerThatRenewsInTimeRemainsTheOwner() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant other = RoomClaimant.on(this.second);
		this.first.bus.disconnect();
		this.cluster.advance(LEASE.minus(POLL.multipliedBy(2)));
		this.first.bus.reconnect();
		this.cluster.advance(LEASE.multipliedBy(3));
		assertThat(owner.events).containsExactly("1");
		assertThat(other.events).isEmpty();
	}

	@Test
	void aClosedClaimIsReleasedAtOnce() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		owner.claim.close();
		owner.claim.close();
		assertThat(owner.isHeld()).isFalse();
		this.cluster.advance(POLL);
		assertThat(next.isHeld()).isTrue();
		assertThat(owner.events).as("not notified of its own decision").containsExactly("1");
		owner.claim();
		next.claim.close();
		this.cluster.advance(POLL);
		assertThat(owner.isHeld()).isTrue();
	}

	@Test
	void aNodeThatLeavesReleasesItsNames() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		this.first.cluster.drain().stop();
		this.cluster.advance(POLL);
		assertThat(owner.events).containsExactly("1", "lost");
		assertThat(next.isHeld()).isTrue();
	}

	@Test
	void aDrainedNodeReleasesItsNamesAndClaimsThemAgainAfterTheUndo() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		this.first.cluster.drain().begin();
		this.cluster.advance(POLL);
		assertThat(owner.events).containsExactly("1", "lost");
		assertThat(next.isHeld()).isTrue();
		next.claim.close();
		this.cluster.advance(LEASE);
		assertThat(owner.isHeld()).as("while it is drained").isFalse();
		assertThat(this.first.cluster.drain().undo()).isTrue();
		this.cluster.advance(POLL);
		assertThat(owner.isHeld()).isTrue();
		assertThat(call(this.third)).isCompletedWithValueMatching((fence) -> fence > 1);
	}

	@Test
	void aNameThatIsClaimedDuringADrainIsTakenAfterTheUndo() {
		this.first.cluster.drain().begin();
		this.cluster.advance(POLL);
		RoomClaimant late = RoomClaimant.on(this.first);
		this.cluster.advance(LEASE);
		assertThat(late.isHeld()).isFalse();
		this.first.cluster.drain().undo();
		this.cluster.advance(POLL);
		assertThat(late.isHeld()).isTrue();
	}

	@Test
	void theLateReplyOfAFormerOwnerIsRefused() {
		List<CompletableFuture<Long>> pending = new ArrayList<>();
		RoomClaimant owner = new RoomClaimant(this.first, () -> {
		}, (fence) -> {
			pending.add(new CompletableFuture<>());
			return pending.get(pending.size() - 1);
		});
		owner.claim();
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		CompletableFuture<Long> early = call(this.third);
		CompletableFuture<Long> late = call(this.third);
		cutFromLeases(this.first);
		this.cluster.advance(LEASE.plus(POLL));
		assertThat(next.isHeld()).isTrue();
		pending.get(0).complete(1L);
		this.cluster.advance(Duration.ZERO);
		assertThat(early).as("no later owner is known").isCompletedWithValue(1L);
		assertThat(call(this.third)).isCompletedWithValue(2L);
		pending.get(1).complete(1L);
		this.cluster.advance(Duration.ZERO);
		assertThat(late.handle((value, failure) -> failure)).isCompletedWithValueMatching(
				(failure) -> failure instanceof ServiceException ex && ex.code() == ServiceException.NO_ANSWER);
	}

	@Test
	void aNodeThatCannotProvideTheInstanceReleasesTheName() {
		int[] attempts = { 0 };
		Claimant<Room> failing = (fence) -> {
			attempts[0]++;
			throw new IllegalStateException("The database is away");
		};
		this.first.services.claim(Room.class, RoomClaimant.NAME, this.first.lanes.create("lobby"), failing);
		this.cluster.advance(Duration.ZERO);
		RoomClaimant next = RoomClaimant.on(this.second);
		this.cluster.advance(POLL);
		assertThat(next.isHeld()).isTrue();
		assertThat(attempts[0]).isBetween(1, 2);
		next.claim.close();
		this.cluster.advance(POLL.multipliedBy(2));
		assertThat(attempts[0]).as("claimed again").isGreaterThanOrEqualTo(2);
	}

	@Test
	void aNodeClaimsANameOnce() {
		RoomClaimant owner = RoomClaimant.on(this.first);
		assertThatIllegalStateException().isThrownBy(owner::claim)
			.withMessage("This node already claims the service 'room' named 'lobby'");
	}

	@Test
	void aNameMustNotBeEmpty() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.first.services.claim(Room.class, "", this.first.lanes.create("x"), (fence) -> null));
	}

}
