package io.nanogame.net;

import java.time.Duration;

/**
 * The probes of TCP, by which the operating system detects that the other end of an idle
 * connection is gone. They are no messages: clients do not notice them.
 *
 * @param idle the silence after which the first probe is sent, in whole seconds
 * @param interval the time between probes, in whole seconds
 * @param count the number of probes without reply after which the connection ends
 */
public record KeepAlive(Duration idle, Duration interval, int count) {

	/** The maximum of both durations on Linux, in seconds. */
	public static final int MAX_SECONDS = 32767;

	/** The maximum of probes on Linux. */
	public static final int MAX_COUNT = 127;

	public KeepAlive {
		if (!isValid(idle) || !isValid(interval) || count < 1 || count > MAX_COUNT) {
			throw new IllegalArgumentException("1 to %d seconds and 1 to %d probes".formatted(MAX_SECONDS, MAX_COUNT));
		}
	}

	private static boolean isValid(Duration duration) {
		return duration.toSeconds() >= 1 && duration.toSeconds() <= MAX_SECONDS;
	}

}
