package io.nanogame.cluster.backend;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.Logins;
import io.nanogame.cluster.wire.MessageFrame;
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
import io.nanogame.session.SessionRegistry;
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

	private final Map<Long, SessionHandle> remoteSessions = new ConcurrentHashMap<>();

	private final Peers peers;

	private final FrameWriter writer;

	private final Logins logins;

	private final SessionRegistry registry;

	private final MessageReceiver receiver;

	private final BackendLoop[] loops;

	private final RequestTime time;

	private volatile long lastMessageNanos;

	/**
	 * A backend.
	 * @param peers the other nodes
	 * @param writer writes frames
	 * @param logins translates principals
	 * @param registry creates and opens the sessions
	 * @param receiver takes their messages
	 * @param threads handle them; the caller ends them
	 * @param time the time of the server, and how long a request may take
	 */
	public Backend(Peers peers, FrameWriter writer, Logins logins, SessionRegistry registry, MessageReceiver receiver,
			EventExecutorGroup threads, RequestTime time) {
		this.peers = peers;
		this.writer = writer;
		this.logins = logins;
		this.registry = registry;
		this.receiver = receiver;
		this.loops = StreamSupport.stream(threads.spliterator(), false)
			.map((thread) -> new BackendLoop(thread, writer))
			.toArray(BackendLoop[]::new);
		this.time = time;
		this.lastMessageNanos = time.now();
		registry.sessions().addListener(this);
		registry.logins().addObserver(this);
	}

	/**
	 * Whether a session's client is connected to another node.
	 * @param session any session
	 * @return true for those this backend made
	 */
	public static boolean isRemote(Session session) {
		return SessionHandle.of(session).connection() instanceof GatewayConnection;
	}

	/**
	 * Returns whether a session of another node is handled here.
	 * @param session its id
	 * @return false for sessions of this node, and for those that no gateway has
	 * announced
	 */
	public boolean knows(long session) {
		return this.remoteSessions.containsKey(session);
	}

	/**
	 * Returns the session of a client of another node, as a recipient of messages.
	 * @param gateway the node to which the client is connected
	 * @param member the session
	 * @return the session, or one that only stands for it, with the attributes of this
	 * moment
	 */
	public Session recipient(String gateway, Seated member) {
		long id = member.session();
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote != null) {
			return remote.session();
		}
		Seat seat = new Seat(id, Introduction.UNKNOWN, NOWHERE, "", Map.of(), member.uid(), null, Map.of());
		Session session = this.registry.createUnlisted(id,
				new GatewayConnection(seat, gateway, this.peers.to(gateway), this.writer, loop(id)), member.uid());
		member.attributes().forEach(SessionHandle.of(session)::acceptAttribute);
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
	public static boolean carriesRemoteSessions(ConnectionLoop loop) {
		return loop instanceof BackendLoop;
	}

	public int remoteSessions() {
		return this.remoteSessions.size();
	}

	@Override
	public void seat(String from, Seat seat) {
		SessionHandle present = this.remoteSessions.get(seat.session());
		if (present != null) {
			update(present, from, seat);
			return;
		}
		GatewayConnection connection = new GatewayConnection(seat, from, this.peers.to(from), this.writer,
				loop(seat.session()));
		Session session = this.registry.create(seat.session(), connection, seat.handshake());
		SessionHandle remote = SessionHandle.of(session);
		seat.attributes().forEach(remote::acceptAttribute);
		remote.observeAttributes((name, value) -> attributeChanged(remote, name, value));
		remote.login().acceptPrincipal(principal(seat.login()));
		this.remoteSessions.put(seat.session(), remote);
		remote.addCloseAction((closed) -> this.remoteSessions.remove(closed.id(), remote));
		String uid = seat.uid();
		if (uid != null) {
			remote.login().acceptBound(uid);
		}
		this.registry.open(session);
	}

	/** Applies the changes since the gateway lost contact with this node. */
	private void update(SessionHandle remote, String from, Seat seat) {
		seat.attributes().forEach(remote::acceptAttribute);
		remote.login().acceptPrincipal(principal(seat.login()));
		String uid = seat.uid();
		String earlier = remote.session().uid();
		if (uid != null && earlier != null && !earlier.equals(uid)) {
			remote.login().acceptUnbound(earlier);
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

	private void attributeChanged(SessionHandle remote, String name, @Nullable Object value) {
		try {
			if (remote.connection() instanceof GatewayConnection connection) {
				connection.outbox().send(this.writer.attribute(remote.session().id(), name, value));
			}
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	@Override
	public void message(String from, long id, MessageFrame frame) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote == null) {
			this.peers.to(from).send(this.writer.unseated(id, frame.sequence()));
			return;
		}
		// The gateway's number stands for the client's id, which may not be unique.
		Message message = frame.request() ? Message.request(frame.sequence(), frame.route(), frame.body())
				: Message.notify(frame.route(), frame.body());
		long receivedNanos = this.time.now();
		long deadlineNanos = this.time.deadline(receivedNanos, frame.millisLeft());
		this.lastMessageNanos = receivedNanos;
		remote.connection().loop().execute(() -> {
			this.receiver.receive(remote.session(), message, frame.headers(), receivedNanos, deadlineNanos);
			mark(remote, frame.sequence());
		});
	}

	@Override
	public void askDone(String from, long id, long sequence) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote == null) {
			this.peers.to(from).send(this.writer.unseated(id, sequence));
			return;
		}
		remote.connection().loop().execute(() -> mark(remote, sequence));
	}

	private void mark(SessionHandle remote, long sequence) {
		remote.queue().mailbox().submit(new Marker(remote, sequence, this.writer), remote.connection().loop());
	}

	@Override
	public void attribute(String from, long id, String name, @Nullable Object value) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote != null) {
			remote.acceptAttribute(name, value);
		}
	}

	@Override
	public void bound(String from, long id, String uid) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote == null) {
			return;
		}
		try {
			remote.login().acceptBound(uid);
		}
		catch (SessionAlreadyBoundException ex) {
			this.limitedLog.warn("{} was bound to another uid on its gateway; it is closed", remote.session());
			remote.session().close();
		}
	}

	@Override
	public void unbound(String from, long id, String uid) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote != null) {
			remote.login().acceptUnbound(uid);
		}
	}

	@Override
	public void principal(String from, long id, @Nullable Login login) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote != null) {
			remote.login().acceptPrincipal(principal(login));
		}
	}

	@Override
	public void close(String from, long id, CloseReason reason) {
		SessionHandle remote = this.remoteSessions.get(id);
		if (remote != null) {
			closeHere(remote, reason);
		}
	}

	private static void closeHere(SessionHandle remote, CloseReason reason) {
		if (remote.connection() instanceof GatewayConnection connection) {
			connection.gone();
		}
		remote.session().close(reason);
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
		remoteSessionsOf(node.id()).forEach((remote) -> closeHere(remote, CloseReason.SESSION_LOST));
	}

	private List<SessionHandle> remoteSessionsOf(String gateway) {
		return this.remoteSessions.values()
			.stream()
			.filter((remote) -> gateway.equals(gateway(remote.session())))
			.toList();
	}

	/** Ends of sessions may have been missed: the gateway says them again. */
	@Override
	public void back(String gateway) {
		remoteSessionsOf(gateway).stream()
			.mapToLong((remote) -> remote.session().id())
			.forEach((id) -> this.peers.to(gateway).send(this.writer.rollCall(id), loop(id)));
	}

	/** A gateway is not sure that its session is still there. */
	@Override
	public void rollCall(String gateway, long session) {
		if (!this.remoteSessions.containsKey(session)) {
			this.peers.to(gateway).send(this.writer.close(session, CloseReason.SESSION_LOST));
		}
	}

	/** What the gateways said while the way to them was lost may not have arrived. */
	public void reconnected() {
		this.remoteSessions.values()
			.stream()
			.map(SessionHandle::session)
			.map(Backend::gateway)
			.distinct()
			.forEach(this::back);
	}

	/**
	 * Returns whether sessions of other nodes have messages in progress, or had a moment
	 * ago.
	 * @param quiet how long nothing may have come from their gateways
	 * @return false when nobody waits for this node any more
	 */
	public boolean isBusy(Duration quiet) {
		return this.time.now() - this.lastMessageNanos < quiet.toNanos()
				|| this.remoteSessions.values().stream().anyMatch((remote) -> remote.queue().backlog() > 0);
	}

	/** Answers what has waited too long. Call now and then. */
	public void expire() {
		long now = this.time.now();
		this.remoteSessions.values()
			.forEach((remote) -> remote.connection().loop().execute(() -> remote.queue().expire(now)));
	}

}
