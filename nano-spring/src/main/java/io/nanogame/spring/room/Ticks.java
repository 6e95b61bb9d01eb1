package io.nanogame.spring.room;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ticks of a room. Confined to its lane.
 */
final class Ticks {

	/** The maximum number of ticks in one turn. */
	private static final int MAX_CATCH_UP = 5;

	private static final Logger log = LoggerFactory.getLogger(Ticks.class);

	private final HostedRoom<?> room;

	private final @Nullable RoomMethod tick;

	private final Duration interval;

	private final boolean catchesUp;

	/** The elapsed time that had no tick yet; only if late ticks are repeated. */
	private Duration owed = Duration.ZERO;

	Ticks(HostedRoom<?> room) {
		this.room = room;
		this.tick = room.type().calls().tick();
		this.interval = room.type().calls().interval();
		this.catchesUp = room.type().calls().catchesUp();
	}

	void start() {
		if (this.tick != null) {
			this.room.onLane().tick(this.interval, this::turn);
		}
	}

	private void turn(Duration elapsed) {
		long began = this.room.engine().timers().nanoTime();
		long ticks = this.catchesUp ? dueTicks(elapsed) : 1;
		for (long i = 0; i < ticks && !this.room.isClosed(); i++) {
			call(this.catchesUp ? this.interval : elapsed);
		}
		if (!this.room.isClosed()) {
			this.room.clients().feed().sync();
		}
		long due = Math.max(1, elapsed.dividedBy(this.interval));
		boolean isLate = elapsed.multipliedBy(2).compareTo(this.interval.multipliedBy(3)) > 0;
		this.room.engine()
			.observer()
			.ticked(this.room.kind(), this.room.engine().timers().nanoTime() - began, Math.max(0, due - ticks), isLate);
	}

	/** A turn may be a little early or late, so what is left counts for the next one. */
	private long dueTicks(Duration elapsed) {
		this.owed = this.owed.plus(elapsed);
		long ticks = Math.max(1, Math.min(MAX_CATCH_UP, this.owed.dividedBy(this.interval)));
		this.owed = this.owed.minus(this.interval.multipliedBy(ticks));
		if (this.owed.compareTo(this.interval) > 0) {
			this.owed = Duration.ZERO;
		}
		return ticks;
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
