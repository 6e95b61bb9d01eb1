package io.nanogame.boot.autoconfigure;

import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.transport.TransportSettings;

/**
 * Keys of an app as settings of the engine.
 */
final class Settings {

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
				server.websocket().allowedOrigins(), properties.logMessages());
	}

}
