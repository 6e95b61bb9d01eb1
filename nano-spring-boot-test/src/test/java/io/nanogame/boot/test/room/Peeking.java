package io.nanogame.boot.test.room;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.View;

/**
 * A room whose view fails for one player while a switch is on.
 */
@GameRoom(value = "peeking", seats = 3)
class Peeking {

	private final Room<Void> room;

	private int count;

	private String broken = "";

	Peeking(Room<Void> room) {
		this.room = room;
	}

	@View
	Seen view(Session player) {
		if (this.broken.equals(player.uid())) {
			throw new IllegalStateException("no view of " + this.room.id());
		}
		return new Seen(this.count);
	}

	@Handler
	void count() {
		this.count++;
	}

	@Handler
	void fail(String uid) {
		this.broken = uid;
	}

	record Seen(int count) {
	}

}
