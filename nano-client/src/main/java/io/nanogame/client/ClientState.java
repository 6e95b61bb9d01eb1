package io.nanogame.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The state of a client's connection.
 *
 * @param phase the phase of the connection
 * @param delay until the next attempt to connect; zero unless the phase is
 * {@link Phase#WAITING}
 * @param reason why the client waits or is closed; {@code null} in all other phases
 */
public record ClientState(Phase phase, Duration delay, @Nullable NanoClientException reason) {

	/**
	 * The phase of a client's connection.
	 */
	public enum Phase {

		/** {@link NanoClient#connect()} was not called yet. */
		NEW,

		/** The client connects, or waits for the reply to its handshake. */
		CONNECTING,

		/** The handshake is complete; messages can be sent. */
		OPEN,

		/** The connection was lost; the client waits for its next attempt to connect. */
		WAITING,

		/** The client is closed and does not connect again. */
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
