package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationEvent;

/**
 * Published when clients can connect to the game server, on the thread that starts the
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
	 * Returns the port of the first listener.
	 * @return the bound port, also when {@code nano.server.port} is 0; -1 for a server
	 * without a port
	 */
	public int port() {
		return this.port;
	}

}
