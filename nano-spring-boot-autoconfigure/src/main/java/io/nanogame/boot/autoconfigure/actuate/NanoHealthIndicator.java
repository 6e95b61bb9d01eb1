package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.server.GameServer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * UP with the port while clients can connect, otherwise DOWN.
 */
final class NanoHealthIndicator implements HealthIndicator {

	private final GameServer server;

	NanoHealthIndicator(GameServer server) {
		this.server = server;
	}

	@Override
	public Health health() {
		if (!this.server.isRunning()) {
			return Health.down().build();
		}
		int port = this.server.port();
		return (port >= 0) ? Health.up().withDetail("port", port).build() : Health.up().build();
	}

}
