package io.nanogame.boot.test.client;

import java.time.Duration;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Players on real sockets, to a server on this machine. Immutable.
 *
 * @param webSocket whether by WebSocket
 * @param port of the server, or of a network in front of it
 * @param path of a WebSocket
 * @param serializer the game's
 */
record SocketLines(boolean webSocket, int port, String path, Serializer serializer) implements Lines {

	/** Longer than any test waits. */
	private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

	SocketLines through(int otherPort) {
		return new SocketLines(this.webSocket, otherPort, this.path, this.serializer);
	}

	SocketLines byWebSocket() {
		return new SocketLines(true, this.port, this.path, this.serializer);
	}

	@Override
	public Line line(@Nullable Object user, Inbox inbox) {
		String server = this.webSocket ? "ws://localhost:%d%s".formatted(this.port, this.path)
				: "tcp://localhost:%d".formatted(this.port);
		NanoClientBuilder builder = NanoClient.builder(server)
			.serializer(this.serializer)
			.requestTimeout(REQUEST_TIMEOUT)
			.noReconnect();
		if (user != null) {
			builder.user(user);
		}
		return new SocketLine(builder.build(), inbox);
	}

}
