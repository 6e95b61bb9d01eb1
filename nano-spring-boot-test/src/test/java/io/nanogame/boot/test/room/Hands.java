package io.nanogame.boot.test.room;

import java.util.Map;
import java.util.TreeMap;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.View;
import org.jspecify.annotations.Nullable;

/**
 * A room without ticks for clients with any serializer, in which each player sees its own
 * values only, and all spectators the same.
 */
@GameRoom(value = "hands", seats = 8)
class Hands {

	private final Room<Void> room;

	private final Map<String, Map<String, @Nullable Object>> hands = new TreeMap<>();

	private final TreeMap<String, Integer> sizes = new TreeMap<>();

	Hands(Room<Void> room) {
		this.room = room;
	}

	@OnJoin
	void join(Session player) {
		this.hands.put(String.valueOf(player.uid()), new TreeMap<>());
	}

	@View
	Object view(Session client) {
		return this.room.players().contains(client) ? this.hands.get(String.valueOf(client.uid())) : this.sizes;
	}

	@Handler
	void set(Session player, byte[] json) {
		Map<String, @Nullable Object> hand = Pool.read(json);
		this.hands.put(String.valueOf(player.uid()), hand);
		this.sizes.put(String.valueOf(player.uid()), hand.size());
	}

}
