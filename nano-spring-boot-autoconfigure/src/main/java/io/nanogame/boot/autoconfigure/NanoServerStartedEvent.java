package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationEvent;

/**
 * The game server runs: clients can connect. Published on the thread that starts the
 * context.
 */
public final class NanoServerStartedEvent extends ApplicationEvent {

	private final GameServer server;

	private final int port;

	NanoServerStartedEvent(GameServer server) {
		super(server);
		this.server = server;
		this.port = server.port();
	}

	public GameServer server() {
		return this.server;
	}

	/**
	 * The port clients connect to.
	 * @return the real one, also when {@code nano.server.port} is 0; -1 of a server
	 * without a port of its own
	 */
	public int port() {
		return this.port;
	}

}
