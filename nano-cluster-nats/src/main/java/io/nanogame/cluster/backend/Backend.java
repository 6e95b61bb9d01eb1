package io.nanogame.cluster.backend;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.LimitedLog;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.Logins;
import io.nanogame.cluster.wire.MessageFrame;
import io.nanogame.cluster.wire.Peers;
import io.nanogame.cluster.wire.RequestTime;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.protocol.Message;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.netty.util.concurrent.EventExecutorGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles messages of clients that are connected to other nodes: makes their sessions,
 * and hands their messages to this server as if they had come from a socket.
 */
public final class Backend implements FrameHandler, NodeListener, SessionListener, LoginObserver {

	private static final Logger log = LoggerFactory.getLogger(Backend.class);

	private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("unknown", 0);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Map<Long, SessionHandle> guests = new ConcurrentHashMap<>();

	private final Peers peers;

	private final FrameWriter writer;

	private final Logins logins;

	private final Sessions sessions;

	private final MessageReceiver receiver;

	private final BackendLoop[] loops;

	private final RequestTime time;

	private volatile long lastMessageNanos;

	/**
	 * A backend.
	 * @param peers the other nodes
	 * @param writer writes frames
	 * @param logins translates principals
	 * @param sessions where the sessions will live
	 * @param receiver takes their messages
	 * @param threads handle them; the caller ends them
	 * @param time the time of the server, and how long a request may take
	 */
	public Backend(Peers peers, FrameWriter writer, Logins logins, Sessions sessions, MessageReceiver receiver,
			EventExecutorGroup threads, RequestTime time) {
		this.peers = peers;
		this.writer = writer;
		this.logins = logins;
		this.sessions = sessions;
		this.receiver = receiver;
		this.loops = StreamSupport.stream(threads.spliterator(), false)
			.map((thread) -> new BackendLoop(thread, writer))
			.toArray(BackendLoop[]::new);
		this.time = time;
		this.lastMessageNanos = time.now();
		sessions.addListener(this);
		sessions.logins().addObserver(this);
	}

	/**
	 * Whether a session's client is connected to another node.
	 * @param session any session
	 * @return true for those this backend made
	 */
	public static boolean isGuest(Session session) {
		return SessionHandle.of(session).connection() instanceof GatewayConnection;
	}

	/**
	 * Whether a session is a guest here.
	 * @param session its id
	 * @return false for sessions of this node, and those nobody told of
	 */
	public boolean knows(long session) {
		return this.guests.containsKey(session);
	}

	/**
	 * The session of a client of another node, to be spoken to.
	 * @param gateway that node
	 * @param member the session
	 * @return the guest, or one that only stands for it, with the attributes of this
	 * moment
	 */
	public Session speakTo(String gateway, Seated member) {
		long id = member.session();
		SessionHandle guest = this.guests.get(id);
		if (guest != null) {
			return guest.session();
		}
		Seat seat = new Seat(id, Introduction.UNKNOWN, NOWHERE, "", Map.of(), member.uid(), null, Map.of());
		Session session = this.sessions.createUnlisted(id,
				new GatewayConnection(seat, gateway, this.peers.to(gateway), this.writer, loop(id)), member.uid());
		member.attributes().forEach(session.attributes()::accept);
		return session;
	}

	/**
	 * The node a session's client is connected to.
	 * @param session any session
	 * @return its id; null for a client of this node
	 */
	public static @Nullable String gateway(Session session) {
		return (SessionHandle.of(session).connection() instanceof GatewayConnection connection) ? connection.gateway()
				: null;
	}

	/**
	 * Whether a loop carries sessions of other nodes.
	 * @param loop any loop
	 * @return true for those of this backend
	 */
	public static boolean carriesGuests(ConnectionLoop loop) {
		return loop instanceof BackendLoop;
	}

	public int guests() {
		return this.guests.size();
	}

	@Override
	public void seat(String from, Seat seat) {
		SessionHandle known = this.guests.get(seat.session());
		if (known != null) {
			comeBack(known, from, seat);
			return;
		}
		GatewayConnection connection = new GatewayConnection(seat, from, this.peers.to(from), this.writer,
				loop(seat.session()));
		Session session = this.sessions.create(seat.session(), connection, seat.handshake());
		seat.attributes().forEach(session.attributes()::accept);
		SessionHandle guest = SessionHandle.of(session);
		session.attributes().observe((name, value) -> attributeChanged(guest, name, value));
		guest.login().acceptPrincipal(principal(seat.login()));
		this.guests.put(seat.session(), guest);
		guest.addCloseAction((closed) -> this.guests.remove(closed.id(), guest));
		String uid = seat.uid();
		if (uid != null) {
			guest.login().acceptBound(uid);
		}
		this.sessions.open(session);
	}

	/**
	 * Its gateway has not known of this node for a while, and what changed then is news.
	 */
	private void comeBack(SessionHandle guest, String from, Seat seat) {
		seat.attributes().forEach(guest.session().attributes()::accept);
		guest.login().acceptPrincipal(principal(seat.login()));
		String uid = seat.uid();
		String known = guest.session().uid();
		if (uid != null && known != null && !known.equals(uid)) {
			guest.login().acceptUnbound(known);
		}
		if (uid != null) {
			bound(from, seat.session(), uid);
		}
	}

	private @Nullable Principal principal(@Nullable Login login) {
		return (login != null) ? this.logins.read(login) : null;
	}

	private BackendLoop loop(long session) {
		return this.loops[(int) Math.floorMod(session, (long) this.loops.length)];
	}

	private void attributeChanged(SessionHandle guest, String name, @Nullable Object value) {
		try {
			if (guest.connection() instanceof GatewayConnection connection) {
				connection.outbox().send(this.writer.attribute(guest.session().id(), name, value));
			}
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	@Override
	public void message(String from, long id, MessageFrame frame) {
		SessionHandle guest = this.guests.get(id);
		if (guest == null) {
			this.peers.to(from).send(this.writer.unseated(id, frame.sequence()));
			return;
		}
		// The gateway's number stands for the client's id, which may not be unique.
		Message message = frame.request() ? Message.request(frame.sequence(), frame.route(), frame.body())
				: Message.notify(frame.route(), frame.body());
		long receivedNanos = this.time.now();
		long deadlineNanos = this.time.deadline(receivedNanos, frame.millisLeft());
		this.lastMessageNanos = receivedNanos;
		guest.connection().loop().execute(() -> {
			this.receiver.receive(guest.session(), message, frame.headers(), receivedNanos, deadlineNanos);
			mark(guest, frame.sequence());
		});
	}

	@Override
	public void askDone(String from, long id, long sequence) {
		SessionHandle guest = this.guests.get(id);
		if (guest == null) {
			this.peers.to(from).send(this.writer.unseated(id, sequence));
			return;
		}
		guest.connection().loop().execute(() -> mark(guest, sequence));
	}

	private void mark(SessionHandle guest, long sequence) {
		guest.queue().mailbox().submit(new Marker(guest, sequence, this.writer), guest.connection().loop());
	}

	@Override
	public void attribute(String from, long id, String name, @Nullable Object value) {
		SessionHandle guest = this.guests.get(id);
		if (guest != null) {
			guest.session().attributes().accept(name, value);
		}
	}

	@Override
	public void bound(String from, long id, String uid) {
		SessionHandle guest = this.guests.get(id);
		if (guest == null) {
			return;
		}
		try {
			guest.login().acceptBound(uid);
		}
		catch (SessionAlreadyBoundException ex) {
			this.limitedLog.warn("{} was bound to another uid on its gateway; it is closed", guest.session());
			guest.session().close();
		}
	}

	@Override
	public void unbound(String from, long id, String uid) {
		SessionHandle guest = this.guests.get(id);
		if (guest != null) {
			guest.login().acceptUnbound(uid);
		}
	}

	@Override
	public void principal(String from, long id, @Nullable Login login) {
		SessionHandle guest = this.guests.get(id);
		if (guest != null) {
			guest.login().acceptPrincipal(principal(login));
		}
	}

	@Override
	public void close(String from, long id, CloseReason reason) {
		SessionHandle guest = this.guests.get(id);
		if (guest != null) {
			closeHere(guest, reason);
		}
	}

	private static void closeHere(SessionHandle guest, CloseReason reason) {
		if (guest.connection() instanceof GatewayConnection connection) {
			connection.gone();
		}
		guest.session().close(reason);
	}

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (here && SessionHandle.of(session).connection() instanceof GatewayConnection connection) {
			connection.outbox().send(this.writer.bound(session.id(), uid));
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (here && session.isOpen()
				&& SessionHandle.of(session).connection() instanceof GatewayConnection connection) {
			connection.outbox().send(this.writer.unbound(session.id(), uid));
		}
	}

	/** Somebody has logged in or out by the game of this node. */
	@Override
	public void principalChanged(Session session) {
		if (SessionHandle.of(session).connection() instanceof GatewayConnection connection) {
			connection.outbox().send(this.writer.principal(session.id(), this.logins.write(session.principal())));
		}
	}

	@Override
	public void down(Node node) {
		guestsOf(node.id()).forEach((guest) -> closeHere(guest, CloseReason.SESSION_LOST));
	}

	private List<SessionHandle> guestsOf(String gateway) {
		return this.guests.values().stream().filter((guest) -> gateway.equals(gateway(guest.session()))).toList();
	}

	/** Ends of sessions may have been missed: the gateway says them again. */
	@Override
	public void back(String gateway) {
		guestsOf(gateway).stream()
			.mapToLong((guest) -> guest.session().id())
			.forEach((id) -> this.peers.to(gateway).send(this.writer.rollCall(id), loop(id)));
	}

	/** A gateway is not sure that its session is still there. */
	@Override
	public void rollCall(String gateway, long session) {
		if (!this.guests.containsKey(session)) {
			this.peers.to(gateway).send(this.writer.close(session, CloseReason.SESSION_LOST));
		}
	}

	/** What the gateways said while the way to them was lost may not have arrived. */
	public void reconnected() {
		this.guests.values().stream().map(SessionHandle::session).map(Backend::gateway).distinct().forEach(this::back);
	}

	/**
	 * Whether the guests have something going, or had a moment ago.
	 * @param quiet how long nothing may have come from their gateways
	 * @return false when nobody waits for this node any more
	 */
	public boolean isBusy(Duration quiet) {
		return this.time.now() - this.lastMessageNanos < quiet.toNanos()
				|| this.guests.values().stream().anyMatch((guest) -> guest.queue().backlog() > 0);
	}

	/** Answers what has waited too long. Call now and then. */
	public void expire() {
		long now = this.time.now();
		this.guests.values().forEach((guest) -> guest.connection().loop().execute(() -> guest.queue().expire(now)));
	}

}
