package io.nanogame.boot.test.client;

import java.time.Duration;

import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.client.Backoff;
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

	/** The delays of a player that tries to reach a network that refuses it. */
	private static final Backoff RETRY = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

	/** Longer than any test waits. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

	SocketConnections withPort(int otherPort) {
		return new SocketConnections(this.webSocket, otherPort, this.path);
	}

	SocketConnections withWebSocket() {
		return new SocketConnections(true, this.port, this.path);
	}

	@Override
	public PlayerConnection connection(@Nullable Object user, Serializer serializer, boolean resumable, Inbox inbox) {
		if (resumable) {
			FaultyNetwork network = FaultyNetwork.to(this.port);
			NanoClient client = builder(network.port(), user, serializer).reconnect(RETRY).build();
			return new ResumingSocketConnection(new SocketConnection(client, inbox), client, inbox, network);
		}
		return new SocketConnection(builder(this.port, user, serializer).noReconnect().build(), inbox);
	}

	private NanoClientBuilder builder(int toPort, @Nullable Object user, Serializer serializer) {
		String server = this.webSocket ? "ws://localhost:%d%s".formatted(toPort, this.path)
				: "tcp://localhost:%d".formatted(toPort);
		NanoClientBuilder builder = NanoClient.builder(server).serializer(serializer).requestTimeout(REQUEST_TIMEOUT);
		return (user != null) ? builder.user(user) : builder;
	}

}
