package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The life of a {@link ClientConnection} after its first byte: its states, its time-outs
 * and its end.
 *
 * <pre>
 * CONNECTED --session opens--&gt; OPEN      both --end--&gt; ENDING      all --wire closed--&gt; CLOSED
 * </pre>
 *
 * Ends by {@link #close} (the session was closed; follows the output sent before),
 * {@link #end} (this side ends it, ahead of queued output), {@link #endWithoutFarewell}
 * (as end, but the caller sends the last bytes), {@link #inputEnded} (half-close; ends
 * after the last reply) or {@link #disconnected} (the client is gone). The connection of
 * a session with a {@link Resumption} stays OPEN when its wire is cut, and gets another
 * one.
 *
 * Confined to the loop, except for the methods of {@link io.nanogame.session.Connection}.
 */
abstract class ConnectionLife extends CarriedConnection {

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

	ConnectionLife(TransportContext context, Protocol protocol, Wire wire) {
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

	long nanoTime() {
		return this.context.nanoTime();
	}

	/** The client has closed its half. The connection ends after the last reply. */
	public void inputEnded() {
		if (survives(CloseReason.CLIENT_CLOSED)) {
			this.resumption.cut(CloseReason.CLIENT_CLOSED);
		}
		else if (isRelaying()) {
			end(CloseReason.CLIENT_CLOSED);
		}
		else if (this.state == ConnectionState.OPEN || !isEnding() && this.gate.isPaused() && wire().hasUnread()) {
			this.gate.endInput();
			endWhenDone();
		}
		else if (!isEnding()) {
			end(CloseReason.CLIENT_CLOSED);
		}
	}

	/** Called once when the wire is closed, with a reason of the client. */
	public void disconnected(CloseReason reason) {
		if (survives(reason) && !wire().isClosedByClient()) {
			detach(reason);
			return;
		}
		if (this.state == ConnectionState.CLOSED) {
			return;
		}
		boolean ending = isEnding();
		enter(ConnectionState.CLOSED);
		if (this.session != null) {
			this.gate.rates().save(this.session.uid());
			this.session.close(reason);
		}
		if (!ending) {
			reportEnd(reason);
		}
		leaveWhenDone();
	}

	/** Returns whether the session outlives its wire. */
	private boolean survives(CloseReason reason) {
		return this.resumption != null && this.session != null && this.state == ConnectionState.OPEN
				&& this.session.isOpen() && reason.isCut() && !this.context.connections.isDraining();
	}

	private void detach(CloseReason reason) {
		Resumption resumed = this.resumption;
		if (resumed != null && this.session != null) {
			use(new DetachedWire(wire(), loop(), resumed::keptBytes));
			this.context.detached(this.session, loop(), resumed.cutReason(reason));
			resumed.detached(nanoTime());
		}
	}

	/** Continues with another wire, whose client has confirmed that it resumes. */
	void attach(Wire next, long awayNanos, int resent) {
		if (this.session != null) {
			use(next);
			this.gate.rates().catchUp();
			this.context.resumed(this.session, loop(), next.query(), awayNanos, resent);
		}
	}

	private void use(Wire next) {
		replaceWire(next);
		this.gate.attach(next);
		this.outbound.attach(next);
		this.protocol.wireReplaced();
	}

	/** Returns whether this socket serves the session of another connection. */
	boolean isRelaying() {
		return this.claim != null && this.claim.isRelaying();
	}

	@Override
	public void sweep(long nowNanos) {
		if (this.session != null) {
			SessionHandle.of(this.session).queue().expire(nowNanos);
		}
		if (this.state == ConnectionState.CLOSED) {
			leaveWhenDone();
		}
		else if (this.state == ConnectionState.ENDING) {
			this.gate.abortWhenOverdue(nowNanos);
		}
		else if (this.openedSession != null && this.openedSession.closeReason() != null) {
			// The loop has rejected the task that closes the connection.
			close(this.openedSession.closeReason());
		}
		else if (this.resumption != null && this.resumption.isDetached()) {
			this.resumption.expire(nowNanos);
		}
		else {
			if (this.gate.isInputEnded()) {
				endWhenDone();
			}
			CloseReason overdue = this.gate.overdue(nowNanos);
			if (overdue != null) {
				end(overdue);
			}
		}
	}

	@Override
	public void close(CloseReason reason) {
		loop().inOrder(() -> finish(reason));
	}

	public boolean isEnding() {
		return this.state == ConnectionState.ENDING || this.state == ConnectionState.CLOSED;
	}

	/**
	 * Ends the connection from this side, ahead of queued output. If the client is
	 * silent, and may resume its session, only the wire is closed.
	 */
	public void end(CloseReason reason) {
		if (survives(reason)) {
			this.resumption.cut(reason);
			return;
		}
		if (this.session != null && this.session.isOpen()) {
			this.session.close(reason);
		}
		finish(reason);
	}

	private void finish(CloseReason reason) {
		if (isEnding()) {
			return;
		}
		byte[] farewell = this.protocol.farewell(reason);
		if (farewell != null) {
			wire().append(farewell);
		}
		endWithoutFarewell(reason);
		wire().finish(reason);
		if (wire() instanceof DetachedWire) {
			disconnected(reason);
		}
	}

	/** Ends the connection; the caller sends the last bytes and closes the wire. */
	public void endWithoutFarewell(CloseReason reason) {
		if (!isEnding()) {
			enter(ConnectionState.ENDING);
			reportEnd(reason);
		}
	}

	private void enter(ConnectionState next) {
		this.state = next;
		this.gate.end();
		this.outbound.close();
	}

	/** Called once. */
	private void reportEnd(CloseReason reason) {
		if (isRelaying()) {
			this.claim.ended(reason);
			return;
		}
		this.context.ended(wire(), this.openedSession, reason);
		if (this.resumption != null) {
			CloseReason first = (this.session != null) ? this.session.closeReason() : null;
			this.resumption.ended((first != null) ? first : reason);
		}
	}

	/**
	 * Ends the connection if no work is left; otherwise resume or the sweep calls again.
	 * Thread-safe.
	 */
	void endWhenDone() {
		if (canEnd()) {
			// After the replies that are still queued on the loop.
			loop().enqueue(this::endIfDone);
		}
	}

	private boolean canEnd() {
		return !isRelaying() && !this.gate.isWorkPending()
				&& (!this.gate.isPaused() || isEnding() || this.context.connections.isDraining());
	}

	private void endIfDone() {
		if (this.state == ConnectionState.CLOSED) {
			leaveWhenDone();
		}
		else if (canEnd() && this.context.connections.isDraining()) {
			shutDown();
		}
		else if (canEnd()) {
			wire().flush();
			if (wire().pendingBytes() == 0) {
				end(CloseReason.CLIENT_CLOSED);
			}
		}
	}

	private void leaveWhenDone() {
		if (this.gate.backlog() == 0) {
			loop().remove(this);
			this.context.connections.remove(this);
		}
	}

	void shutDown() {
		if (isRelaying()) {
			// Ends with its session, after the last replies.
			return;
		}
		if (this.session != null) {
			this.session.close(CloseReason.SHUTDOWN);
		}
		else {
			finish(CloseReason.SHUTDOWN);
		}
	}

}
