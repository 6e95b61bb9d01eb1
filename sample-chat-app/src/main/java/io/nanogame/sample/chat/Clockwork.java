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
 * What the chat does by the clock: it logs how many are there, and tells everybody about
 * the traffic.
 */
@GameComponent
class Clockwork implements ComponentLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Clockwork.class);

	private final Timers timers;

	private final Sessions sessions;

	private final Groups groups;

	private final TrafficCounter traffic;

	private long toldOf;

	Clockwork(Timers timers, Sessions sessions, Groups groups, TrafficCounter traffic) {
		this.timers = timers;
		this.sessions = sessions;
		this.groups = groups;
		this.traffic = traffic;
	}

	@Override
	public void init() {
		this.timers.every(Duration.ofMinutes(1), () -> log.info("{} users are here", this.sessions.count()));
		this.timers.every(Duration.ofSeconds(2), this::tellTraffic);
	}

	private void tellTraffic() {
		TrafficReport report = this.traffic.report();
		// Only what was received is news: telling of it sends messages as well.
		if (report.received() == this.toldOf) {
			return;
		}
		this.toldOf = report.received();
		this.groups.all().forEach((room) -> tell(room, report));
	}

	private static void tell(Group room, TrafficReport report) {
		try {
			room.broadcast("onTraffic", report);
		}
		catch (GroupClosedException ex) {
			// It has just become empty.
		}
	}

}
