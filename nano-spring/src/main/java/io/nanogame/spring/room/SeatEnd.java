package io.nanogame.spring.room;

import java.util.function.Consumer;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Ends a seat with its session. The session has it until it is closed, so a seat that was
 * left is forgotten, with its room. Thread-safe.
 */
final class SeatEnd implements Consumer<Session> {

	private volatile @Nullable Seat seat;

	SeatEnd(Seat seat) {
		this.seat = seat;
	}

	@Override
	public void accept(Session closed) {
		Seat present = this.seat;
		if (present != null) {
			present.room.onLane().run(() -> present.room.leaving().sessionEnded(present));
		}
	}

	void forget() {
		this.seat = null;
	}

}
