package io.nanogame.spring.room;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * In which room of a kind a player has a seat or a reservation. A player has one of them.
 * Thread-safe.
 */
final class Places {

	private final Map<String, Place> byKey = new ConcurrentHashMap<>();

	/**
	 * Reserves the place of a player. The newest reservation replaces an older one, but
	 * not a seat.
	 * @return the room in which the player has a place then
	 */
	HostedRoom<?> reserve(String key, HostedRoom<?> room) {
		HostedRoom<?>[] former = new HostedRoom<?>[1];
		Place place = this.byKey.compute(key, (same, present) -> {
			if (present != null && (present.room == room || present.seated)) {
				return present;
			}
			former[0] = (present != null) ? present.room : null;
			return new Place(room, false);
		});
		if (former[0] != null) {
			former[0].abandoned(key);
		}
		return place.room;
	}

	/**
	 * Makes the reservation of a player a seat. Returns false if it has been replaced.
	 */
	boolean take(String key, HostedRoom<?> room) {
		Place place = this.byKey.computeIfPresent(key,
				(same, present) -> (present.room == room) ? new Place(room, true) : present);
		return place != null && place.room == room;
	}

	/** A player has a seat in a room that has moved to this node. */
	void put(String key, HostedRoom<?> room) {
		Place former = this.byKey.put(key, new Place(room, true));
		if (former != null && former.room != room) {
			former.room.abandoned(key);
		}
	}

	/** Ends the seat or the reservation of a player. */
	void release(String key, HostedRoom<?> room) {
		this.byKey.computeIfPresent(key, (same, present) -> (present.room == room) ? null : present);
	}

	/**
	 * Moves the place of a player whose key has changed.
	 * @return false if the new key has a place already, in which case nothing is changed
	 */
	boolean rename(String key, String newKey, HostedRoom<?> room) {
		Place place = this.byKey.get(key);
		if (place == null || place.room != room) {
			return false;
		}
		Place other = this.byKey.putIfAbsent(newKey, place);
		if (other != null) {
			return false;
		}
		this.byKey.remove(key, place);
		return true;
	}

	/** Returns the room in which the player of a session has a place, or null. */
	@Nullable HostedRoom<?> room(Session session) {
		Place place = this.byKey.get(Seat.key(session));
		// Reserved before the session was bound.
		place = (place != null) ? place : this.byKey.get(Seat.guest(session.id()));
		return (place != null) ? place.room : null;
	}

	/** Returns the room in which a player has a place, or null. */
	@Nullable HostedRoom<?> room(String key) {
		Place place = this.byKey.get(key);
		return (place != null) ? place.room : null;
	}

	private record Place(HostedRoom<?> room, boolean seated) {
	}

}
