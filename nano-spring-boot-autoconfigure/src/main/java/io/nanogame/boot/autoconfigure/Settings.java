package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.nanogame.boot.autoconfigure.NanoProperties.Limits;
import io.nanogame.boot.autoconfigure.NanoProperties.Server;
import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.ConnectionSettings;
import io.nanogame.connection.DispatchSettings;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportSettings;
import io.nanogame.protocol.PacketDecoder;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Converts the configuration of an app to settings of the engine.
 */
final class Settings {

	private static final String PREFIX = "nano.server.limits.";

	private static final String SHUTDOWN_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

	/** The maximum length of a body in bytes, which is an array with its header. */
	static final int MAX_LENGTH = Integer.MAX_VALUE - 1024;

	/** Boot's default. */
	private static final Duration DEFAULT_SHUTDOWN_PHASE = Duration.ofSeconds(30);

	private Settings() {
	}

	static TransportSettings of(NanoProperties properties, NanoResumeProperties resume) {
		return new TransportSettings(connection(properties), dispatch(properties), compression(properties.server()),
				resume.settings());
	}

	private static CompressionSettings compression(Server server) {
		Checks.check(
				!server.compression().contains(Method.PERMESSAGE_DEFLATE) || server.maxInflatedSize().toBytes() > 0,
				"nano.server.compression", server.compression(),
				"Clients may compress their messages, too, which 'nano.server.max-inflated-size' of 0 rejects.");
		return new CompressionSettings(Set.copyOf(server.compression()), Checks
			.bytesOrNone("nano.server.compression-threshold", server.compressionThreshold(), Integer.MAX_VALUE));
	}

	private static ConnectionSettings connection(NanoProperties properties) {
		Server server = properties.server();
		return new ConnectionSettings(Checks.wholeSeconds("nano.heartbeat", properties.heartbeat()),
				Checks.aboveZero("nano.server.handshake-timeout", server.handshakeTimeout()),
				Checks.aboveZero("nano.server.idle-timeout", server.idleTimeout()),
				Checks.bytes("nano.push.high-water-mark", properties.push().highWaterMark(), Integer.MAX_VALUE),
				properties.session().keepQuery(), of(server.limits()),
				packets(server, LengthIdProtocols.areServed(properties) ? MAX_LENGTH : PacketDecoder.MAX_BODY_LENGTH));
	}

	private static PacketLimits packets(Server server, int maxLength) {
		return new PacketLimits(
				Checks.bytesOfUse("nano.server.max-handshake-size", server.maxHandshakeSize(),
						PacketDecoder.MAX_BODY_LENGTH),
				Checks.bytesOfUse("nano.server.max-packet-size", server.maxPacketSize(), maxLength),
				Checks.bytesOrNone("nano.server.max-inflated-size", server.maxInflatedSize(), Integer.MAX_VALUE),
				Checks.bytes("nano.server.min-receive-rate", server.minReceiveRate(), Integer.MAX_VALUE),
				Checks.bytes("nano.server.max-inflate-rate", server.maxInflateRate(), Integer.MAX_VALUE));
	}

	private static DispatchSettings dispatch(NanoProperties properties) {
		return new DispatchSettings(Checks.aboveZero("nano.request-timeout", properties.requestTimeout()),
				Checks.atLeastOne("nano.session.max-backlog", properties.session().maxBacklog()),
				Checks.bytes("nano.session.max-backlog-size", properties.session().maxBacklogSize(), Integer.MAX_VALUE),
				properties.logMessages());
	}

	/**
	 * Checks the grace period. After the time-out of the shutdown phase Spring would
	 * close beans that the game still needs.
	 */
	static Duration gracePeriod(NanoProperties.Shutdown shutdown, Environment environment) {
		String key = "nano.server.shutdown.grace-period";
		Duration period = Checks.notNegative(key, shutdown.gracePeriod());
		Duration phase = Binder.get(environment).bind(SHUTDOWN_PHASE, Duration.class).orElse(DEFAULT_SHUTDOWN_PHASE);
		Checks.check(period.compareTo(phase) <= 0, key, period,
				"It must not be longer than '%s', which is %d s. After that, Spring closes beans that the game still uses."
					.formatted(SHUTDOWN_PHASE, phase.toSeconds()));
		return period;
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
