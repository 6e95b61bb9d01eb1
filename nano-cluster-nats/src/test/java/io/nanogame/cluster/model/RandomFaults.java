package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.Random;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import org.jspecify.annotations.Nullable;

/**
 * Random losses and delays of messages between nodes, and a node whose NATS server has no
 * route to the others.
 *
 * @param random decides about each message
 * @param loss the probability of a loss
 * @param maxDelayMillis delays are shorter
 * @param cut the bus without a route, or null
 */
record RandomFaults(Random random, double loss, int maxDelayMillis, @Nullable MemoryBus cut) implements Faults {

	@Override
	public boolean isReachable(MemoryBus from, MemoryBus to) {
		return from == to || (from != this.cut && to != this.cut);
	}

	@Override
	public Duration delay(MemoryBus from, MemoryBus to, String subject) {
		if (from != to && this.random.nextDouble() < this.loss) {
			return LOST;
		}
		return (this.maxDelayMillis == 0) ? Duration.ZERO : Duration.ofMillis(this.random.nextInt(this.maxDelayMillis));
	}

}
