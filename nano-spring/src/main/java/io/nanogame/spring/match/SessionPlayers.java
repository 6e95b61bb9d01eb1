package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.ClientMessage;
import io.nanogame.spring.room.ClientMessages;
import io.nanogame.spring.room.PlayerSeats;
import org.jspecify.annotations.Nullable;

/**
 * The sessions whose clients are connected to this node, as players. Their state is an
 * attribute. A session does not move while the lock of its attributes is held.
 */
final class SessionPlayers implements OwnPlayers {

	private static final String STATE = "nano.match";

	private final Supplier<Sessions> sessions;

	private final Predicate<Session> own;

	private final PlayerSeats seats;

	private final ClientMessages messages;

	SessionPlayers(Supplier<Sessions> sessions, Predicate<Session> own, PlayerSeats seats, ClientMessages messages) {
		this.sessions = sessions;
		this.own = own;
		this.seats = seats;
		this.messages = messages;
	}

	boolean isOwn(Session session) {
		return this.own.test(session);
	}

	/** Returns the state of a session; empty if there is none. */
	static String state(Session session) {
		return session.attributes().getString(STATE);
	}

	/** Returns the state of a session that has ended, after a change in progress. */
	static String last(Session session) {
		synchronized (session.attributes()) {
			return state(session);
		}
	}

	/** Removes the state of a session that has no uid any more. Returns it. */
	static String remove(Session session) {
		synchronized (session.attributes()) {
			String state = state(session);
			session.attributes().remove(STATE);
			return state;
		}
	}

	@Override
	public <T> @Nullable T with(String uid, long session, Function<OwnPlayer, T> action) {
		Session found = find(uid, session);
		if (found == null) {
			return null;
		}
		SessionPlayer player = new SessionPlayer(uid, found);
		T result;
		synchronized (found.attributes()) {
			if (!found.isOpen() || !uid.equals(found.uid()) || !this.own.test(found)) {
				return null;
			}
			result = action.apply(player);
		}
		player.flush();
		return result;
	}

	private @Nullable Session find(String uid, long id) {
		Session found = null;
		for (Session session : this.sessions.get().findByUid(uid)) {
			if (this.own.test(session)) {
				if (!state(session).isEmpty()) {
					return session;
				}
				found = (id == 0 || session.id() == id) ? session : found;
			}
		}
		return found;
	}

	/** A session as a player. Confined to one thread. */
	private final class SessionPlayer implements OwnPlayer {

		private final String uid;

		private final Session session;

		private final List<Runnable> pushes = new ArrayList<>();

		SessionPlayer(String uid, Session session) {
			this.uid = uid;
			this.session = session;
		}

		@Override
		public String uid() {
			return this.uid;
		}

		@Override
		public String state() {
			return SessionPlayers.state(this.session);
		}

		@Override
		public void state(String state) {
			if (state.isEmpty()) {
				this.session.attributes().remove(STATE);
			}
			else {
				this.session.attributes().set(STATE, state);
			}
		}

		/** Sent without the lock, because interceptors may see it. */
		@Override
		public void push(String route, ClientMessage message) {
			byte[] payload = SessionPlayers.this.messages.write(message, this.session);
			this.pushes.add(() -> this.session.push(route, payload));
		}

		void flush() {
			this.pushes.forEach(Runnable::run);
		}

		@Override
		public boolean mayBeIn(String kind) {
			return SessionPlayers.this.seats.mayBeIn(this.session, kind);
		}

		@Override
		public CompletionStage<Boolean> giveUp(String kind) {
			return SessionPlayers.this.seats.giveUp(this.session, kind);
		}

		@Override
		public boolean enter(Place place) {
			return SessionPlayers.this.seats.enter(this.session, place.kind(), place.room(), place.node());
		}

	}

}
