package io.nanogame.cluster.bus.memory;

import java.time.Duration;

/**
 * The faults of a {@link MemoryNetwork}.
 */
public interface Faults {

	/** No faults: all messages are delivered immediately. */
	Faults NONE = new Faults() {
	};

	/** The delay of a message that is lost. */
	Duration LOST = Duration.ofNanos(-1);

	/**
	 * Returns whether a bus knows the subscriptions of another one. Both are connected,
	 * as nodes at two NATS servers whose route is cut.
	 * @param from the bus that publishes
	 * @param to the other bus
	 * @return false if it does not, so that it is no recipient
	 */
	default boolean isReachable(MemoryBus from, MemoryBus to) {
		return true;
	}

	/**
	 * Returns the delay of a message for one recipient.
	 * @param from the bus that publishes
	 * @param to the bus of the recipient
	 * @param subject the subject of the message
	 * @return the minimum delay, because later messages do not overtake it; {@link #LOST}
	 * if it does not arrive, which is not reported
	 */
	default Duration delay(MemoryBus from, MemoryBus to, String subject) {
		return Duration.ZERO;
	}

	/**
	 * Returns the delay of a request for a lease, or of its reply.
	 * @param bus the bus that requests
	 * @return the delay; {@link #LOST} if it does not arrive, so the request fails later
	 */
	default Duration delayToLeases(MemoryBus bus) {
		return Duration.ZERO;
	}

}
