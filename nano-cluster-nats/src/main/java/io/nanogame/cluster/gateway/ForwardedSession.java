package io.nanogame.cluster.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.SessionTransfer.Routes;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.protocol.ClientText;
import io.nanogame.route.Route;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.trace.Span;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of this node with messages that other nodes handle. Confined to the loop of
 * the session, except for the methods that say otherwise.
 */
final class ForwardedSession {

	private static final Logger log = LoggerFactory.getLogger(ForwardedSession.class);

	private final Session session;

	private final SessionHandle handle;

	private final ForwardedSessions owner;

	private final Destinations destinations;

	private final RequestTime time;

	private final SessionCopies copies;

	private final StickyNodes chosen;

	private final AtomicBoolean used = new AtomicBoolean();

	private final Consumer<Session> closeAction = (closed) -> closed(
			Objects.requireNonNullElse(closed.closeReason(), CloseReason.CLOSED));

	private final MessagesInFlight inFlight = new MessagesInFlight();

	private final ForwardRuns runs = new ForwardRuns(this);

	private final NodeReports reports = new NodeReports(this);

	/** Whether another gateway owns the session. */
	private volatile boolean left;

	ForwardedSession(Session session, ForwardedSessions owner, Destinations destinations, RequestTime time,
			SessionCopies copies, StickyNodes chosen) {
		this.session = session;
		this.handle = SessionHandle.of(session);
		this.owner = owner;
		this.destinations = destinations;
		this.time = time;
		this.copies = copies;
		this.chosen = chosen;
	}

	/** Reports the end of the session from now on. Thread-safe. */
	void use() {
		if (this.used.compareAndSet(false, true)) {
			this.handle.addCloseAction(this.closeAction);
			if (this.left) {
				this.handle.removeCloseAction(this.closeAction);
			}
		}
	}

	Session session() {
		return this.session;
	}

	SessionHandle handle() {
		return this.handle;
	}

	Destinations destinations() {
		return this.destinations;
	}

	RequestTime time() {
		return this.time;
	}

	ConnectionLoop loop() {
		return this.handle.connection().loop();
	}

	ForwardRuns runs() {
		return this.runs;
	}

	/** Returns what receives the reports of nodes about its messages. */
	NodeReports reports() {
		return this.reports;
	}

	MessagesInFlight inFlight() {
		return this.inFlight;
	}

	/** Returns the copies on other nodes. Thread-safe. */
	SessionCopies copies() {
		return this.copies;
	}

	/** Returns the nodes of its components. Thread-safe. */
	StickyNodes chosen() {
		return this.chosen;
	}

	/**
	 * Resumes the messages when nodes change. Returns false when it has been called
	 * before, and no node has changed since.
	 */
	boolean awaitNodes() {
		return this.owner.awaitNodes(this);
	}

	/** Sends a message to its node, or fails it. */
	void send(Forwarded message, Target target) {
		if (!target.isNode()) {
			giveUp(message, target.code(), target.text());
			return;
		}
		try {
			send(message, Route.component(message.message().route()), target.node());
		}
		catch (SerializationException ex) {
			log.warn("A message to {} is not forwarded: {}", ClientText.printable(message.message().route()),
					ex.getMessage());
			giveUp(message, 413, "too long for another node");
		}
		catch (RuntimeException ex) {
			// Principals and tracing are code of the app.
			log.error("A message to {} is not forwarded", ClientText.printable(message.message().route()), ex);
			giveUp(message, 500, "internal error");
		}
	}

	private void send(Forwarded message, String component, String node) {
		long sequence = this.inFlight.nextSequence();
		Outbox outbox = this.destinations.to(node);
		Span span = this.destinations.span(component, node);
		if (!message.sent(node, outbox.traffic(), span, sequence)) {
			end(message);
			return;
		}
		this.inFlight.add(message);
		boolean isNew = !this.copies.isKnownTo(node);
		if (isNew) {
			this.copies.introduceTo(node, outbox);
		}
		try {
			message.introducedBy(this.copies.introduction(node));
			outbox.send(message.frame(span.headers()), loop());
		}
		finally {
			if (isNew) {
				this.copies.end().reportLateTo(node);
			}
		}
	}

	/**
	 * Queries all messages to a node, because they or its reports may be lost. So may the
	 * introduction, which the next message needs.
	 */
	void queryDone(String node) {
		this.inFlight.sentTo(node).forEach(this::queryDone);
		if (!this.runs.isEmpty()) {
			this.copies.checks().probe(node);
		}
	}

	/**
	 * Queries whether a message is handled, because the report of its node may be lost.
	 */
	void queryDone(Forwarded message) {
		message.doneQueried();
		this.destinations.to(message.node()).send(new DoneQuery(this.session.id(), message.sequence()), loop());
	}

	/**
	 * Queries all nodes that should know this session, because frames may be lost:
	 * whether they know it, and whether they have handled its messages.
	 */
	void reconnected() {
		this.copies.nodes().forEach(this.copies.checks()::probe);
		this.inFlight.all().forEach(this::queryDone);
	}

	/** Fails a message, unless it has a reply, and continues with the next one. */
	void giveUp(Forwarded message, int code, String text) {
		message.fail(code, text);
		end(message);
	}

	private void end(Forwarded message) {
		message.handled();
		removeIfCompleted(message);
	}

	void removeIfCompleted(Forwarded message) {
		if (message.isCompleted()) {
			this.inFlight.remove(message);
			message.remove();
			this.owner.removeIfOver(this);
		}
	}

	/**
	 * A node is down. The next nodes of its components receive a snapshot, even if the
	 * client sends no message.
	 */
	void nodeLost(String node) {
		this.copies.remove(node);
		List<String> released = this.chosen.release(node);
		// Handlers of these messages may have started.
		this.inFlight.sentTo(node).forEach((message) -> giveUp(message, 408, "the node that handles this is gone"));
		if (this.session.isOpen() && this.destinations.isConnected()) {
			released.stream()
				.map(this.chosen::findServing)
				.filter(Objects::nonNull)
				.distinct()
				.forEach(this.copies.checks()::ensureKnownTo);
		}
	}

	/** This node receives no reports, which must not block the messages for this node. */
	void disconnected() {
		this.inFlight.all().forEach((message) -> giveUp(message, 408, "not connected to the other nodes"));
	}

	/** Another gateway continues with this state. */
	GatewayState leave(String to) {
		SessionSnapshot snapshot = this.copies.leave(to);
		this.left = true;
		this.handle.removeCloseAction(this.closeAction);
		this.handle.queue().setElsewhere(null);
		return new GatewayState(snapshot,
				new Routes(this.chosen.leave(), this.copies.accepted(), this.inFlight.lastSequence()));
	}

	/** Continues with the routes of another gateway. */
	void restore(SessionSnapshot snapshot, Routes routes, String former) {
		this.chosen.restore(routes.components());
		Map<String, Long> accepted = new HashMap<>(routes.copies());
		accepted.put(former, 0L);
		accepted.remove(this.destinations.nodes().self().id());
		this.copies.restore(snapshot, accepted);
		this.inFlight.restore(routes.sequence());
	}

	/** The end of the session follows the messages before a disconnect. Thread-safe. */
	void closed(CloseReason reason) {
		if (this.left) {
			return;
		}
		if (reason.isByClient()) {
			this.session.inOrder(() -> sendClose(reason));
		}
		else {
			sendClose(reason);
		}
	}

	private void sendClose(CloseReason reason) {
		this.copies.end().report(reason);
		loop().execute(() -> {
			this.runs.resume();
			this.owner.removeIfOver(this);
		});
	}

	boolean isOver() {
		return !this.session.isOpen() && this.inFlight.isEmpty() && this.runs.isEmpty();
	}

}
