package io.nanogame.cluster.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.Logins;
import io.nanogame.cluster.wire.RequestTime;
import io.nanogame.cluster.wire.SerializerCheck;
import io.nanogame.dispatch.Refusal;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.group.Members;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.protocol.Message;
import io.nanogame.route.Route;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionListener;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.trace.Span;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages of routes that are not here to the nodes that have them, and what those
 * say back to the clients.
 */
public final class Router implements MessageReceiver, FrameHandler, NodeListener, SessionListener, LoginObserver {

	private static final Logger log = LoggerFactory.getLogger(Router.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Map<Long, ClientSeat> seats = new ConcurrentHashMap<>();

	private final MessageReceiver unknown = new UnknownRoute();

	private final Bus bus;

	private final ClusterNodes nodes;

	private final Peers peers;

	private final FrameWriter writer;

	private final Sessions sessions;

	private final Payloads payloads;

	private final Logins logins;

	private final RoutingStrategy strategy;

	private final Tracing tracing;

	private final RequestTime time;

	private final SerializerCheck serializers;

	private volatile boolean hearing = true;

	/**
	 * A router.
	 * @param bus the connection to the other nodes
	 * @param nodes the others
	 * @param peers the ends of the way
	 * @param writer writes frames
	 * @param registry the sessions of this node
	 * @param logins translates principals
	 * @param strategy chooses nodes
	 * @param tracing follows messages
	 * @param time the time of the server, and how long a request may take
	 */
	public Router(Bus bus, ClusterNodes nodes, Peers peers, FrameWriter writer, SessionRegistry registry, Logins logins,
			RoutingStrategy strategy, Tracing tracing, RequestTime time) {
		this.bus = bus;
		this.nodes = nodes;
		this.peers = peers;
		this.writer = writer;
		this.sessions = registry.sessions();
		this.payloads = registry.payloads();
		this.logins = logins;
		this.strategy = strategy;
		this.tracing = tracing;
		this.time = time;
		this.serializers = new SerializerCheck(this.payloads);
		nodes.onListeningAgain(this::askDone);
		this.sessions.addListener(this);
		registry.logins().addObserver(this);
	}

	@Override
	public void receive(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		String component = Route.component(message.route());
		if (!isConnected()) {
			// Perhaps another node has it, also when nobody has said so yet.
			Refusal.submit(session, message, 503, "not connected to the other nodes", deadlineNanos);
		}
		else if (!this.nodes.isKnown(component)) {
			this.unknown.receive(session, message, headers, receivedNanos, deadlineNanos);
		}
		else if (!this.serializers.mayForward(session, message.route())) {
			Refusal.submit(session, message, 501, "not available with this serializer", deadlineNanos);
		}
		else {
			seat(session).forward(message, component, deadlineNanos);
		}
	}

	/** Any thread. */
	private ClientSeat seat(Session session) {
		ClientSeat known = this.seats.get(session.id());
		if (known != null) {
			return known;
		}
		ClientSeat seat = this.seats.computeIfAbsent(session.id(), (id) -> new ClientSeat(session, this));
		if (seat.isFirstUse()) {
			SessionHandle.of(session).addCloseAction((closed) -> seat.closed(closeReason(closed)));
		}
		return seat;
	}

	private static CloseReason closeReason(Session closed) {
		CloseReason reason = closed.closeReason();
		return (reason != null) ? reason : CloseReason.CLOSED;
	}

	/** On the seat's loop. */
	void endIfOver(ClientSeat seat) {
		if (seat.isOver()) {
			this.seats.remove(seat.session().id(), seat);
		}
	}

	private void withSeat(long session, Consumer<ClientSeat> action) {
		ClientSeat seat = this.seats.get(session);
		if (seat != null) {
			seat.loop().execute(() -> action.accept(seat));
		}
	}

	// From other nodes

	@Override
	public void answer(String from, long session, long sequence, boolean error, byte[] body) {
		withSeat(session, (seat) -> seat.answered(from, sequence, error, body));
	}

	@Override
	public void done(String from, long session, long sequence) {
		withSeat(session, (seat) -> seat.handled(from, sequence));
	}

	@Override
	public void unseated(String from, long session, long sequence) {
		withSeat(session, (seat) -> seat.unseated(from, sequence));
	}

	@Override
	public void rollCall(String from, long session) {
		ClientSeat seat = this.seats.get(session);
		if (seat != null) {
			seat.loop().execute(() -> seat.knownTo(from));
		}
		else {
			this.peers.to(from).send(this.writer.close(session, CloseReason.CLIENT_CLOSED));
		}
	}

	/** What was said while the way to the others was lost may not have arrived. */
	public void reconnected() {
		this.nodes.others().forEach(this::up);
		this.seats.values().forEach((seat) -> seat.loop().execute(seat::reconnected));
	}

	/**
	 * Whether this node hears the others.
	 * @param now false when it has heard nothing for so long that they take it for dead
	 */
	public void hearing(boolean now) {
		this.hearing = now;
		if (!now) {
			this.seats.values().forEach((seat) -> seat.loop().execute(seat::deaf));
		}
	}

	/** It may not have received what was sent to it. */
	private void askDone(String node) {
		this.seats.values()
			.stream()
			.filter((seat) -> seat.isKnownTo(node))
			.forEach((seat) -> seat.loop().execute(() -> seat.askDone(node)));
	}

	/** It may have taken this node for dead, and ended its sessions. */
	@Override
	public void back(String node) {
		this.seats.values()
			.stream()
			.filter((seat) -> seat.isKnownTo(node))
			.forEach((seat) -> seat.loop().execute(() -> seat.callRoll(node)));
	}

	/** It may have been up all the time, and know sessions from before. */
	@Override
	public void up(Node node) {
		this.peers.to(node.id()).send(this.writer.back());
	}

	@Override
	public void push(long session, String route, byte[] body) {
		this.sessions.find(session)
			.filter((found) -> this.serializers.mayPush(found.payloads(), route))
			.ifPresent((found) -> found.push(route, body));
	}

	@Override
	public void multicast(long[] ids, String route, byte[] body) {
		List<Session> members = new ArrayList<>(ids.length);
		for (long id : ids) {
			this.sessions.find(id)
				.filter((found) -> this.serializers.mayPush(found.payloads(), route))
				.ifPresent(members::add);
		}
		if (!members.isEmpty()) {
			new Members(members).send(OutboundMessage.push(route, body, this.payloads));
		}
	}

	@Override
	public void attribute(String from, long session, String name, @Nullable Object value) {
		ClientSeat seat = this.seats.get(session);
		if (seat != null) {
			seat.takeAttribute(from, name, value);
		}
	}

	@Override
	public void bound(String from, long session, String uid) {
		this.sessions.find(session).ifPresent((found) -> {
			try {
				if (SessionHandle.of(found).login().acceptBound(uid)) {
					tell(found, from, this.writer.bound(session, uid));
				}
			}
			catch (SessionAlreadyBoundException ex) {
				this.limitedLog.warn("Node {} has bound {} to another uid than this one; this one stays", from, found);
			}
		});
	}

	@Override
	public void unbound(String from, long session, String uid) {
		this.sessions.find(session).ifPresent((found) -> {
			if (SessionHandle.of(found).login().acceptUnbound(uid)) {
				tell(found, from, this.writer.unbound(session, uid));
			}
		});
	}

	@Override
	public void principal(String from, long session, @Nullable Login login) {
		ClientSeat seat = this.seats.get(session);
		if (seat != null) {
			seat.takePrincipal(from, login);
		}
	}

	@Override
	public void close(String from, long session, CloseReason reason) {
		this.sessions.find(session).ifPresent((found) -> found.close(reason));
	}

	/** Bound by the game of this node: all that know the session are told. */
	@Override
	public void bound(Session session, String uid, boolean here) {
		if (here) {
			tell(session, "", this.writer.bound(session.id(), uid));
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (here && session.isOpen()) {
			tell(session, "", this.writer.unbound(session.id(), uid));
		}
	}

	private void tell(Session session, String except, byte[] frame) {
		ClientSeat seat = this.seats.get(session.id());
		if (seat != null) {
			seat.tell(except, frame);
		}
	}

	/** Set by the game of this node: all that know the session are told. */
	@Override
	public void principalChanged(Session session) {
		ClientSeat seat = this.seats.get(session.id());
		if (seat != null) {
			seat.principalChanged();
		}
	}

	@Override
	public void down(Node node) {
		this.seats.values().forEach((seat) -> seat.loop().execute(() -> seat.nodeLost(node.id())));
		this.peers.forget(node.id());
	}

	@Override
	public void bind(long session, String component, String node) {
		this.sessions.find(session).ifPresent((found) -> bind(found, component, node));
	}

	/**
	 * Lets a session's messages to a component go to a node from now on, as long as that
	 * is up. Any thread.
	 * @param session a session of this node
	 * @param component the component
	 * @param node the id of a node that has it; empty to let one be chosen anew
	 */
	public void bind(Session session, String component, String node) {
		seat(session).chosen().bind(component, node);
	}

	// For the seats

	Nodes nodes() {
		return this.nodes;
	}

	@Nullable Login login(Session session) {
		return this.logins.write(session.principal());
	}

	Logins logins() {
		return this.logins;
	}

	Peers peers() {
		return this.peers;
	}

	FrameWriter writer() {
		return this.writer;
	}

	/** Whether what is sent to other nodes would arrive, as far as it is known. */
	boolean isConnected() {
		return this.bus.isConnected() && this.hearing;
	}

	/** Whether a message for a node would arrive, as far as it is known. */
	boolean isReachable(String node) {
		return isConnected() && this.nodes.isReachable(node);
	}

	RequestTime time() {
		return this.time;
	}

	Span span(String component, String node) {
		return this.tracing.send(component, this.nodes.find(node).map(Node::name).orElse(node));
	}

	Node choose(Session session, String component, List<Node> candidates) {
		try {
			return Objects.requireNonNull(this.strategy.choose(session, component, candidates), "nothing was chosen");
		}
		catch (RuntimeException ex) {
			log.error("A routing strategy failed; the first node is taken", ex);
			return candidates.get(0);
		}
	}

}
