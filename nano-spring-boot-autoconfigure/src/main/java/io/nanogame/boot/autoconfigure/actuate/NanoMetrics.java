package io.nanogame.boot.autoconfigure.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nanogame.group.Groups;
import io.nanogame.protocol.MessageType;
import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Sessions;
import io.nanogame.transport.Traffic;

/**
 * Shows the counts of a game server as meters. They are read when somebody looks, and
 * cost the game nothing.
 */
final class NanoMetrics implements MeterBinder {

	private final Traffic traffic;

	private final Sessions sessions;

	private final Groups groups;

	NanoMetrics(GameServer server, Groups groups) {
		this.traffic = server.traffic();
		this.sessions = server.sessions();
		this.groups = groups;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String transport : Words.TRANSPORTS) {
			gauge(registry, NanoMeter.CONNECTIONS, Tags.of(NanoMeter.Tag.TRANSPORT.asString(), transport), this.traffic,
					(counts) -> counts.connections(transport));
		}
		CloseReason.codes().forEach((code) -> closed(registry, code));
		closed(registry, Traffic.OTHER);
		gauge(registry, NanoMeter.SESSIONS, Tags.empty(), this.sessions, Sessions::count);
		gauge(registry, NanoMeter.GROUPS, Tags.empty(), this.groups, Groups::count);
		received(registry, MessageType.REQUEST);
		received(registry, MessageType.NOTIFY);
		sent(registry, MessageType.RESPONSE);
		sent(registry, MessageType.PUSH);
		counter(registry, NanoMeter.PUSHES_DROPPED, Tags.empty(), Traffic::pushesDropped);
		counter(registry, NanoMeter.PUSHES_COALESCED, Tags.empty(), Traffic::pushesCoalesced);
		counter(registry, NanoMeter.BYTES_RECEIVED, Tags.empty(), Traffic::bytesReceived);
		counter(registry, NanoMeter.BYTES_SENT, Tags.empty(), Traffic::bytesSent);
	}

	private void closed(MeterRegistry registry, String code) {
		counter(registry, NanoMeter.CONNECTIONS_CLOSED, Tags.of(NanoMeter.Tag.REASON.asString(), code),
				(counts) -> counts.closed(code));
	}

	private void received(MeterRegistry registry, MessageType type) {
		counter(registry, NanoMeter.MESSAGES_RECEIVED, tag(type), (counts) -> counts.received(type));
	}

	private void sent(MeterRegistry registry, MessageType type) {
		counter(registry, NanoMeter.MESSAGES_SENT, tag(type), (counts) -> counts.sent(type));
	}

	private static Tags tag(MessageType type) {
		return Tags.of(NanoMeter.Tag.TYPE.asString(), Words.of(type));
	}

	private static <T> void gauge(MeterRegistry registry, NanoMeter meter, Tags tags, T source,
			ToDoubleFunction<T> value) {
		Gauge.builder(meter.getName(), source, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(meter.description())
			.register(registry);
	}

	private void counter(MeterRegistry registry, NanoMeter meter, Tags tags, ToDoubleFunction<Traffic> value) {
		FunctionCounter.builder(meter.getName(), this.traffic, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(meter.description())
			.register(registry);
	}

}
