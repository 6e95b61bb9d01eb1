package io.nanogame.connection;

import java.time.Duration;

/**
 * The settings of received messages.
 *
 * @param requestTimeout the maximum time from the receipt of a request to its reply
 * @param maxBacklog the number of pending messages of a session above which it is not
 * read from
 * @param maxBacklogBytes the bytes of pending and running messages of a session above
 * which it is not read from
 * @param logMessages whether each message is logged: type, route, id and length
 */
public record DispatchSettings(Duration requestTimeout, int maxBacklog, int maxBacklogBytes, boolean logMessages) {

	public DispatchSettings {
		if (maxBacklogBytes < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * Returns the defaults.
	 * @return 30 s for a request, 256 messages and 1 MB of them for a session, no log
	 */
	public static DispatchSettings defaults() {
		return new DispatchSettings(Duration.ofSeconds(30), 256, 1024 * 1024, false);
	}

}
