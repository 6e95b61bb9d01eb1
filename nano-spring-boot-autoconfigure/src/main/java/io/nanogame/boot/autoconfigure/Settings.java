package io.nanogame.boot.autoconfigure;

import io.nanogame.boot.autoconfigure.NanoProperties.Limits;
import io.nanogame.boot.autoconfigure.NanoProperties.ProxyProtocol;
import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.transport.TransportLimits;
import io.nanogame.transport.TransportSettings;
import io.nanogame.transport.TrustedProxies;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Keys of an app as settings of the engine.
 */
final class Settings {

	private static final String PREFIX = "nano.server.limits.";

	private Settings() {
	}

	static TransportSettings of(NanoProperties properties) {
		Server server = properties.server();
		Checks.check(server.tcp().enabled() || server.websocket().enabled(), "nano.server.websocket.enabled", false,
				"nano.server.tcp.enabled is false too, so nobody could connect. Leave one of them on.");
		return new TransportSettings(Checks.wholeSeconds("nano.heartbeat", properties.heartbeat()),
				Checks.aboveZero("nano.server.handshake-timeout", server.handshakeTimeout()),
				Checks.aboveZero("nano.request-timeout", properties.requestTimeout()),
				Checks.bytes("nano.server.max-packet-size", server.maxPacketSize(), PacketDecoder.MAX_BODY_LENGTH),
				Checks.bytes("nano.server.max-inflated-size", server.maxInflatedSize(), Integer.MAX_VALUE),
				Checks.atLeastOne("nano.session.max-backlog", properties.session().maxBacklog()),
				Checks.bytes("nano.push.high-water-mark", properties.push().highWaterMark(), Integer.MAX_VALUE),
				server.tcp().enabled(), server.websocket().enabled(),
				Checks.path("nano.server.websocket.path", server.websocket().path()),
				server.websocket().allowedOrigins(), properties.logMessages(), of(server.limits()));
	}

	static TrustedProxies of(ProxyProtocol proxies) {
		try {
			return TrustedProxies.of(proxies.trustedAddresses());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("nano.server.proxy-protocol.trusted-addresses",
					proxies.trustedAddresses(), ex.getMessage() + ".");
		}
	}

	private static TransportLimits of(Limits limits) {
		int rate = Checks.within(PREFIX + "requests-per-second", limits.requestsPerSecond(), 0,
				TransportLimits.MAX_RATE);
		int burst = Checks.within(PREFIX + "burst", limits.burst(), 0, TransportLimits.MAX_RATE);
		int mostAtOnce = (burst > 0) ? burst : (rate > 0) ? rate : TransportLimits.MAX_RATE;
		limits.weights().forEach((route, weight) -> Checks.within(PREFIX + "weights." + route, weight, 0, mostAtOnce));
		return new TransportLimits(Checks.notNegative(PREFIX + "max-connections", limits.maxConnections()),
				Checks.notNegative(PREFIX + "max-connections-per-address", limits.maxConnectionsPerAddress()), rate,
				burst, limits.weights(), limits.onExcess());
	}

}
