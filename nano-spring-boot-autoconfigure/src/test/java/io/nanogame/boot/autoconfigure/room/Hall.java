package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;

/**
 * A room that stays on its node, and whose state has the last text of each player.
 */
@GameRoom(value = "hall", seats = 2)
class Hall {

	private final Room<HallState> room;

	private final Nodes nodes;

	Hall(Room<HallState> room, Nodes nodes) {
		this.room = room;
		this.nodes = nodes;
	}

	@OnJoin
	void join(Session player) {
		this.room.state().texts.put(String.valueOf(player.uid()), "");
	}

	@OnLeave
	void leave(Session player, LeaveReason reason) {
		this.room.state().texts.remove(String.valueOf(player.uid()));
	}

	@Tick("20ms")
	void tick(Duration elapsed) {
		this.room.state().ticks++;
	}

	@Handler
	void write(Session player, String text) {
		this.room.state().texts.put(String.valueOf(player.uid()), text);
	}

	@Handler
	String node() {
		return this.nodes.self().name();
	}

	static final class HallState {

		final Map<String, String> texts = new TreeMap<>();

		int ticks;

	}

}
