package io.nanogame.connection;

import java.util.Map;

/**
 * How much clients may ask of a server. Every limit is off at 0.
 *
 * @param maxConnections how many clients may be connected
 * @param maxConnectionsPerAddress how many of them from one address, which is one IPv4
 * address or one IPv6 network of 64 bits
 * @param requestsPerSecond how many messages a session may send in a second
 * @param burst how many of them at once; 0 for those of one second
 * @param weights for how many messages one to such a route counts; others count for one
 * @param onExcess what becomes of a message too many
 */
public record TransportLimits(int maxConnections, int maxConnectionsPerAddress, int requestsPerSecond, int burst,
		Map<String, Integer> weights, OnExcess onExcess) {

	/** No limits. */
	public static final TransportLimits NONE = new TransportLimits(0, 0, 0, 0, Map.of(), OnExcess.ANSWER);

	/**
	 * As many as can be told apart by a clock of nanoseconds with some precision left.
	 */
	public static final int MAX_RATE = 1_000_000;

	public TransportLimits {
		if (requestsPerSecond < 0 || requestsPerSecond > MAX_RATE || burst < 0 || burst > MAX_RATE) {
			throw new IllegalArgumentException("Requests per second and burst must be 0 to " + MAX_RATE);
		}
		weights = Map.copyOf(weights);
		int most = (burst > 0) ? burst : requestsPerSecond;
		weights.forEach((route, weight) -> {
			if (weight < 0 || (requestsPerSecond > 0 && weight > most)) {
				throw new IllegalArgumentException("The weight of %s must be 0 to %d, or it could never be sent, not %d"
					.formatted(route, most, weight));
			}
		});
	}

	/**
	 * What becomes of a message too many.
	 */
	public enum OnExcess {

		/** Requests are answered 429; notifies are dropped. */
		ANSWER,

		/** It is dropped, and a request goes without an answer. */
		DROP,

		/** The client is kicked. */
		KICK

	}

}
