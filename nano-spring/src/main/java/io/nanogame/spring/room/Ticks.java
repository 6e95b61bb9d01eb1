package io.nanogame.spring.room;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ticks of a room. Confined to its lane.
 */
final class Ticks {

	private static final Logger log = LoggerFactory.getLogger(Ticks.class);

	private final HostedRoom<?> room;

	private final @Nullable RoomMethod tick;

	private final Duration interval;

	/** Null if late ticks are skipped. */
	private final @Nullable TickSteps steps;

	Ticks(HostedRoom<?> room) {
		this.room = room;
		this.tick = room.type().calls().tick();
		this.interval = room.type().calls().interval();
		this.steps = room.type().calls().catchesUp() ? new TickSteps(this.interval) : null;
	}

	void start() {
		if (this.tick != null) {
			this.room.onLane().tick(this.interval, this::turn);
		}
	}

	private void turn(Duration elapsed) {
		long began = this.room.host().timers().nanoTime();
		long ticks = (this.steps != null) ? this.steps.next(elapsed) : 1;
		for (long i = 0; i < ticks && !this.room.isClosed(); i++) {
			call((this.steps != null) ? this.interval : elapsed);
		}
		if (!this.room.isClosed()) {
			this.room.clients().feed().sync();
		}
		long due = Math.max(1, elapsed.dividedBy(this.interval));
		boolean isLate = elapsed.multipliedBy(2).compareTo(this.interval.multipliedBy(3)) > 0;
		this.room.host()
			.observer()
			.ticked(this.room.kind(), this.room.host().timers().nanoTime() - began, Math.max(0, due - ticks), isLate);
	}

	private void call(Duration elapsed) {
		RoomMethod method = this.tick;
		try {
			if (method != null) {
				method.call(this.room.object(), elapsed);
			}
		}
		catch (Throwable ex) {
			log.error("{} has failed; the ticks of {} continue", method, this.room, ex);
		}
	}

}
