package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationEvent;

/**
 * The game server has stopped: all clients are gone, all components were told. Published
 * on the thread that stopped it.
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
