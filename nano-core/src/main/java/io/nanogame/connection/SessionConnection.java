package io.nanogame.connection;

import io.nanogame.resume.ResumeOutcome;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@link ClientConnection} and its session, which may outlive the wire, or
 * which the client may leave to continue another one. Confined to the loop, except for
 * the methods of {@link io.nanogame.session.Connection}.
 */
abstract class SessionConnection extends CarriedConnection {

	final TransportContext context;

	final ProtocolConnection protocol;

	final ReadGate gate;

	final OutboundQueue outbound;

	ConnectionState state = ConnectionState.CONNECTED;

	/** Written once, before other threads can reach this connection through it. */
	@Nullable Session session;

	/** Null if the session ends with its wire. */
	@Nullable Resumption resumption;

	/** Null unless the client of this socket asks for a former session. */
	@Nullable ResumeClaim claim;

	/** Null unless this socket serves another connection's session. Set on the loop. */
	volatile @Nullable RelayWire relay;

	/** Null unless the client of another connection is about to continue the session. */
	@Nullable Takeover arriving;

	/** Null unless this client continues another session. Written on the loop. */
	volatile @Nullable Takeover leaving;

	/** Whether another server continues the session. Written on the loop. */
	volatile boolean left;

	/** Null unless the first wire is closing and the session continues without it. */
	private @Nullable RetiredWire retired;

	/** The protocol by which sessions can be continued; null for none. */
	@Nullable String continuity;

	/** Whether the connection is closed as soon as no work of its client is left. */
	volatile boolean closesWhenDone;

	SessionConnection(TransportContext context, Protocol protocol, Wire wire) {
		super(wire);
		this.context = context;
		this.protocol = open(protocol);
		this.gate = new ReadGate(context.intake, wire, this.protocol);
		this.outbound = new OutboundQueue(context.outbound, wire, this.protocol);
	}

	/** Creates the protocol's side of this connection. Called by the constructor. */
	abstract ProtocolConnection open(Protocol chosen);

	public ReadGate gate() {
		return this.gate;
	}

	@Override
	public OutboundQueue outbound() {
		return this.outbound;
	}

	abstract boolean isEnding();

	long nanoTime() {
		return this.context.nanoTime();
	}

	/** Returns the session, unless it or its client has left. Thread-safe. */
	final @Nullable Session ownSession() {
		Session present = this.session;
		return (present != null && !this.left && !SessionHandle.isLeft(present)) ? present : null;
	}

	/** Returns whether the connection ends as soon as no work of its client is left. */
	final boolean isLeaving() {
		return this.closesWhenDone || this.context.connections.isDraining();
	}

	/**
	 * Returns whether the session, or the client's move to another, outlives the wire.
	 */
	final boolean survives(CloseReason reason) {
		return reason.isCut() && !this.context.connections.isDraining()
				&& (hasOpenSession() && (this.resumption != null || isContinuable()) || isMoving());
	}

	/** Returns whether the client, which can resume, is about to continue another one. */
	private boolean isMoving() {
		return this.session != null && !this.left && ownSession() == null && this.session.isOpen()
				&& this.state == ConnectionState.OPEN && this.resumption != null;
	}

	private boolean hasOpenSession() {
		Session own = ownSession();
		return own != null && own.isOpen() && this.state == ConnectionState.OPEN;
	}

	/** Returns whether the client may log in again to continue the session. */
	final boolean isContinuable() {
		Session own = ownSession();
		return own != null && own.uid() != null && this.continuity != null && this.context.keepsLogins();
	}

	/**
	 * Returns whether another client is about to continue the session. If not, none can
	 * any more, because the session ends.
	 */
	final boolean awaitsNext() {
		return hasOpenSession() && !SessionHandle.own(this.session).login().beginEnd();
	}

	void detach(CloseReason reason) {
		if (this.session != null) {
			Resumption keeper = keeper(this.session);
			this.outbound.outlet().keep(keeper);
			use(new DetachedWire(wire(), loop(), keeper::keptBytes));
			CloseReason first = keeper.cutReason(reason);
			if (ownSession() != null) {
				this.context.detached(this.session, loop(), first);
			}
			keeper.detached(nanoTime());
		}
	}

	/** Returns what keeps the pushes; for a client that cannot resume since its cut. */
	final Resumption keeper(Session kept) {
		Resumption present = this.resumption;
		if (present == null) {
			SessionHandle.own(kept).nextClient();
			present = new Resumption((ClientConnection) this, kept, "", this.context, null);
			this.resumption = present;
		}
		return present;
	}

	/** Continues with another wire, whose client has confirmed that it resumes. */
	void attach(Wire next, long awayNanos, int resent) {
		if (this.session != null) {
			use(next);
			this.gate.rates().catchUp();
			if (ownSession() != null) {
				this.context.resumed(this.session, loop(), next.query(), awayNanos, resent, ResumeOutcome.RESUMED);
			}
		}
	}

	void use(Wire next) {
		replaceWire(next);
		this.gate.attach(next);
		this.outbound.attach(next);
		this.protocol.wireReplaced();
	}

	/** Closes the wire after its output, and keeps the session. */
	void retire(CloseReason reason) {
		Wire last = wire();
		boolean first = !isReplaced();
		if (!(last instanceof DetachedWire)) {
			detach(reason);
			if (isEnding()) {
				last.abort();
				return;
			}
			last.finish(reason);
		}
		if (first) {
			// The sweep does not see this wire any more, and the client may not read.
			this.retired = new RetiredWire(last, new Liveness(nanoTime()));
		}
	}

	/** Aborts the retired wire when it takes too long, or the connection ends. */
	final void sweepRetired(long nowNanos, boolean ended) {
		if (this.retired != null && (ended || this.retired.isOverdue(nowNanos))) {
			this.retired.wire().abort();
			this.retired = null;
		}
	}

	/** Returns whether clients must connect to other servers. */
	final boolean refusesClients() {
		return this.context.leaving().isRefusing();
	}

	/** Returns whether this socket serves the session of another connection. */
	boolean isRelaying() {
		return this.relay != null;
	}

}
