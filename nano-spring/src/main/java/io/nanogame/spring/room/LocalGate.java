package io.nanogame.spring.room;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nanogame.node.SessionRouting;
import io.nanogame.protocol.Message;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoginRegistry;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;

/**
 * Moves the clients of this node with their rooms. Thread-safe.
 */
final class LocalGate implements RoomGate {

	/** After that time, the node of the room has given up. */
	private static final long DEADLINE_NANOS = Duration.ofSeconds(5).toNanos();

	private static final byte[] NO_BODY = {};

	private final RoomParts parts;

	private final Supplier<Sessions> sessions;

	private final Supplier<MessageReceiver> receiver;

	private final LostRooms lost;

	LocalGate(RoomParts parts, Supplier<Sessions> sessions, Supplier<MessageReceiver> receiver, LostRooms lost) {
		this.parts = parts;
		this.sessions = sessions;
		this.receiver = receiver;
		this.lost = lost;
	}

	@Override
	public void move(Order order) {
		Sessions all = this.sessions.get();
		LoginRegistry logins = SessionRegistry.of(all).logins();
		long deadline = this.parts.timers().nanoTime() + DEADLINE_NANOS;
		Stream
			.concat(order.sessions().stream().flatMap((id) -> all.find(id).stream()),
					order.keys().stream().flatMap((key) -> find(all, key)))
			.distinct()
			.filter(logins::isOwn)
			.forEach((session) -> move(session, order, deadline));
	}

	private static Stream<Session> find(Sessions all, String key) {
		Long guest = Seat.guest(key);
		return (guest != null) ? all.find(guest).stream() : all.findByUid(key.substring(1)).stream();
	}

	private void move(Session session, Order order, long deadline) {
		ConnectionLoop loop = SessionHandle.of(session).connection().loop();
		if (order.node().equals(this.parts.network().nodes().get().self().id())) {
			loop.execute(() -> moveHere(session, order, deadline));
		}
		else if (bind(session, order)) {
			loop.execute(() -> arrive(session, order, deadline));
		}
	}

	/**
	 * This node cannot forward messages to itself, so it waits for a moment in which it
	 * has none to forward. On the loop of the session.
	 */
	private void moveHere(Session session, Order order, long deadline) {
		if (SessionHandle.of(session).queue().mailbox().size() == 0) {
			if (bind(session, order)) {
				arrive(session, order, deadline);
			}
		}
		else if (this.parts.timers().nanoTime() - deadline < 0) {
			session.inOrder(() -> SessionHandle.of(session)
				.connection()
				.loop()
				.execute(() -> moveHere(session, order, deadline)));
		}
	}

	private boolean bind(Session session, Order order) {
		SessionRouting routing = this.parts.network().routing().get();
		return session.isOpen() && CurrentRooms.move(session, order.kind(), order.place(), routing);
	}

	/**
	 * The node of the room receives it as a request for the state, which any client may
	 * send. On the loop of the session.
	 */
	private void arrive(Session session, Order order, long deadline) {
		this.receiver.get()
			.receive(session, Message.notify(RoomKind.syncRoute(order.kind()), NO_BODY), Map.of(),
					this.parts.timers().nanoTime(), deadline);
	}

	@Override
	public void lost(String room, String node) {
		this.lost.lost((place) -> place.room().equals(room) && place.isOn(node));
	}

}
