package io.nanogame.spring.room;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomTransfer.SavedSeat;
import org.jspecify.annotations.Nullable;

/**
 * How players and spectators join a room. Confined to the lane of the room.
 */
final class Joining {

	private final HostedRoom<?> room;

	private final RoomKind kind;

	private final Occupants occupants;

	private final Reserving reserving;

	private final Leaving leaving;

	private final RoomClients clients;

	Joining(HostedRoom<?> room, Occupants occupants, Reserving reserving, Leaving leaving, RoomClients clients) {
		this.room = room;
		this.kind = room.kindOfRoom();
		this.occupants = occupants;
		this.reserving = reserving;
		this.leaving = leaving;
		this.clients = clients;
	}

	/**
	 * Lets the sender of a request in.
	 * @param request the request
	 * @param forSpectators whether the room is also called for a spectator
	 * @param call calls the room
	 * @return the answer of the room, or a stage of it
	 */
	@Nullable Object join(Request request, boolean forSpectators, RouteHandler call) throws Exception {
		Session session = request.session();
		Seat present = this.kind.seat(session);
		if (present != null && present.room == this.room) {
			return again(returned(present, session));
		}
		Seat older = this.occupants.find(Seat.key(session));
		if (older != null) {
			return replace(older, session);
		}
		Seat seat = this.reserving.take(session);
		enter(seat);
		if (seat.spectator && !forSpectators) {
			return accept(seat, null);
		}
		try {
			Object answer = call.handle(request);
			return (answer instanceof CompletionStage<?> stage) ? acceptLater(seat, stage) : accept(seat, answer);
		}
		catch (Throwable ex) {
			this.leaving.abort(seat);
			throw ex;
		}
	}

	private @Nullable Object again(Seat seat) {
		checkJoined(seat);
		this.clients.repeat(seat);
		return seat.answer;
	}

	private static void checkJoined(Seat seat) {
		if (!seat.joined) {
			throw new RequestException(409, "the player is joining already");
		}
	}

	/**
	 * Returns the seat of a player whose node has lost the session, and returns with it.
	 * @param seat the present seat
	 * @param session the session, which has the same id
	 * @return the same seat, or the one that replaces it
	 */
	Seat returned(Seat seat, Session session) {
		if (seat.session.isOpen() || !session.isOpen() || this.kind.seat(session) != seat) {
			return seat;
		}
		replace(seat, session);
		return Objects.requireNonNull(this.kind.seat(session));
	}

	/** Another session of the player takes the seat, as it is. */
	private @Nullable Object replace(Seat older, Session session) {
		checkJoined(older);
		Seat seat = new Seat(this.room, session, older.key(), older.spectator);
		this.leaving.detach(older);
		this.clients.notifyOfLeave(older, LeaveReason.REPLACED, "another session of the player has taken the seat");
		enter(seat);
		return accept(seat, older.answer);
	}

	/** The session had a seat on the former node of the room. */
	void restore(Session session, SavedSeat saved) {
		Seat seat = new Seat(this.room, session, saved.key(), saved.spectator());
		seat.joined = true;
		seat.answer = (saved.answer().length > 0) ? saved.answer() : null;
		this.kind.places().put(saved.key(), this.room);
		enter(seat);
		if (this.kind.seat(session) == seat) {
			this.clients.add(seat);
			if (!session.isConnected()) {
				this.clients.pause(seat);
			}
		}
	}

	private void enter(Seat seat) {
		this.occupants.add(seat);
		this.kind.put(seat);
		this.room.host().entered(seat);
		// The session may have been bound since its key was read, when it had no seat.
		this.leaving.rename(seat);
		seat.session.onClose(seat.end);
		this.room.changed();
	}

	private @Nullable Object accept(Seat seat, @Nullable Object answer) {
		if (this.kind.seat(seat.session) != seat) {
			this.leaving.leftWhileJoining(seat);
			throw new RequestException(410, "the player has left, or the room is closed");
		}
		seat.joined = true;
		seat.answer = answer;
		this.clients.add(seat);
		return answer;
	}

	private CompletionStage<@Nullable Object> acceptLater(Seat seat, CompletionStage<?> stage) {
		return stage.<@Nullable Object>handleAsync((answer, failure) -> {
			if (failure != null) {
				this.leaving.abort(seat);
				throw (failure instanceof CompletionException known) ? known : new CompletionException(failure);
			}
			Object accepted = accept(seat, answer);
			this.clients.handled();
			return accepted;
		}, this.room.onLane()::run);
	}

}
