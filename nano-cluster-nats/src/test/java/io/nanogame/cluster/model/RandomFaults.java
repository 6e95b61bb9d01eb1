package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.Random;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import org.jspecify.annotations.Nullable;

/**
 * Faults of messages between nodes.
 *
 * @param random decides about each message
 * @param loss the probability that a message is lost
 * @param maxDelay the maximum delay of a message, in milliseconds
 * @param cut the node that no other one can reach, or null
 */
record RandomFaults(Random random, double loss, int maxDelay, @Nullable MemoryBus cut) implements Faults {

	@Override
	public boolean isReachable(MemoryBus from, MemoryBus to) {
		return from == to || (from != this.cut && to != this.cut);
	}

	@Override
	public Duration delay(MemoryBus from, MemoryBus to, String subject) {
		if (from != to && this.random.nextDouble() < this.loss) {
			return LOST;
		}
		return (this.maxDelay == 0) ? Duration.ZERO : Duration.ofMillis(this.random.nextInt(this.maxDelay));
	}

}
