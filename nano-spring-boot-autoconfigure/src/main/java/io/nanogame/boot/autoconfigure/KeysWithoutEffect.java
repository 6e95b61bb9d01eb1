package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.NanoProperties.Limits;
import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.plain.RawProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.netty.handler.ssl.ClientAuth;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Finds keys that have no effect because another key is missing. A security key fails the
 * start. Other keys only cause a warning, because a profile may remove the other key
 * intentionally.
 */
final class KeysWithoutEffect {

	/** The protocols of nano, whose clients can all identify themselves. */
	private static final Set<String> INTRODUCING = Set.of(PomeloProtocol.NAME, JsonProtocol.NAME, RawProtocol.NAME);

	private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(5);

	private static final String COMPRESSION = "nano.server.compression";

	private static final DataSize DEFAULT_THRESHOLD = DataSize.ofKilobytes(1);

	private final List<String> warnings = new ArrayList<>();

	private KeysWithoutEffect() {
	}

	/**
	 * Checks the keys of a server.
	 * @param properties the keys
	 * @return a warning for each key without effect
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * when a security key has no effect
	 */
	static List<String> of(NanoProperties properties) {
		KeysWithoutEffect keys = new KeysWithoutEffect();
		keys.listener("nano.server", properties.server().listener(), StringUtils.hasText(properties.web().path()));
		properties.listeners().forEach((name, listener) -> keys.listener("nano.listeners." + name, listener, false));
		keys.limits(properties.server().limits());
		keys.protocols(properties);
		keys.compression(properties);
		return keys.warnings;
	}

	private void listener(String prefix, NanoProperties.Listener listener, boolean hasWebPath) {
		encryption(prefix, listener.ssl());
		warn(listener.allowUnauthenticated() && INTRODUCING.containsAll(listener.protocols()),
				prefix + ".allow-unauthenticated", "clients of these protocols can identify themselves");
		raw(prefix, listener.raw(), listener.protocols());
		KeepAliveProperties probes = listener.keepAlive();
		warn(probes.idle() == null && !probes.equals(KeepAliveProperties.OFF), prefix + ".keep-alive",
				"no probes are sent without '%s.keep-alive.idle'".formatted(prefix));
		if (!listener.protocols().contains(LengthIdProtocol.NAME)) {
			String reason = "'%s.protocols' does not contain '%s'".formatted(prefix, LengthIdProtocol.NAME);
			warn(!listener.ids().isEmpty(), prefix + ".ids", reason);
			warn(!listener.lengthId().equals(LengthIdProperties.DEFAULTS), prefix + ".length-id", reason);
		}
		if (!listener.websocket().enabled()) {
			String reason = "'%s.websocket.enabled' is false".formatted(prefix);
			warn(!listener.websocket().path().isEmpty(), prefix + ".websocket.path", reason);
			warn(!listener.websocket().subprotocols().isEmpty(), prefix + ".websocket.subprotocols", reason);
			warn(!listener.websocket().allowedOrigins().isEmpty() && !hasWebPath, prefix + ".websocket.allowed-origins",
					reason);
		}
	}

	private void raw(String prefix, RawProperties keys, List<String> protocols) {
		warn(!keys.equals(RawProperties.DEFAULTS) && !protocols.contains(RawProtocol.NAME), prefix + ".raw.route",
				"'%s.protocols' does not contain '%s'".formatted(prefix, RawProtocol.NAME));
	}

	private void encryption(String prefix, NanoProperties.Ssl ssl) {
		if (ssl.bundle() == null) {
			Checks.check(ssl.clientAuth() == ClientAuth.NONE, prefix + ".ssl.client-auth", ssl.clientAuth(),
					"Without '%s.ssl.bundle' the game port has no TLS, and no client presents a certificate."
						.formatted(prefix));
			warn(ssl.allowPlainText(), prefix + ".ssl.allow-plain-text",
					"without '%s.ssl.bundle' the game port serves plain text only".formatted(prefix));
		}
	}

	private void protocols(NanoProperties properties) {
		List<String> pomelo = List.of(PomeloProtocol.NAME);
		warn(!StringUtils.hasText(properties.web().path()) && !properties.web().protocols().equals(pomelo),
				"nano.web.protocols", "without 'nano.web.path' the game has no path on the web server's port");
		warn(!StringUtils.hasText(properties.web().path()) && !properties.web().subprotocols().isEmpty(),
				"nano.web.subprotocols", "without 'nano.web.path' the game has no path on the web server's port");
		raw("nano.web", properties.web().raw(), properties.web().protocols());
		boolean onlyPomelo = properties.server().protocols().equals(pomelo)
				&& properties.listeners().values().stream().allMatch((it) -> it.protocols().equals(pomelo));
		warn(onlyPomelo && !properties.server().idleTimeout().equals(DEFAULT_IDLE_TIMEOUT), "nano.server.idle-timeout",
				"all ports serve pomelo only, whose clients send heartbeats");
	}

	private void compression(NanoProperties properties) {
		Server server = properties.server();
		warn(server.compression().isEmpty() && !server.compressionThreshold().equals(DEFAULT_THRESHOLD),
				"nano.server.compression-threshold", "'nano.server.compression' is empty, so nothing is compressed");
		boolean web = StringUtils.hasText(properties.web().path());
		List<NanoProperties.Listener> ports = Stream
			.concat(Stream.of(server.listener()), properties.listeners().values().stream())
			.toList();
		warn(server.compression().contains(Method.PERMESSAGE_DEFLATE) && !web
				&& ports.stream().noneMatch((port) -> port.websocket().enabled()), COMPRESSION,
				"'permessage-deflate' compresses WebSocket messages, and no port accepts WebSocket clients");
		warn(server.compression().contains(Method.POMELO)
				&& !(web && properties.web().protocols().contains(PomeloProtocol.NAME))
				&& ports.stream().noneMatch((port) -> port.protocols().contains(PomeloProtocol.NAME)), COMPRESSION,
				"'pomelo' compresses messages of the protocol 'pomelo', and no port serves it");
	}

	private void limits(Limits limits) {
		if (limits.requestsPerSecond() == 0) {
			String reason = "'nano.server.limits.requests-per-second' is 0, so there is no limit";
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
