package io.nanogame.boot.test.client;

import java.time.Duration;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Connections on sockets to a server on this machine. Immutable.
 *
 * @param webSocket whether to use WebSockets
 * @param port the port of the server, or of a network in front of it
 * @param path the path of the WebSocket
 */
record SocketConnections(boolean webSocket, int port, String path) implements PlayerConnections {

	/** Longer than any test waits. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

	SocketConnections withPort(int otherPort) {
		return new SocketConnections(this.webSocket, otherPort, this.path);
	}

	SocketConnections withWebSocket() {
		return new SocketConnections(true, this.port, this.path);
	}

	@Override
	public PlayerConnection connection(@Nullable Object user, Serializer serializer, Inbox inbox) {
		String server = this.webSocket ? "ws://localhost:%d%s".formatted(this.port, this.path)
				: "tcp://localhost:%d".formatted(this.port);
		NanoClientBuilder builder = NanoClient.builder(server)
			.serializer(serializer)
			.requestTimeout(REQUEST_TIMEOUT)
			.noReconnect();
		if (user != null) {
			builder.user(user);
		}
		return new SocketConnection(builder.build(), inbox);
	}

}
