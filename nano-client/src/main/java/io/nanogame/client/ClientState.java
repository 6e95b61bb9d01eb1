package io.nanogame.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The state of a client's connection.
 *
 * @param phase the phase of the connection
 * @param delay until the next attempt to connect; zero unless the phase is
 * {@link Phase#WAITING} or {@link Phase#RESUMING}
 * @param reason why the connection or the session was lost, or the client is closed;
 * {@code null} in all other phases
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

		/** The handshake is complete, with a new session; messages can be sent. */
		OPEN,

		/**
		 * The connection was cut, and the client tries to resume its session. Messages
		 * can be sent: they wait.
		 */
		RESUMING,

		/**
		 * There is a connection again, with the same session. Nothing was lost, in either
		 * direction.
		 */
		RESUMED,

		/**
		 * The session could not be resumed. A new one follows with {@link #OPEN}, perhaps
		 * after further attempts to connect, or the client is closed. Not emitted after a
		 * kick.
		 */
		LOST,

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

	static ClientState lost(NanoClientException reason) {
		return new ClientState(Phase.LOST, Duration.ZERO, reason);
	}

	/**
	 * Returns whether there is a connection and a session.
	 * @return {@code true} in the phases {@link Phase#OPEN} and {@link Phase#RESUMED}
	 */
	public boolean isConnected() {
		return is(Phase.OPEN) || is(Phase.RESUMED);
	}

	boolean is(Phase other) {
		return this.phase == other;
	}

}
