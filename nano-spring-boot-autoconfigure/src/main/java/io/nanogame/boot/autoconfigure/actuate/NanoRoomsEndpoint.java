package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;

import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.GameRooms.KindSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows the rooms of this server, at {@code /actuator/nanorooms}. It shows no players,
 * and nothing that the game publishes about its rooms.
 */
@Endpoint(id = "nanorooms")
public class NanoRoomsEndpoint {

	/** The number of rooms in a reply. */
	private static final int MAX = 1000;

	private final GameRooms rooms;

	public NanoRoomsEndpoint(GameRooms rooms) {
		this.rooms = rooms;
	}

	/**
	 * Returns the kinds of rooms. Thread-safe.
	 * @return a snapshot
	 */
	@ReadOperation
	public RoomsDescriptor rooms() {
		return new RoomsDescriptor(this.rooms.kinds());
	}

	/**
	 * Returns the rooms of a kind. Thread-safe.
	 * @param kind the kind
	 * @return up to 1,000 rooms; null if there is no such kind
	 */
	@ReadOperation
	public @Nullable KindDescriptor kind(@Selector String kind) {
		if (this.rooms.kinds().stream().noneMatch((known) -> known.kind().equals(kind))) {
			return null;
		}
		return new KindDescriptor(this.rooms.rooms(kind)
			.stream()
			.limit(MAX)
			.map((room) -> new RoomDescriptor(room.room(), room.players(), room.spectators(), room.locked()))
			.toList());
	}

	/**
	 * The kinds.
	 *
	 * @param kinds the kinds, with the number of their rooms
	 */
	public record RoomsDescriptor(List<KindSummary> kinds) implements OperationResponseBody {
	}

	/**
	 * The rooms of a kind.
	 *
	 * @param rooms the rooms
	 */
	public record KindDescriptor(List<RoomDescriptor> rooms) implements OperationResponseBody {
	}

	/**
	 * A room.
	 *
	 * @param room its id
	 * @param players the number of seats that are taken or reserved
	 * @param spectators the number of spectators
	 * @param locked whether it accepts no new players
	 */
	public record RoomDescriptor(String room, int players, int spectators, boolean locked) {
	}

}
