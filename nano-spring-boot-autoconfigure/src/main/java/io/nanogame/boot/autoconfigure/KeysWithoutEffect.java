package io.nanogame.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.boot.autoconfigure.NanoProperties.Limits;
import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.netty.handler.ssl.ClientAuth;

/**
 * Finds keys that do nothing because another key is missing. A key of security ends the
 * start; for others a line in the log is enough, because a profile may well take the
 * other key away.
 */
final class KeysWithoutEffect {

	private final List<String> warnings = new ArrayList<>();

	private KeysWithoutEffect() {
	}

	/**
	 * Looks at the keys of a server.
	 * @param properties the keys
	 * @return a sentence for each key without effect
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * when a key of security has no effect
	 */
	static List<String> of(NanoProperties properties) {
		KeysWithoutEffect keys = new KeysWithoutEffect();
		keys.encryption(properties.server().ssl());
		keys.webSockets(properties.server(), properties.web());
		keys.limits(properties.server().limits());
		return keys.warnings;
	}

	private void encryption(NanoProperties.Ssl ssl) {
		if (ssl.bundle() == null) {
			Checks.check(ssl.clientAuth() == ClientAuth.NONE, "nano.server.ssl.client-auth", ssl.clientAuth(),
					"Without 'nano.server.ssl.bundle' the game port has no TLS, and no client shows a certificate.");
			warn(ssl.allowPlainText(), "nano.server.ssl.allow-plain-text",
					"without 'nano.server.ssl.bundle' the game port speaks plain text only");
		}
	}

	private void webSockets(Server server, NanoProperties.Web web) {
		if (!server.websocket().enabled()) {
			String reason = "'nano.server.websocket.enabled' is false";
			warn(!server.websocket().path().isEmpty(), "nano.server.websocket.path", reason);
			warn(!server.websocket().allowedOrigins().isEmpty() && (web.path() == null || web.path().isEmpty()),
					"nano.server.websocket.allowed-origins", reason);
		}
	}

	private void limits(Limits limits) {
		if (limits.requestsPerSecond() == 0) {
			String reason = "'nano.server.limits.requests-per-second' is 0, so nothing is too much";
			warn(limits.burst() > 0, "nano.server.limits.burst", reason);
			warn(!limits.weights().isEmpty(), "nano.server.limits.weights", reason);
			warn(limits.onExcess() != OnExcess.ANSWER, "nano.server.limits.on-excess", reason);
		}
	}

	private void warn(boolean hasNoEffect, String key, String reason) {
		if (hasNoEffect) {
			this.warnings.add("The key '%s' has no effect: %s".formatted(key, reason));
		}
	}

}
