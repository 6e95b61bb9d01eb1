package io.nanogame.boot.test.room;

import java.time.Duration;

import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.spring.room.RoomInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets players into the rooms of a slice, in virtual time. Tests with
 * {@link io.nanogame.boot.test.NanoTest @NanoTest} have it as a bean:
 *
 * <pre class="code">
 * RoomPlayer ann = rooms.join("arena", "ann");
 * RoomPlayer bob = rooms.join("arena", "bob");
 * ann.request("move", new Move(1, 0)).expectResponse();
 * rooms.advance(Duration.ofMillis(500));
 * bob.expectState("/fighters/ann/x", 10);
 * </pre>
 *
 * Confined to the thread of the test.
 */
public final class RoomTester {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final NanoTestClient players;

	private final VirtualTime time;

	/**
	 * Creates a tester.
	 * @param players connects players
	 * @param time the time of the slice
	 */
	public RoomTester(NanoTestClient players, VirtualTime time) {
		this.players = players;
		this.time = time;
	}

	/**
	 * Returns the player of a uid, who need not log in.
	 * @param uid the uid, and the name in failure messages
	 * @return the same player until the test method ends
	 */
	public TestPlayer player(String uid) {
		TestPlayer player = this.players.named(uid);
		player.request(RoomDoor.BIND, JSON.writeValueAsBytes(uid)).expectResponse();
		return player;
	}

	/**
	 * Lets the player of a uid into any room of a kind with a free seat, or into a new
	 * one.
	 * @param kind the kind
	 * @param uid the uid
	 * @return the player in its room
	 */
	public RoomPlayer join(String kind, String uid) {
		return join(kind, player(uid), null);
	}

	/**
	 * Lets a player into any room of a kind with a free seat, or into a new one.
	 * @param kind the kind
	 * @param player the player
	 * @param options the options of the join, and of a new room unless they are a
	 * protobuf message
	 * @return the player in its room
	 */
	public RoomPlayer join(String kind, TestPlayer player, @Nullable Object options) {
		Object forRoom = RoomPlayer.isProtobuf(player) ? null : options;
		RoomInfo room = reserve(player, new Wish(kind, null, false, forRoom));
		return enter(player, room, options);
	}

	/**
	 * Lets the player of a uid into a room.
	 * @param room the id of the room
	 * @param uid the uid
	 * @return the player in the room
	 */
	public RoomPlayer joinRoom(String room, String uid) {
		return joinRoom(room, player(uid));
	}

	/**
	 * Lets a player into a room.
	 * @param room the id of the room
	 * @param player the player
	 * @return the player in the room
	 */
	public RoomPlayer joinRoom(String room, TestPlayer player) {
		return enter(player, reserve(player, new Wish("", room, false, null)), null);
	}

	/**
	 * Lets the player of a uid watch a room.
	 * @param room the id of the room
	 * @param uid the uid
	 * @return the spectator of the room
	 */
	public RoomPlayer spectate(String room, String uid) {
		return spectate(room, player(uid));
	}

	/**
	 * Lets a player watch a room.
	 * @param room the id of the room
	 * @param player the player
	 * @return the spectator of the room
	 */
	public RoomPlayer spectate(String room, TestPlayer player) {
		return enter(player, reserve(player, new Wish("", room, true, null)), null);
	}

	private static RoomInfo reserve(TestPlayer player, Wish wish) {
		byte[] body = JSON.writeValueAsBytes(wish);
		return JSON.readValue(player.request(RoomDoor.RESERVE, body).expectResponse(byte[].class).value(),
				RoomInfo.class);
	}

	private static RoomPlayer enter(TestPlayer player, RoomInfo room, @Nullable Object options) {
		byte[] answer = player.request(room.kind() + ".join", options).expectResponse(byte[].class).value();
		return new RoomPlayer(player, room.kind(), room.room(), answer);
	}

	/**
	 * Advances the time: ticks and timers of all rooms run, each at its time.
	 * @param duration positive
	 */
	public void advance(Duration duration) {
		this.time.advance(duration);
	}

}
