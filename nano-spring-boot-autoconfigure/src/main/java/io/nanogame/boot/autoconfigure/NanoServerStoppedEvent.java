package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationEvent;

/**
 * Published when the game server has stopped, after all clients were disconnected and all
 * components notified, on the thread that stopped it.
 */
public final class NanoServerStoppedEvent extends ApplicationEvent {

	private final GameServer server;

	NanoServerStoppedEvent(GameServer server) {
		super(server);
		this.server = server;
	}

	public GameServer server() {
		return this.server;
	}

}
