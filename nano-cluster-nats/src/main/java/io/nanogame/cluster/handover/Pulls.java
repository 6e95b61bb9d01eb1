package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionNotArrived;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.connection.LoginPull;
import io.nanogame.connection.ParkedSession;
import io.nanogame.connection.RemoteResumes;
import io.nanogame.connection.ResumeQuery;
import io.nanogame.connection.SessionPull;

/**
 * The claims of clients of this node to sessions of other gateways. Thread-safe.
 */
final class Pulls implements RemoteResumes {

	private static final Duration MEMORY = Duration.ofMinutes(2);

	private final Gateways gateways;

	private final Arrivals arrivals;

	private final AtomicLong lastClaim = new AtomicLong();

	/** The claims whose sessions may arrive too late, by their ends. */
	private final Map<Long, Long> failed = new ConcurrentHashMap<>();

	private final Map<Long, Pull> byClaim = new ConcurrentHashMap<>();

	Pulls(Gateways gateways, Arrivals arrivals) {
		this.gateways = gateways;
		this.arrivals = arrivals;
	}

	@Override
	public void find(ResumeQuery query) {
		if (!this.gateways.areReachable()) {
			query.unknown(SessionPull.RETRY);
			return;
		}
		if (!this.gateways.allowMoves() && this.gateways.areAllKnown()) {
			query.notFound();
			return;
		}
		begin(query, this.gateways.others());
	}

	/** Wants a session without its client, which another gateway has offered. */
	void park(ParkedSession session, String owner) {
		long id = session.token().session();
		if (!isWanted(id) && !this.arrivals.isHere(id) && isKnown(owner)) {
			begin(session, List.of(owner));
		}
	}

	/**
	 * Wants the session of a player who has logged in here, which another gateway has.
	 */
	void bring(LoginPull session, String owner) {
		long id = session.token().session();
		if (this.arrivals.isHere(id)) {
			// It has just arrived.
			session.lost(null);
		}
		else if (isWanted(id) || !isKnown(owner)) {
			session.notFound();
		}
		else {
			begin(session, List.of(owner));
		}
	}

	/**
	 * Returns whether the announcement of a node has arrived: otherwise the arrival of a
	 * session would not be reported to it.
	 */
	private boolean isKnown(String node) {
		return this.gateways.others().contains(node);
	}

	private boolean isWanted(long session) {
		return this.byClaim.values().stream().anyMatch((pull) -> pull.isFor(session));
	}

	private void begin(SessionPull query, Collection<String> asked) {
		long claim = this.lastClaim.incrementAndGet();
		Pull pull = new Pull(claim, query, asked, this.gateways, this.arrivals);
		this.byClaim.put(claim, pull);
		run(pull, Pull::begin);
	}

	private void run(Pull pull, Consumer<Pull> action) {
		action.accept(pull);
		if (pull.isOver()) {
			this.byClaim.remove(pull.claim());
		}
		if (pull.hasFailed()) {
			this.failed.put(pull.claim(), this.gateways.nanoTime());
		}
	}

	private void run(long claim, Consumer<Pull> action) {
		Pull pull = this.byClaim.get(claim);
		if (pull != null) {
			run(pull, action);
		}
	}

	void denied(String from, SessionDenied denial) {
		run(denial.claim(), (pull) -> pull.denied(from, denial));
	}

	void offered(String from, long claim, long session) {
		run(claim, (pull) -> pull.offered(from, session));
	}

	void part(String from, SessionPart part) {
		run(part.claim(), (pull) -> pull.part(from, part));
		if (this.failed.containsKey(part.claim())) {
			this.gateways.send(from, new SessionNotArrived(part.claim()));
		}
	}

	int count() {
		return this.byClaim.size();
	}

	/** A node is gone. */
	void down(String node) {
		this.byClaim.values().forEach((pull) -> run(pull, (each) -> each.down(node)));
	}

	/** Repeats what may be lost. Several times every heartbeat. */
	void sweep() {
		this.byClaim.values().forEach((pull) -> run(pull, Pull::sweep));
		long now = this.gateways.nanoTime();
		this.failed.values().removeIf((since) -> now - since > MEMORY.toNanos());
	}

}
