package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.LoginPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One schedule of {@link ClaimModelTests}.
 */
final class ClaimSchedule {

	private static final int STEPS = 40;

	private static final int SIZE = 3;

	private static final int MAX_DELAY_MILLIS = 3000;

	private static final Duration SAMPLE = Duration.ofMillis(100);

	final List<String> operations = new ArrayList<>();

	private final ModelCluster cluster;

	private final Random random;

	/** Nodes that are up. */
	private final List<RoomClaimant> rooms = new ArrayList<>();

	/** Also those of killed nodes, which do not know that they are. */
	private final List<RoomClaimant> all = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private final Script faults = new Script();

	/** The highest fence that a node has received, and when it received a higher one. */
	private final Map<ModelNode, long[]> received = new HashMap<>();

	private long lastFence;

	private int starts;

	private boolean isQuiet;

	ClaimSchedule(long seed) {
		this.cluster = new ModelCluster(seed);
		this.random = this.cluster.random;
	}

	void run() {
		this.cluster.network.setFaults(this.faults);
		for (int i = 0; i < SIZE; i++) {
			start();
		}
		for (int i = 0; i < STEPS; i++) {
			step();
			check();
		}
		heal();
		this.isQuiet = true;
		advance(ClaimsTests.LEASE.multipliedBy(3));
		List<RoomClaimant> owners = this.rooms.stream().filter(RoomClaimant::isHeld).toList();
		assertThat(owners).hasSize(1);
		assertThat(this.all).filteredOn((room) -> room != owners.get(0)).noneMatch(RoomClaimant::isHeld);
		this.rooms.forEach(this::callAfterQuiet);
		check();
	}

	private void callAfterQuiet(RoomClaimant from) {
		CompletableFuture<Long> reply = from.node.services.at(Room.class, RoomClaimant.NAME).fence();
		advance(Duration.ofMillis(MAX_DELAY_MILLIS));
		assertThat(reply).isCompletedWithValue(this.lastFence);
	}

	private void check() {
		assertThat(this.violations).isEmpty();
	}

	private void advance(Duration duration) {
		for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(SAMPLE)) {
			this.cluster.advance(SAMPLE);
			if (this.all.stream().filter(RoomClaimant::isHeld).count() > 1) {
				this.violations.add("two owners");
			}
		}
	}

	private void step() {
		RoomClaimant room = this.rooms.get(this.random.nextInt(this.rooms.size()));
		switch (this.random.nextInt(16)) {
			case 0 -> log("disconnect", room, room.node.bus::disconnect);
			case 1 -> log("reconnect", room, room.node.bus::reconnect);
			case 2 -> log("cut from leases", room, () -> this.faults.cut.add(room.node.bus));
			case 3 -> log("heal", room, this::heal);
			case 4 -> log("partition", room, () -> this.faults.alone = room.node.bus);
			case 5 -> log("loss", room, () -> this.faults.isLossy = !this.faults.isLossy);
			case 6 -> log("delay", room, () -> this.faults.maxDelayMillis = 1 + this.random.nextInt(MAX_DELAY_MILLIS));
			case 7 -> log("kill", room, () -> kill(room));
			case 8 -> log("close", room, () -> close(room));
			case 9 -> log("leave", room, () -> leave(room));
			default -> log("calls", room, () -> this.rooms.forEach(this::call));
		}
		advance(Duration.ofMillis(this.random.nextInt(8_000)));
	}

	private void log(String operation, RoomClaimant room, Runnable action) {
		this.operations.add(operation + " " + room.node.name);
		action.run();
	}

	private void start() {
		ModelNode node = this.cluster.node("node" + ++this.starts, LoginPolicy.SEVERAL).start(false);
		RoomClaimant[] created = new RoomClaimant[1];
		created[0] = new RoomClaimant(node, () -> acquired(created[0]), this::reply);
		this.rooms.add(created[0]);
		this.all.add(created[0]);
		created[0].claim();
	}

	private void acquired(RoomClaimant room) {
		for (RoomClaimant other : this.all) {
			if (other != room && (other.isHeld() || !other.knowsOfLoss())) {
				this.violations.add("%s acquires while %s does not know that it is lost".formatted(room.node.name,
						other.node.name));
			}
		}
		long fence = Long.parseLong(room.events.get(room.events.size() - 1));
		if (fence <= this.lastFence) {
			this.violations.add("fence %d after %d".formatted(fence, this.lastFence));
		}
		this.lastFence = fence;
	}

	/** Replies now, or much later. */
	private CompletableFuture<Long> reply(long fence) {
		CompletableFuture<Long> reply = new CompletableFuture<>();
		long delay = this.random.nextBoolean() ? 0 : this.random.nextInt(30_000);
		if (delay == 0 || this.isQuiet) {
			reply.complete(fence);
		}
		else {
			this.cluster.time.newTimeout((timeout) -> reply.complete(fence), delay, TimeUnit.MILLISECONDS);
		}
		return reply;
	}

	private void call(RoomClaimant room) {
		if (room.isHeld()) {
			return;
		}
		room.node.services.at(Room.class, RoomClaimant.NAME).fence().thenAccept((fence) -> received(room.node, fence));
	}

	private void received(ModelNode node, long fence) {
		long now = this.cluster.time.nanoTime();
		long[] highest = this.received.computeIfAbsent(node, (created) -> new long[2]);
		boolean isRemembered = now - highest[1] < 2 * ClaimsTests.LEASE.toNanos();
		if (fence < highest[0] && isRemembered && now > highest[1]) {
			this.violations.add("%s receives %d after %d".formatted(node.name, fence, highest[0]));
		}
		if (fence > highest[0]) {
			highest[0] = fence;
			highest[1] = now;
		}
	}

	private void close(RoomClaimant room) {
		room.claim.close();
		room.events.add("lost");
		this.cluster.advance(Duration.ZERO);
		room.claim();
	}

	private void leave(RoomClaimant room) {
		room.node.cluster.drain().stop();
		advance(Duration.ofSeconds(1));
		kill(room);
	}

	/** Its connection ends for ever, and it must notice by its own clock. */
	private void kill(RoomClaimant room) {
		room.node.bus.close();
		this.rooms.remove(room);
		start();
	}

	private void heal() {
		this.faults.cut.clear();
		this.faults.alone = null;
		this.faults.isLossy = false;
		this.faults.maxDelayMillis = 0;
		this.rooms.forEach((room) -> room.node.bus.reconnect());
	}

	/** The faults of now. */
	private final class Script implements Faults {

		private final Set<MemoryBus> cut = new HashSet<>();

		private MemoryBus alone;

		private boolean isLossy;

		private int maxDelayMillis;

		@Override
		public boolean isReachable(MemoryBus from, MemoryBus to) {
			return from == to || (from != this.alone && to != this.alone);
		}

		@Override
		public Duration delay(MemoryBus from, MemoryBus to, String subject) {
			return fate();
		}

		@Override
		public Duration delayToLeases(MemoryBus bus) {
			return this.cut.contains(bus) ? LOST : fate();
		}

		private Duration fate() {
			if (this.isLossy && ClaimSchedule.this.random.nextInt(4) == 0) {
				return LOST;
			}
			return (this.maxDelayMillis == 0) ? Duration.ZERO
					: Duration.ofMillis(ClaimSchedule.this.random.nextInt(this.maxDelayMillis));
		}

	}

}
