package io.nanogame.boot.autoconfigure.room;

import java.nio.charset.StandardCharsets;

import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.Room;

/**
 * A room for clients with any serializer: its messages are bytes. It can move.
 */
@GameRoom(value = "board", seats = 4)
class Board implements MovableRoom<Integer> {

	private final Room<BoardState> room;

	private final Nodes nodes;

	Board(Room<BoardState> room, Nodes nodes) {
		this.room = room;
		this.nodes = nodes;
		room.state().node = nodes.self().name();
	}

	/** Sets the page, and a text of some length that belongs to it. */
	@Handler
	void write(byte[] page) {
		this.room.state().page = Integer.parseInt(new String(page, StandardCharsets.UTF_8));
	}

	@Handler
	void fill(byte[] length) {
		this.room.state().text = "x".repeat(Integer.parseInt(new String(length, StandardCharsets.UTF_8)));
	}

	@Handler
	byte[] where() {
		return ("\"" + this.nodes.self().name() + "\"").getBytes(StandardCharsets.UTF_8);
	}

	@Handler
	void close() {
		this.room.close("over");
	}

	@Override
	public Integer save() {
		return this.room.state().page;
	}

	@Override
	public void restore(Integer saved) {
		this.room.state().page = saved;
	}

	static final class BoardState {

		int page;

		String text = "";

		String node = "";

	}

	/** Logs in clients with any serializer. */
	@GameComponent("lobby")
	static class Lobby {

		@Handler
		void login(Session session, byte[] uid) {
			session.bind(new String(uid, StandardCharsets.UTF_8));
		}

	}

}
