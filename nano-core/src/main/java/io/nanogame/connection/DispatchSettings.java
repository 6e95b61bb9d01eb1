package io.nanogame.connection;

import java.time.Duration;

/**
 * What becomes of messages that were read.
 *
 * @param requestTimeout how long a request may take, from when it was read
 * @param maxBacklog how many messages of a session may wait before it is not read from
 * @param maxBacklogBytes how many bytes the messages of a session that wait or run may
 * have, before it is not read from
 * @param logMessages whether each message is logged: type, route, id and length
 */
public record DispatchSettings(Duration requestTimeout, int maxBacklog, int maxBacklogBytes, boolean logMessages) {

	public DispatchSettings {
		if (maxBacklogBytes < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * The defaults.
	 * @return 30 s for a request, 256 messages and 1 MB of them for a session, no log
	 */
	public static DispatchSettings defaults() {
		return new DispatchSettings(Duration.ofSeconds(30), 256, 1024 * 1024, false);
	}

}
