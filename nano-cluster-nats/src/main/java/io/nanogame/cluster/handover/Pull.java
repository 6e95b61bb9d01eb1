package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionNotArrived;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.connection.SessionPull;
import org.jspecify.annotations.Nullable;

/**
 * One claim of this node to a session of another gateway, for a client or to park it.
 * Each message may be lost, so it is repeated until there is a reply. Thread-safe.
 *
 * <pre>
 * ASKING --offer--&gt; COMMITTED --last part--&gt; OVER
 *        --all have denied, or time-out--------&gt; OVER
 * </pre>
 */
final class Pull {

	private static final Duration REPEAT = Duration.ofMillis(250);

	/** For the owner to complete what is under way. */
	static final Duration PATIENCE = Duration.ofSeconds(3);

	/** For the session to arrive, once it was offered. */
	private static final Duration ARRIVAL = Duration.ofSeconds(10);

	private enum State {

		ASKING, COMMITTED, OVER, FAILED

	}

	private final long claim;

	private final SessionPull query;

	private final Gateways gateways;

	private final Arrivals arrivals;

	private final long begunNanos;

	private final Parts parts = new Parts();

	// Guarded by this

	private State state = State.ASKING;

	/** The gateways that have not replied. */
	private final Set<String> asked;

	/** The owner of the session, once it has offered it. */
	private @Nullable String owner;

	private long repeatedNanos;

	/** The id of the session: at first that of the token, then that of the offer. */
	private long session;

	private long committedNanos;

	/** Whether the session may be between two gateways. */
	private boolean isMoving;

	Pull(long claim, SessionPull query, Collection<String> asked, Gateways gateways, Arrivals arrivals) {
		this.claim = claim;
		this.query = query;
		this.gateways = gateways;
		this.arrivals = arrivals;
		this.begunNanos = gateways.nanoTime();
		this.session = query.token().session();
		this.asked = new HashSet<>(asked);
	}

	long claim() {
		return this.claim;
	}

	synchronized boolean isFor(long session) {
		return this.session == session;
	}

	synchronized boolean isOver() {
		return this.state == State.OVER || this.state == State.FAILED;
	}

	/**
	 * Returns whether the former owner may send the session after the end of the claim.
	 */
	synchronized boolean hasFailed() {
		return this.state == State.FAILED;
	}

	synchronized void begin() {
		ask();
		endIfDenied();
	}

	private void ask() {
		this.repeatedNanos = this.gateways.nanoTime();
		SessionWanted wanted = new SessionWanted(this.claim, this.query.token(), this.query.received(),
				this.query.protocol(), this.query.codec(), this.query.parks(), this.query.uid());
		this.asked.forEach((gateway) -> this.gateways.send(gateway, wanted));
	}

	/** No gateway has the session. It is lost, unless one of them is not known. */
	private void endIfDenied() {
		if (this.state == State.ASKING && this.asked.isEmpty()) {
			this.state = State.OVER;
			boolean isMoving = this.isMoving || this.arrivals.isElsewhere(this.session);
			if (!isMoving && this.gateways.areAllKnown()) {
				this.query.notFound();
			}
			else {
				this.query.unknown(SessionPull.RETRY);
			}
		}
	}

	synchronized void denied(String from, SessionDenied denial) {
		if (this.state == State.COMMITTED && from.equals(this.owner)) {
			// Another claim was faster, or the session has ended.
			this.arrivals.cancel(this.session);
			giveUp();
		}
		if (this.state != State.ASKING) {
			return;
		}
		switch (denial.denial()) {
			case NOT_HERE -> {
				this.asked.remove(from);
				endIfDenied();
			}
			case LOST -> {
				this.state = State.OVER;
				this.query.lost(denial.reason().code().isEmpty() ? null : denial.reason());
			}
			case LATER -> {
				this.isMoving = true;
				this.asked.remove(from);
				endIfDenied();
			}
		}
	}

	private void giveUp() {
		this.state = State.OVER;
		this.query.unknown(SessionPull.RETRY);
	}

	synchronized void offered(String from, long offered) {
		if (this.state == State.ASKING && this.query.isWanted() && this.asked.contains(from)) {
			this.state = State.COMMITTED;
			this.owner = from;
			this.committedNanos = this.gateways.nanoTime();
			this.session = offered;
			this.arrivals.expect(this.session);
			commit(from);
		}
	}

	private void commit(String to) {
		this.repeatedNanos = this.gateways.nanoTime();
		this.gateways.send(to, new SessionCommit(this.claim, this.session, this.parts.missing()));
	}

	synchronized void part(String from, SessionPart part) {
		if (this.state != State.COMMITTED || !from.equals(this.owner)) {
			return;
		}
		byte[] bytes = this.parts.add(part);
		if (bytes != null) {
			this.state = State.OVER;
			this.arrivals.arrive(this.query, this.session, bytes, from, () -> refuse(from));
		}
	}

	/** The session cannot continue here, so its former owner must close it. */
	private void refuse(String from) {
		this.gateways.send(from, new SessionNotArrived(this.claim));
	}

	synchronized void down(String node) {
		if (node.equals(this.owner)) {
			// It does not own the session any more, or has taken it along.
			this.state = State.FAILED;
			this.arrivals.cancel(this.session);
			this.query.lost(null);
		}
		else if (this.asked.remove(node)) {
			// It may have parked the session at a gateway that had replied before.
			this.isMoving = true;
			endIfDenied();
		}
	}

	synchronized void sweep() {
		long now = this.gateways.nanoTime();
		if (this.state == State.ASKING && !this.query.isWanted()) {
			this.state = State.OVER;
		}
		if (this.state == State.ASKING && now - this.begunNanos > PATIENCE.toNanos()) {
			giveUp();
		}
		else if (this.state == State.COMMITTED && now - this.committedNanos > ARRIVAL.toNanos()) {
			this.arrivals.cancel(this.session);
			giveUp();
			this.state = State.FAILED;
			refuse(Objects.requireNonNull(this.owner));
		}
		else if (now - this.repeatedNanos > REPEAT.toNanos()) {
			if (this.state == State.ASKING) {
				ask();
			}
			else if (this.owner != null && this.state == State.COMMITTED) {
				commit(this.owner);
			}
		}
	}

}
