package io.nanogame.boot.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nanogame.group.Groups;
import io.nanogame.limit.Limit;
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

	private final List<Limit> limits;

	NanoMetrics(GameServer server, Groups groups) {
		this.traffic = server.traffic();
		this.sessions = server.sessions();
		this.groups = groups;
		this.limits = new ArrayList<>(server.limits());
		this.limits.add(groups.sizeLimit());
		this.limits.add(server.sessions().attributeLimit());
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
		counter(registry, NanoMeter.PUSHES_DROPPED, Tags.empty(), this.traffic, Traffic::pushesDropped);
		counter(registry, NanoMeter.PUSHES_COALESCED, Tags.empty(), this.traffic, Traffic::pushesCoalesced);
		counter(registry, NanoMeter.BYTES_RECEIVED, Tags.empty(), this.traffic, Traffic::bytesReceived);
		counter(registry, NanoMeter.BYTES_SENT, Tags.empty(), this.traffic, Traffic::bytesSent);
		this.limits.forEach((limit) -> counter(registry, NanoMeter.LIMITS_EXCEEDED,
				Tags.of(NanoMeter.Tag.LIMIT.asString(), limit.name()), limit, Limit::timesExceeded));
	}

	private void closed(MeterRegistry registry, String code) {
		counter(registry, NanoMeter.CONNECTIONS_CLOSED, Tags.of(NanoMeter.Tag.REASON.asString(), code), this.traffic,
				(counts) -> counts.closed(code));
	}

	private void received(MeterRegistry registry, MessageType type) {
		counter(registry, NanoMeter.MESSAGES_RECEIVED, tag(type), this.traffic, (counts) -> counts.received(type));
	}

	private void sent(MeterRegistry registry, MessageType type) {
		counter(registry, NanoMeter.MESSAGES_SENT, tag(type), this.traffic, (counts) -> counts.sent(type));
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

	private static <T> void counter(MeterRegistry registry, NanoMeter meter, Tags tags, T source,
			ToDoubleFunction<T> value) {
		FunctionCounter.builder(meter.getName(), source, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(meter.description())
			.register(registry);
	}

}
