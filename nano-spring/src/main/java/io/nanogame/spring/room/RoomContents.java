package io.nanogame.spring.room;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.SavedSeat;

/**
 * Saves a room on one node, and restores it on another one. On its lane.
 */
final class RoomContents {

	private RoomContents() {
	}

	/** Saves a room whose lane is held. */
	static Contents save(HostedRoom<?> room) {
		List<SavedSeat> seats = room.occupants().all().stream().map(RoomContents::save).toList();
		Object saved = movable(room).save();
		return new Contents(room.host().states().write(saved), room.clients().feed().version(), room.listing().save(),
				seats, room.occupants().savedReservations(room.host().timers().nanoTime()));
	}

	private static SavedSeat save(Seat seat) {
		Object answer = seat.answer;
		return new SavedSeat(seat.session.id(), seat.key(), seat.spectator,
				(answer != null) ? seat.session.payloads().write(answer) : RoomTransfer.NO_ANSWER);
	}

	/**
	 * Restores a room whose object was just created.
	 * @param sessions the sessions with a seat, by their ids
	 */
	static void restore(HostedRoom<?> room, Contents contents, Map<Long, Session> sessions) {
		Object saved = room.host().states().read(contents.saved(), Objects.requireNonNull(room.type().saved()));
		movable(room).restore(saved);
		room.clients().feed().continueAfter(contents.version());
		room.listing().restore(contents.listing());
		contents.reservations().forEach(room.reserving()::restore);
		for (SavedSeat seat : contents.seats()) {
			Session session = sessions.get(seat.session());
			if (session != null) {
				room.joining().restore(session, seat);
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static MovableRoom<Object> movable(HostedRoom<?> room) {
		return (MovableRoom<Object>) room.object();
	}

}
