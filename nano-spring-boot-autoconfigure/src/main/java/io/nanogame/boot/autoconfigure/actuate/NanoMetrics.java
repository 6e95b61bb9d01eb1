package io.nanogame.boot.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nanogame.connection.Traffic;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.protocol.MessageType;
import io.nanogame.resume.ResumableSessions;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Sessions;

/**
 * Registers the counts of a game server as meters. They are read only when the meters are
 * queried.
 */
final class NanoMetrics implements MeterBinder {

	private final Traffic traffic;

	private final Sessions sessions;

	private final ResumableSessions resumable;

	private final Groups groups;

	private final Timers timers;

	private final List<Limit> limits;

	NanoMetrics(GameServer server, Groups groups, Timers timers) {
		this.traffic = server.traffic();
		this.sessions = server.sessions();
		this.resumable = server.resumable();
		this.groups = groups;
		this.timers = timers;
		this.limits = new ArrayList<>(server.limits());
		this.limits.add(groups.sizeLimit());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters meters = new Meters(registry);
		for (String transport : Labels.TRANSPORTS) {
			meters.gauge(NanoMeter.CONNECTIONS, Tags.of(NanoMeter.Tag.TRANSPORT.asString(), transport), this.traffic,
					(counts) -> counts.connections(transport));
		}
		CloseReason.codes().forEach((code) -> closed(meters, code));
		closed(meters, Traffic.OTHER);
		meters.gauge(NanoMeter.SESSIONS, Tags.empty(), this.sessions, Sessions::count);
		resumes(meters);
		meters.gauge(NanoMeter.GROUPS, Tags.empty(), this.groups, Groups::count);
		received(meters, MessageType.REQUEST);
		received(meters, MessageType.NOTIFY);
		sent(meters, MessageType.RESPONSE);
		sent(meters, MessageType.PUSH);
		meters.counter(NanoMeter.PUSHES_DROPPED, Tags.empty(), this.traffic, Traffic::pushesDropped);
		meters.counter(NanoMeter.PUSHES_COALESCED, Tags.empty(), this.traffic, Traffic::pushesCoalesced);
		meters.counter(NanoMeter.BYTES_RECEIVED, Tags.empty(), this.traffic, Traffic::bytesReceived);
		meters.counter(NanoMeter.BYTES_SENT, Tags.empty(), this.traffic, Traffic::bytesSent);
		meters.counter(NanoMeter.TIMER_SKIPPED, Tags.empty(), this.timers, Timers::skipped);
		this.limits.forEach((limit) -> meters.counter(NanoMeter.LIMITS_EXCEEDED,
				Tags.of(NanoMeter.Tag.LIMIT.asString(), limit.name()), limit, Limit::timesExceeded));
	}

	private void resumes(Meters meters) {
		meters.gauge(NanoMeter.SESSIONS_DETACHED, Tags.empty(), this.resumable, ResumableSessions::detachedCount);
		meters.gauge(NanoMeter.RESUME_BYTES, Tags.empty(), this.resumable, ResumableSessions::bytes);
		for (ResumeOutcome outcome : ResumeOutcome.values()) {
			meters.counter(NanoMeter.RESUME_OUTCOMES, Tags.of(NanoMeter.Tag.OUTCOME.asString(), Labels.of(outcome)),
					this.resumable, (counts) -> counts.count(outcome));
		}
	}

	private void closed(Meters meters, String code) {
		meters.counter(NanoMeter.CONNECTIONS_CLOSED, Tags.of(NanoMeter.Tag.REASON.asString(), code), this.traffic,
				(counts) -> counts.closed(code));
	}

	private void received(Meters meters, MessageType type) {
		meters.counter(NanoMeter.MESSAGES_RECEIVED, tag(type), this.traffic, (counts) -> counts.received(type));
	}

	private void sent(Meters meters, MessageType type) {
		meters.counter(NanoMeter.MESSAGES_SENT, tag(type), this.traffic, (counts) -> counts.sent(type));
	}

	private static Tags tag(MessageType type) {
		return Tags.of(NanoMeter.Tag.TYPE.asString(), Labels.of(type));
	}

}
