package io.nanogame.boot.test.room;

import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs in the players of a {@link RoomTester} and reserves their seats, as a lobby of the
 * game would. Its messages are JSON, whatever the serializers of the slice.
 */
@GameComponent("nano-room-tester")
public final class RoomDoor {

	static final String BIND = "nano-room-tester.bind";

	static final String RESERVE = "nano-room-tester.reserve";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Rooms rooms;

	/**
	 * Creates the component.
	 * @param rooms the rooms of the slice
	 */
	public RoomDoor(Rooms rooms) {
		this.rooms = rooms;
	}

	@Handler
	void bind(Session session, byte[] uid) {
		session.bind(JSON.readValue(uid, String.class));
	}

	@Handler
	CompletionStage<byte[]> reserve(Session session, byte[] body) {
		Wish wish = JSON.readValue(body, Wish.class);
		return reserve(session, wish).thenApply(JSON::writeValueAsBytes);
	}

	private CompletionStage<RoomInfo> reserve(Session session, Wish wish) {
		if (wish.room() == null) {
			return this.rooms.joinOrCreate(session, wish.kind(), wish.options());
		}
		return wish.spectator() ? this.rooms.spectate(session, wish.room()) : this.rooms.join(session, wish.room());
	}

	/**
	 * Where a player wants to be.
	 *
	 * @param kind the kind of room
	 * @param room the id of the room; null for any room of the kind
	 * @param spectator whether as a spectator
	 * @param options the options of a new room
	 */
	record Wish(String kind, @Nullable String room, boolean spectator, @Nullable Object options) {
	}

}
