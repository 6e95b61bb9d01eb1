package io.nanogame.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a client is connected.
 *
 * @param phase where it stands
 * @param delay until the next attempt to connect; zero unless it waits for that
 * @param reason why it waits or is closed; {@code null} in all other phases
 */
public record ClientState(Phase phase, Duration delay, @Nullable NanoClientException reason) {

	/**
	 * Where a client stands.
	 */
	public enum Phase {

		/** Nobody has asked it to connect. */
		NEW,

		/** On its way to the server, or shaking hands. */
		CONNECTING,

		/** Messages can be sent. */
		OPEN,

		/** The connection was lost, and the next attempt will be made by itself. */
		WAITING,

		/** For good. */
		CLOSED

	}

	static ClientState of(Phase phase) {
		return new ClientState(phase, Duration.ZERO, null);
	}

	static ClientState closed(NanoClientException reason) {
		return new ClientState(Phase.CLOSED, Duration.ZERO, reason);
	}

	boolean is(Phase other) {
		return this.phase == other;
	}

}
