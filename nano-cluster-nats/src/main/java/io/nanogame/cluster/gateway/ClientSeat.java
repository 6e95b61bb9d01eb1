package io.nanogame.cluster.gateway;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.RequestTime;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.dispatch.Refusal;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.Message;
import io.nanogame.route.Route;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway knows of a session that other nodes have heard of: where its messages
 * go, and which of them are under way. Belongs to the session's loop, but for what says
 * otherwise.
 */
final class ClientSeat {

	private static final Logger log = LoggerFactory.getLogger(ClientSeat.class);

	private final Session session;

	private final SessionHandle handle;

	private final Router router;

	private final AtomicBoolean used = new AtomicBoolean();

	private final StickyNodes chosen;

	/** Added to under the lock of the attributes. */
	private final IntroducedNodes introduced = new IntroducedNodes();

	/** In the order they were sent, in which they are answered when they are given up. */
	private final Map<Long, Forwarded> underWay = new LinkedHashMap<>(4);

	private long lastSequence;

	/** Whether the nodes that know this session have been told that it is over. */
	private volatile boolean toldClosed;

	/** The newest one, as long as messages may join it. */
	private @Nullable Stretch stretch;

	ClientSeat(Session session, Router router) {
		this.session = session;
		this.handle = SessionHandle.of(session);
		this.router = router;
		this.chosen = new StickyNodes(session, router);
		this.handle.observeAttributes(this::attributeChanged);
	}

	/** Any thread; true once. */
	boolean isFirstUse() {
		return this.used.compareAndSet(false, true);
	}

	Session session() {
		return this.session;
	}

	SessionHandle handle() {
		return this.handle;
	}

	boolean isConnected() {
		return this.router.isConnected();
	}

	RequestTime time() {
		return this.router.time();
	}

	ConnectionLoop loop() {
		return this.handle.connection().loop();
	}

	void forward(Message message, String component, long deadlineNanos) {
		String node = this.chosen.find(component);
		if (node == null) {
			Refusal.submit(this.session, message, 503, "no node handles this right now", deadlineNanos);
			return;
		}
		Stretch last = this.stretch;
		if (last != null && last.node().equals(node) && this.handle.queue().mailbox().endsWith(last)) {
			last.add(new Forwarded(this, message, last, deadlineNanos));
			return;
		}
		Stretch next = new Stretch(this, node);
		this.stretch = next;
		next.add(new Forwarded(this, message, next, deadlineNanos));
		this.handle.queue().mailbox().submit(next, loop());
	}

	/** To the node, or to another one if that has gone meanwhile. */
	void send(Forwarded message, String wanted) {
		message.expire(time().now());
		if (message.isGivenUp()) {
			end(message);
			return;
		}
		CloseReason closed = this.session.closeReason();
		if (closed != null && !closed.isByClient()) {
			// Who was kicked does nothing more; who hung up is still heard to the end.
			giveUp(message, 503, closed.message());
			return;
		}
		if (this.handle.isAbandoned()) {
			giveUp(message, 503, CloseReason.SHUTDOWN.message());
			return;
		}
		String component = Route.component(message.message().route());
		String node = this.router.nodes().isUp(wanted) ? wanted : this.chosen.find(component);
		if (node == null || !this.router.isReachable(node)) {
			giveUp(message, 503, "no node handles this right now");
			return;
		}
		try {
			send(message, component, node);
		}
		catch (SerializationException ex) {
			log.warn("A message to {} is not forwarded: {}", ClientText.printable(message.message().route()),
					ex.getMessage());
			giveUp(message, 413, "too long for another node");
		}
		catch (RuntimeException ex) {
			// Of the app: its principals and its tracing are asked.
			log.error("A message to {} is not forwarded", ClientText.printable(message.message().route()), ex);
			giveUp(message, 500, "internal error");
		}
	}

	private void send(Forwarded message, String component, String node) {
		long sequence = ++this.lastSequence;
		Outbox outbox = this.router.peers().to(node);
		Span span = this.router.span(component, node);
		if (!message.sent(node, outbox.traffic(), span, sequence)) {
			end(message);
			return;
		}
		this.underWay.put(sequence, message);
		boolean isNew = !this.introduced.contains(node);
		if (isNew) {
			introduce(node, outbox);
		}
		outbox.send(this.router.writer().message(this.session.id(), message.frame(span.headers())), loop());
		if (isNew && this.toldClosed) {
			// Too late to be among those who were told.
			outbox.send(this.router.writer().close(this.session.id(), CloseReason.CLIENT_CLOSED), loop());
		}
	}

	/**
	 * Under the lock of the attributes, so that none of their changes slips through. They
	 * take it before they tell of a change, so another lock beside it could be the wrong
	 * way round.
	 */
	private void introduce(String node, Outbox outbox) {
		synchronized (this.session.attributes()) {
			this.introduced.add(node);
			try {
				outbox.send(this.router.writer().seat(seat()), loop());
			}
			catch (RuntimeException ex) {
				this.introduced.remove(node);
				throw ex;
			}
		}
	}

	private Seat seat() {
		InetSocketAddress address = (this.session.remoteAddress() instanceof InetSocketAddress known) ? known
				: InetSocketAddress.createUnresolved("unknown", 0);
		return new Seat(this.session.id(), this.session.handshake(), address, this.session.transport(),
				this.session.queryParameters(), this.session.uid(), this.router.login(this.session),
				this.session.attributes().state());
	}

	/**
	 * Any thread: the game of this node has changed it. Under the lock of the attributes.
	 */
	private void attributeChanged(String name, @Nullable Object value) {
		try {
			tell("", this.router.writer().attribute(this.session.id(), name, value));
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	/** Any thread: a node has changed it, the others do not know. */
	void takeAttribute(String from, String name, @Nullable Object value) {
		synchronized (this.session.attributes()) {
			this.handle.acceptAttribute(name, value);
			tell(from, this.router.writer().attribute(this.session.id(), name, value));
		}
	}

	/** Any thread: the game of this node has changed it. */
	void principalChanged() {
		synchronized (this.session.attributes()) {
			tell("", this.router.writer().principal(this.session.id(), this.router.login(this.session)));
		}
	}

	/** Any thread: a node has changed it, the others do not know. */
	void takePrincipal(String from, @Nullable Login login) {
		synchronized (this.session.attributes()) {
			this.handle.login().acceptPrincipal((login != null) ? this.router.logins().read(login) : null);
			tell(from, this.router.writer().principal(this.session.id(), login));
		}
	}

	/** Any thread. */
	void tell(String except, byte[] frame) {
		for (String node : this.introduced.ids()) {
			if (!node.equals(except)) {
				this.router.peers().to(node).send(frame);
			}
		}
	}

	void answered(String from, long sequence, boolean error, byte[] body) {
		Forwarded message = find(from, sequence);
		if (message != null) {
			this.introduced.confirm(from);
			message.answer(body, error);
			endIfOver(message);
		}
	}

	void handled(String from, long sequence) {
		Forwarded message = find(from, sequence);
		if (message != null) {
			this.introduced.confirm(from);
			message.handled();
			endIfOver(message);
		}
	}

	/** Whether its node has done all that was sent there before it. */
	boolean isOldest(Forwarded message) {
		return this.underWay.values()
			.stream()
			.noneMatch((other) -> other.node().equals(message.node()) && other.sequence() < message.sequence());
	}

	/** Messages for a node, or what it said of their end, may be lost. */
	void askDone(String node) {
		this.underWay.values().stream().filter((message) -> message.node().equals(node)).forEach(this::askDone);
	}

	/** What its node said of its end may be lost. */
	void askDone(Forwarded message) {
		message.asked();
		this.router.peers()
			.to(message.node())
			.send(this.router.writer().askDone(this.session.id(), message.sequence()), loop());
	}

	/**
	 * A node has got a message and did not know whose it was, so it was not handled;
	 * unless the node was asked later, and may have ended the session in between. If it
	 * has ever known the session, it has taken this node for dead and ended it, so the
	 * client has to begin anew. Else it was away when the session was introduced.
	 */
	void unseated(String from, long sequence) {
		Forwarded message = find(from, sequence);
		boolean wasKnown = this.introduced.remove(from);
		if (message != null) {
			giveUp(message, message.wasAsked() ? 408 : 503, CloseReason.SESSION_LOST.message());
		}
		if (message != null && wasKnown) {
			this.session.close(CloseReason.SESSION_LOST);
		}
	}

	/**
	 * Asks those who should know this session whether they still do, and whether they
	 * have handled what they were sent.
	 */
	void reconnected() {
		this.introduced.ids().forEach(this::callRoll);
		this.underWay.values().forEach(this::askDone);
	}

	void callRoll(String node) {
		Outbox outbox = this.router.peers().to(node);
		if (!this.session.isOpen() || this.introduced.isConfirmed(node)) {
			outbox.send(this.router.writer().rollCall(this.session.id()), loop());
		}
		else {
			// The introduction may be lost, which is no reason to end the session.
			introduce(node, outbox);
		}
	}

	/** Any thread. */
	boolean isKnownTo(String node) {
		return this.introduced.contains(node);
	}

	/** A node knows this session, and shall hear of its end. */
	void knownTo(String node) {
		Outbox outbox = this.router.peers().to(node);
		if (this.session.isOpen() && !this.introduced.contains(node)) {
			introduce(node, outbox);
		}
		CloseReason closed = this.session.closeReason();
		if (closed != null) {
			outbox.send(this.router.writer().close(this.session.id(), closed));
		}
	}

	StickyNodes chosen() {
		return this.chosen;
	}

	private @Nullable Forwarded find(String from, long sequence) {
		Forwarded message = this.underWay.get(sequence);
		return (message != null && message.node().equals(from)) ? message : null;
	}

	/** Answers it, if nobody has, and lets the session go on. */
	void giveUp(Forwarded message, int code, String text) {
		message.fail(code, text);
		end(message);
	}

	/** What waits behind it may go on. */
	private void end(Forwarded message) {
		message.handled();
		endIfOver(message);
	}

	private void endIfOver(Forwarded message) {
		if (message.isOver()) {
			this.underWay.remove(message.sequence());
			this.handle.queue().removePending(message);
			message.left();
			this.router.endIfOver(this);
		}
	}

	void ended(Stretch over) {
		if (this.stretch == over) {
			this.stretch = null;
		}
	}

	/**
	 * Its components on another node hear of the session, also when its client is silent.
	 */
	void nodeLost(String node) {
		this.introduced.remove(node);
		List<String> homeless = this.chosen.release(node);
		giveUp((message) -> message.node().equals(node), "the node that handles this is gone");
		if (this.session.isOpen() && this.router.isConnected()) {
			homeless.stream().map(this.chosen::find).filter(Objects::nonNull).distinct().forEach(this::knownTo);
		}
	}

	/** What the client does here must not wait for what other nodes may never say. */
	void deaf() {
		giveUp((message) -> true, "not connected to the other nodes");
	}

	/** They may have begun. */
	private void giveUp(Predicate<Forwarded> which, String text) {
		List<Forwarded> lost = this.underWay.values().stream().filter(which).toList();
		lost.forEach((message) -> giveUp(message, 408, text));
	}

	/** Any thread. What a client said before it hung up is handled before its end. */
	void closed(CloseReason reason) {
		if (reason.isByClient()) {
			this.session.inOrder(() -> tellClosed(reason));
		}
		else {
			tellClosed(reason);
		}
	}

	private void tellClosed(CloseReason reason) {
		this.toldClosed = true;
		tell("", this.router.writer().close(this.session.id(), reason));
		loop().execute(() -> this.router.endIfOver(this));
	}

	boolean isOver() {
		return !this.session.isOpen() && this.underWay.isEmpty() && this.stretch == null;
	}

}
