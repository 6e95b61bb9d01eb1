package io.nanogame.sample.chat;

import java.time.Duration;

import io.nanogame.group.Group;
import io.nanogame.group.GroupClosedException;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of the chat: they log the number of users, and send traffic reports to all
 * rooms.
 */
@GameComponent
class Clockwork implements ComponentLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Clockwork.class);

	private final Timers timers;

	private final Sessions sessions;

	private final Groups groups;

	private final TrafficCounter traffic;

	private long lastReported;

	Clockwork(Timers timers, Sessions sessions, Groups groups, TrafficCounter traffic) {
		this.timers = timers;
		this.sessions = sessions;
		this.groups = groups;
		this.traffic = traffic;
	}

	@Override
	public void init() {
		this.timers.every(Duration.ofMinutes(1), () -> log.info("{} users are connected", this.sessions.count()));
		this.timers.every(Duration.ofSeconds(2), this::reportTraffic);
	}

	private void reportTraffic() {
		TrafficReport report = this.traffic.report();
		// Compares received messages only, because reports count as sent ones.
		if (report.received() == this.lastReported) {
			return;
		}
		this.lastReported = report.received();
		this.groups.all().forEach((room) -> send(room, report));
	}

	private static void send(Group room, TrafficReport report) {
		try {
			room.broadcast("onTraffic", report);
		}
		catch (GroupClosedException ex) {
			// The room was closed because it is empty.
		}
	}

}
