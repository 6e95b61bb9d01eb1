package io.nanogame.cluster.backend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
import io.nanogame.cluster.frame.BackendFrame.SessionOwner;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.BackendFrame.StateChanged;
import io.nanogame.cluster.frame.BackendReceiver;
import io.nanogame.cluster.frame.GatewayFrame.MessageFate;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.peer.AbsentNodes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.protocol.Message;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * Handles messages of clients that are connected to other nodes: creates their sessions,
 * and passes their messages to this server like those of a socket. Thread-safe.
 */
public final class Backend implements BackendReceiver, NodeListener {

	private final RemoteSessions remote = new RemoteSessions();

	private final EndedSessions ended = new EndedSessions();

	private final AbsentNodes absent = new AbsentNodes();

	private final GameChanges changes;

	private final RemoteStates states;

	private final BackendMoves moves;

	private final Recipients recipients;

	private final Peers peers;

	private final RemoteSessionFactory factory;

	private final MessageReceiver receiver;

	private final BackendLoops loops;

	private final RequestTime time;

	private volatile long lastMessageNanos;

	/**
	 * Creates a backend.
	 * @param peers the other nodes
	 * @param principals converts principals
	 * @param registry creates and opens the sessions
	 * @param forms the forms of payloads
	 * @param receiver receives their messages
	 * @param threads the threads of the sessions; the caller stops them
	 * @param time the time of the server, and the time-out of requests
	 */
	public Backend(Peers peers, PrincipalCodec principals, SessionRegistry registry, PayloadForms forms,
			MessageReceiver receiver, EventExecutorGroup threads, RequestTime time) {
		this.peers = peers;
		this.receiver = receiver;
		this.loops = new BackendLoops(threads, peers::flush);
		this.factory = new RemoteSessionFactory(registry, forms, peers, this.loops, this.ended);
		this.time = time;
		this.lastMessageNanos = time.now();
		this.changes = new GameChanges(this.remote, principals, new AttributeCodec(registry.payloads()));
		this.states = new RemoteStates(this.remote, this.ended, peers, principals, this.changes);
		this.moves = new BackendMoves(this.remote, this.ended, this.factory, this.states, this.changes, peers);
		this.recipients = new Recipients(this.remote, this.factory, peers);
		registry.sessions().addListener(this.changes);
		registry.logins().addObserver(this.changes);
	}

	/**
	 * Returns the receiver of frames about sessions of other nodes.
	 * @return always the same object
	 */
	public SessionReceiver sessionStates() {
		return this.states;
	}

	/**
	 * Returns the moves of sessions between gateways.
	 * @return always the same object
	 */
	public BackendMoves moves() {
		return this.moves;
	}

	/**
	 * Returns the sessions of other nodes as recipients of messages.
	 * @return always the same object
	 */
	public Recipients recipients() {
		return this.recipients;
	}

	@Override
	public void snapshot(String from, SessionSnapshot snapshot) {
		RemoteSession known = this.remote.find(snapshot.session());
		if (known == null && !repeatEnd(from, snapshot.session())) {
			open(from, snapshot);
		}
		else if (known != null && known.moveTo(from, this.peers.to(from), snapshot.client().moves())) {
			this.states.update(known, snapshot);
		}
	}

	@Override
	public void owner(String from, SessionOwner owner) {
		RemoteSession known = this.remote.find(owner.session());
		if (known == null || owner.moves() > known.moves()) {
			this.moves.moved(owner.session(), owner.moves(), owner.gateway());
		}
	}

	private void open(String gateway, SessionSnapshot snapshot) {
		RemoteSession opened = this.factory.create(gateway, snapshot);
		this.remote.ending(snapshot.session()).forEach(opened::startAfter);
		this.states.init(opened, snapshot);
		this.remote.add(opened);
		String uid = snapshot.uid();
		if (uid != null) {
			opened.handle().login().acceptBound(uid);
		}
		this.factory.open(opened);
	}

	/**
	 * Sends a session's messages to a component to one node from now on.
	 * @param session the session of a client of another node
	 * @param component the component
	 * @param node the id of the node; empty to let the gateway choose again
	 */
	public void bindRoute(Session session, String component, String node) {
		this.changes.bindRoute(session, new StateProperty.RouteBinding(component, node));
	}

	@Override
	public void stateChanged(String from, StateChanged change) {
		this.states.accept(from, change);
	}

	@Override
	public void message(String from, ForwardedMessage frame) {
		RemoteSession session = this.remote.find(frame.session(), from);
		if (session == null) {
			rejectUnknown(from, frame.session(), frame.sequence());
			return;
		}
		if (!session.received().receive(frame.sequence())) {
			return;
		}
		// The gateway's number replaces the client's id, which may not be unique.
		Message message = frame.request() ? Message.request(frame.sequence(), frame.route(), frame.body())
				: Message.notify(frame.route(), frame.body());
		long receivedNanos = this.time.now();
		long deadlineNanos = this.time.deadline(receivedNanos, frame.millisLeft());
		this.lastMessageNanos = receivedNanos;
		session.loop().add(() -> {
			this.receiver.receive(session.session(), message, frame.headers(), receivedNanos, deadlineNanos);
			session.mark(frame.sequence());
		});
	}

	/** Starts the handlers of the messages that were received since the last call. */
	public void endOfMessage() {
		this.loops.start();
	}

	@Override
	public void doneQuery(String from, DoneQuery query) {
		RemoteSession session = this.remote.find(query.session(), from);
		if (session == null) {
			rejectUnknown(from, query.session(), query.sequence());
			return;
		}
		if (session.received().isMissing(query.sequence())) {
			boolean perhapsHandled = !session.received().isLost(query.sequence());
			this.peers.to(from).send(new MessageFate(query.session(), query.sequence(), perhapsHandled));
			return;
		}
		session.loop().execute(() -> session.markAgain(query.sequence()));
	}

	/** Returns whether the game of this node has closed the session. */
	private boolean repeatEnd(String gateway, long session) {
		SessionClosed end = this.ended.find(session);
		if (end != null) {
			this.peers.to(gateway).send(end);
		}
		return end != null;
	}

	private void rejectUnknown(String gateway, long session, long sequence) {
		repeatEnd(gateway, session);
		this.peers.to(gateway).send(new SessionUnknown(session, sequence));
	}

	@Override
	public void down(Node node) {
		lost(node.id());
	}

	private void lost(String gateway) {
		this.remote.of(gateway).forEach((session) -> session.closedByGateway(CloseReason.SESSION_LOST));
	}

	/**
	 * Closes the sessions of gateways that have not been up for long: no report that they
	 * are down will follow. Call it once every heartbeat.
	 * @param isUp whether a node is up
	 * @param patience the time for the announcement of a gateway
	 */
	public void closeAbandoned(Predicate<String> isUp, Duration patience) {
		this.absent.tooLong(this.remote.gateways(), isUp, this.time.now(), patience.toNanos()).forEach(this::lost);
	}

	/**
	 * Probes the sessions of a gateway, because changes of their states and reports of
	 * their ends may be lost in both directions.
	 * @param gateway the gateway
	 */
	public void peerReconnected(String gateway) {
		this.ended.of(gateway).forEach(this.peers.to(gateway)::send);
		this.remote.of(gateway).forEach(this.states::probe);
	}

	/** Probes the sessions of all gateways, because frames may be lost. */
	public void reconnected() {
		Set<String> gateways = this.remote.gateways();
		gateways.addAll(this.ended.gateways());
		gateways.forEach(this::peerReconnected);
	}

	/**
	 * Returns the copy of a session of another node.
	 * @param session the id of a session
	 * @return a snapshot; empty if there is none
	 */
	public Optional<SessionCopy> copy(long session) {
		return Optional.ofNullable(this.remote.find(session)).map(SessionCopy::of);
	}

	/**
	 * Returns the number of sessions of other nodes.
	 * @return those that are known here
	 */
	public int sessions() {
		return this.remote.all().size();
	}

	/**
	 * Returns the number of their messages.
	 * @return those that are queued or handled here
	 */
	public int messages() {
		return this.remote.withEnding().mapToInt(RemoteSession::messages).sum();
	}

	/**
	 * Returns whether sessions of other nodes have messages in progress, or had a moment
	 * ago.
	 * @param quiet the time without messages of gateways
	 * @return false when no client waits for this node any more
	 */
	public boolean isBusy(Duration quiet) {
		return this.time.now() - this.lastMessageNanos < quiet.toNanos()
				|| this.remote.withEnding().anyMatch(RemoteSession::isBusy);
	}

	/** Fails the messages whose deadlines have passed. Call it periodically. */
	public void expire() {
		long now = this.time.now();
		this.remote.withEnding().forEach((session) -> session.expire(now));
		this.remote.removeEnded();
	}

}
