package io.nanogame.connection;

import java.util.Map;

/**
 * The limits on the clients of a server. A limit of 0 is off.
 *
 * @param maxConnections the maximum number of connected clients
 * @param maxConnectionsPerAddress the maximum number for one address, which is an IPv4
 * address or a /64 network of IPv6
 * @param requestsPerSecond the maximum rate of a session's messages
 * @param burst the maximum number of messages at once; 0 for those of one second
 * @param weights the number of messages for which one message counts, by route; the
 * default is one
 * @param onExcess the treatment of messages above the limit
 */
public record TransportLimits(int maxConnections, int maxConnectionsPerAddress, int requestsPerSecond, int burst,
		Map<String, Integer> weights, OnExcess onExcess) {

	/** No limits. */
	public static final TransportLimits NONE = new TransportLimits(0, 0, 0, 0, Map.of(), OnExcess.ANSWER);

	/**
	 * The maximum rate and burst. A clock of nanoseconds would be too coarse for more.
	 */
	public static final int MAX_RATE = 1_000_000;

	public TransportLimits {
		if (requestsPerSecond < 0 || requestsPerSecond > MAX_RATE || burst < 0 || burst > MAX_RATE) {
			throw new IllegalArgumentException("Requests per second and burst must be 0 to " + MAX_RATE);
		}
		weights = Map.copyOf(weights);
		int max = (burst > 0) ? burst : requestsPerSecond;
		weights.forEach((route, weight) -> {
			if (weight < 0 || (requestsPerSecond > 0 && weight > max)) {
				throw new IllegalArgumentException("The weight of %s must be 0 to %d, or it could never be sent, not %d"
					.formatted(route, max, weight));
			}
		});
	}

	/**
	 * The treatment of a message above the rate limit.
	 */
	public enum OnExcess {

		/** Requests fail with 429; notifies are dropped. */
		ANSWER,

		/** The message is dropped; a request receives no reply. */
		DROP,

		/** The client is kicked. */
		KICK

	}

}
