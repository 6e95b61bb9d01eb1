package io.nanogame.spring.room;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The kinds of rooms that this node has: the classes with {@link GameRoom}. Thread-safe.
 */
public final class RoomKinds {

	private final Map<String, RoomKind> byName = new LinkedHashMap<>();

	/**
	 * Reads the classes.
	 * @param beans the beans of the application
	 * @throws InvalidRoomException when a class cannot be a room, or two have the same
	 * kind
	 */
	public RoomKinds(ListableBeanFactory beans) {
		for (String name : beans.getBeanNamesForAnnotation(GameRoom.class)) {
			RoomType type = RoomType.of(name, beans);
			if (this.byName.putIfAbsent(type.kind(), new RoomKind(type)) != null) {
				throw new InvalidRoomException(type.type(),
						"another class has the kind '%s', too".formatted(type.kind()));
			}
		}
	}

	List<RoomKind> components() {
		return List.copyOf(this.byName.values());
	}

	/** Returns the names of the kinds. */
	public List<String> names() {
		return List.copyOf(this.byName.keySet());
	}

	boolean has(String kind) {
		return this.byName.containsKey(kind);
	}

	/** Returns the room with an id that is moving to this node, or null. */
	@Nullable Arrival arrival(String room) {
		for (RoomKind kind : this.byName.values()) {
			Arrival found = kind.arrivals().get(room);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/** Returns a move of a room to this node, also one that has ended, or null. */
	@Nullable Arrival arrival(String room, long epoch) {
		for (RoomKind kind : this.byName.values()) {
			// In this order, so that one that ends meanwhile is found.
			for (Map<String, Arrival> arrivals : List.of(kind.arrivals(), kind.endedArrivals())) {
				Arrival found = arrivals.get(room);
				if (found != null && found.header().epoch() == epoch) {
					return found;
				}
			}
		}
		return null;
	}

	RoomKind get(String kind) {
		RoomKind found = this.byName.get(kind);
		if (found == null) {
			throw new ServiceException(404, "there is no such kind of room");
		}
		return found;
	}

}
