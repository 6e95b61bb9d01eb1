package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.Random;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;

/**
 * The network between the nodes of a {@link RoamingSchedule}.
 */
final class RoamingFaults implements Faults {

	private final Random random;

	/** Whether one of ten messages between nodes is lost. */
	private final boolean loses;

	RoamingFaults(Random random, boolean loses) {
		this.random = random;
		this.loses = loses;
	}

	@Override
	public boolean isReachable(MemoryBus from, MemoryBus to) {
		return true;
	}

	@Override
	public Duration delay(MemoryBus from, MemoryBus to, String subject) {
		if (this.loses && from != to && this.random.nextInt(10) == 0) {
			return LOST;
		}
		return Duration.ofMillis(this.random.nextInt(30));
	}

}
