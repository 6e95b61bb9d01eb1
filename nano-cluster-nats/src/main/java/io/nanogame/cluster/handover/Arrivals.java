package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.FrameException;
import io.nanogame.cluster.frame.MoveFrame.MoveOver;
import io.nanogame.cluster.frame.MoveFrame.SessionMoved;
import io.nanogame.cluster.frame.SessionTransfer;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.gateway.GatewayState;
import io.nanogame.cluster.move.ReceivedPushes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.connection.MovedSession;
import io.nanogame.connection.SessionPull;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that move to this node. Each is reported to all nodes until these send no
 * more pushes to its former owner. Thread-safe.
 */
final class Arrivals {

	/** After it a node has closed the copies of sessions of the other nodes. */
	private static final Duration ABSENCE = Duration.ofMinutes(10);

	private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

	private final Gateways gateways;

	private final HandoverParts parts;

	private final PayloadForms forms;

	private final LeftSessions left;

	private final Sessions sessions;

	/** The number of claims that may bring each session. */
	private final Map<Long, Integer> expected = new ConcurrentHashMap<>();

	/** The reports of all sessions that have moved here. */
	private final Map<Long, SessionMoved> arrived = new ConcurrentHashMap<>();

	/** When nodes were down that may return with copies of sessions. */
	private final Map<String, Long> absent = new ConcurrentHashMap<>();

	/** The reports of sessions whose moves are not over. */
	private final Map<Long, SessionMoved> reports = new ConcurrentHashMap<>();

	Arrivals(Gateways gateways, HandoverParts parts, PayloadForms forms, LeftSessions left, Sessions sessions) {
		this.gateways = gateways;
		this.parts = parts;
		this.forms = forms;
		this.left = left;
		this.sessions = sessions;
	}

	/** A claim will bring a session: pushes of its former owner may precede it. */
	void expect(long session) {
		this.expected.merge(session, 1, Integer::sum);
		if (this.parts.moves().hasLeft(session)) {
			// It comes back, and the report that its former move is over was lost.
			this.parts.moveOver(session);
		}
		this.parts.moves().expect(session, new HashSet<>(this.gateways.all()));
	}

	/** Returns whether another claim has a session, or this node has just had it. */
	boolean isElsewhere(long session) {
		return !this.parts.own().test(session) && (this.parts.moves().isMoving(session) || this.left.contains(session));
	}

	boolean isHere(long session) {
		return this.parts.own().test(session);
	}

	/** A claim does not bring a session, but another one may do so, or have done it. */
	void cancel(long session) {
		if (!endClaim(session) && !this.parts.own().test(session)) {
			this.parts.moves().cancel(session);
		}
	}

	/** Ends a claim. Returns whether others may still bring the session. */
	private boolean endClaim(long session) {
		return this.expected.computeIfPresent(session, (id, claims) -> (claims > 1) ? claims - 1 : null) != null;
	}

	/**
	 * Continues a session that has arrived from its former owner.
	 * @param expected its id, as far as it is known
	 * @param refused called if it cannot continue here
	 */
	void arrive(SessionPull query, long expected, byte[] bytes, String former, Runnable refused) {
		SessionTransfer transfer;
		Payloads payloads;
		try {
			transfer = SessionTransfer.read(bytes, this.parts.codec());
			String form = transfer.snapshot().client().form();
			payloads = form.isEmpty() ? null : this.forms.find(form);
		}
		catch (FrameException ex) {
			log.error("A session of node {} was not understood, and is lost", former, ex);
			payloads = null;
			transfer = null;
		}
		if (transfer == null || payloads == null) {
			cancel(expected);
			query.lost(null);
			refused.run();
			return;
		}
		SessionSnapshot snapshot = transfer.snapshot();
		SessionTransfer arrived = transfer;
		ClientDescription client = snapshot.client();
		MovedSession moved = new MovedSession(snapshot.session(), client.introduction(), payloads,
				this.parts.backend().find(snapshot.session()), client.address(), client.transport());
		query.restore(moved, transfer.packets(), (session) -> restored(session, arrived, former, refused), () -> {
			cancel(moved.id());
			refused.run();
		});
	}

	/** On the loop of the session. */
	private void restored(Session session, SessionTransfer transfer, String former, Runnable refused) {
		try {
			endClaim(session.id());
			install(session, transfer, former);
		}
		catch (RuntimeException ex) {
			log.error("{} of node {} cannot continue here, and is lost", session, former, ex);
			session.close(CloseReason.SESSION_LOST);
			settleFailed(session.id());
			refused.run();
		}
		if (!session.isOpen()) {
			this.parts.own().ended(session.id(), this.gateways.nanoTime());
			this.parts.moves().ended(session.id());
		}
	}

	/** Its pushes wait for no arrival. */
	private void settleFailed(long session) {
		if (this.reports.containsKey(session)) {
			this.parts.moves().arrived(session, Map.of());
		}
		else {
			this.parts.moves().cancel(session);
		}
	}

	private void install(Session session, SessionTransfer transfer, String former) {
		long id = session.id();
		this.parts.own().arrived(id);
		this.parts.moves().restored(id, transfer.epoch());
		List<StateProperty> changes;
		synchronized (session.attributes()) {
			changes = this.parts.backend().restore(session, transfer.snapshot());
			this.parts.router().restore(session, new GatewayState(transfer.snapshot(), transfer.routes()), former);
		}
		this.parts.users().arrive(session, transfer.snapshot().uid(), transfer.stamp());
		this.parts.router().repeat(session, changes);
		this.parts.groups().arrive(session, transfer.groups());
		SessionMoved report = new SessionMoved(id, transfer.epoch(), former, new LinkedHashSet<>(transfer.groups()));
		this.reports.put(id, report);
		this.arrived.put(id, report);
		log.debug("Session {} has moved here from node {}", id, former);
		this.gateways.all().forEach((node) -> this.gateways.send(node, report));
		Map<String, ReceivedPushes> before = new HashMap<>();
		transfer.received().forEach((node, pushes) -> before.put(node, new ReceivedPushes(pushes[0], pushes[1])));
		this.parts.moves().arrived(id, before);
	}

	/** Repeats the reports that may be lost. Once every heartbeat. */
	void repeat() {
		this.arrived.keySet().removeIf((session) -> !this.parts.own().test(session));
		long now = this.gateways.nanoTime();
		this.absent.values().removeIf((since) -> now - since > ABSENCE.toNanos());
		List<String> nodes = this.gateways.all();
		this.reports.forEach((session, report) -> {
			if (this.parts.own().test(session)) {
				repeat(report, nodes);
			}
			settle(session);
		});
	}

	private void repeat(SessionMoved report, List<String> nodes) {
		for (String node : this.parts.moves().open(report.session())) {
			if (nodes.contains(node)) {
				this.gateways.send(node, report);
			}
			else {
				endPath(report.session(), node);
			}
		}
	}

	/** Returns whether this move of a session to this node is not over. */
	boolean isReported(long session, long epoch) {
		SessionMoved report = this.reports.get(session);
		return report != null && report.epoch() == epoch;
	}

	/** A node sends no pushes any more. */
	private void endPath(long session, String node) {
		this.parts.moves().pathEnded(session, node);
		this.parts.moves().pathBegun(session, node, Long.MAX_VALUE);
	}

	/** Ends the move of a session if no more pushes are passed on. */
	void settle(long session) {
		SessionMoved report = this.reports.get(session);
		if (report != null && this.parts.moves().isSettled(session) && this.reports.remove(session, report)) {
			this.parts.groups().settle(session);
			this.parts.moves().cancel(session);
			this.gateways.send(report.former(), new MoveOver(session, report.epoch()));
		}
	}

	/** A node is up: it may have copies of sessions at their former gateways. */
	void up(String node) {
		Map<Long, SessionMoved> missed = (this.absent.remove(node) != null) ? this.arrived : this.reports;
		missed.values()
			.stream()
			.filter((report) -> this.parts.own().test(report.session()))
			.forEach((report) -> this.gateways.send(node, report));
	}

	/** A node is gone, and sends or passes on nothing. */
	void down(String node) {
		this.absent.put(node, this.gateways.nanoTime());
		this.reports.forEach((session, report) -> {
			endPath(session, node);
			if (report.former().equals(node)) {
				formerIsGone(session);
			}
			settle(session);
		});
	}

	/** Pushes that it has not passed on are lost, and so is the session. */
	private void formerIsGone(long session) {
		Set<String> open = this.parts.moves().open(session);
		if (!open.isEmpty()) {
			this.sessions.find(session).ifPresent((found) -> found.close(CloseReason.SESSION_LOST));
			open.forEach((each) -> this.parts.moves().pathEnded(session, each));
		}
	}

}
