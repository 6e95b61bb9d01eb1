package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.ForSpectators;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;
import org.jspecify.annotations.Nullable;

/**
 * A room in which players move.
 */
@GameRoom(value = "arena", seats = 2)
class Arena {

	/** What has happened in all rooms. */
	static final List<String> EVENTS = new ArrayList<>();

	private final Room<ArenaState> room;

	private final ArenaState state;

	Arena(Room<ArenaState> room) {
		this.room = room;
		this.state = room.state();
	}

	@OnJoin
	Welcome join(Session player, JoinOptions options) {
		if ("banned".equals(options.team())) {
			throw new RequestException(403, "banned");
		}
		this.state.fighters.put(String.valueOf(player.uid()), new Fighter());
		EVENTS.add("join " + player.uid());
		return new Welcome(this.room.id(), this.state.fighters.size());
	}

	@OnLeave
	@ForSpectators
	void leave(LeaveReason reason, Session player) {
		this.state.fighters.remove(String.valueOf(player.uid()));
		EVENTS.add("leave " + player.uid() + " " + reason);
	}

	@Tick("50ms")
	void tick(Duration elapsed) {
		this.state.fighters.values().forEach((fighter) -> fighter.x += fighter.dx);
	}

	@Handler
	void move(Session player, Move move) {
		this.state.fighters.get(String.valueOf(player.uid())).dx = move.dx();
	}

	@Handler
	JoinOptions options() {
		return this.room.options(JoinOptions.class);
	}

	@Handler
	boolean onLane() {
		return this.room.lane().isCurrent();
	}

	@Handler
	@ForSpectators
	void cheer(Session session, String text) {
		this.room.broadcastBut(session, "cheer", text);
	}

	@Handler
	void close() {
		this.room.close("over");
	}

	static final class ArenaState {

		final Map<String, Fighter> fighters = new TreeMap<>();

		@Nullable String winner;

		transient int secret = 42;

	}

	static final class Fighter {

		int x;

		transient int dx;

	}

	record JoinOptions(@Nullable String team) {
	}

	record Welcome(String room, int players) {
	}

	record Move(int dx) {
	}

}
