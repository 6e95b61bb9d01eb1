package io.nanogame.spring.room;

import java.time.Duration;

import io.nanogame.lane.Timer;
import org.jspecify.annotations.Nullable;

/**
 * When the clients that receive no changes are sent the next whole state: at once, but at
 * most five times a second. Confined to the lane of the room.
 */
final class WholeStates {

	/** The minimum time from one state to the next. */
	static final Duration INTERVAL = Duration.ofMillis(200);

	private final HostedRoom<?> room;

	private final Runnable send;

	private boolean hasSent;

	private long sentNanos;

	/** Sends the next state; null if there is none. */
	private @Nullable Timer next;

	/**
	 * Creates the times of a room.
	 * @param room the room
	 * @param send sends the state as it is then; must not throw
	 */
	WholeStates(HostedRoom<?> room, Runnable send) {
		this.room = room;
		this.send = send;
	}

	/** The state has changed. */
	void changed() {
		if (this.next != null) {
			return;
		}
		long elapsed = this.room.host().timers().nanoTime() - this.sentNanos;
		if (!this.hasSent || elapsed >= INTERVAL.toNanos()) {
			send();
		}
		else {
			this.next = this.room.onLane().after(INTERVAL.minusNanos(elapsed), this::send);
		}
	}

	private void send() {
		this.next = null;
		this.hasSent = true;
		this.sentNanos = this.room.host().timers().nanoTime();
		this.send.run();
	}

	/** Returns whether the state has changed since it was sent. */
	boolean isPending() {
		return this.next != null;
	}

}
