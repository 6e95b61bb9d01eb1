package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;

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
 * a session with a {@link Resumption}, or that a login may continue or is about to
 * continue, stays OPEN when its wire is cut, and gets another one. A connection whose
 * client continues another session relays that one, and ends with its wire.
 *
 * Confined to the loop, except for the methods of {@link io.nanogame.session.Connection}.
 */
abstract class ConnectionLife extends SessionConnection {

	ConnectionLife(TransportContext context, Protocol protocol, Wire wire) {
		super(context, protocol, wire);
	}

	/** The client has closed its half. The connection ends after the last reply. */
	public void inputEnded() {
		if (isReplaced()) {
			return;
		}
		if (this.resumption != null && survives(CloseReason.CLIENT_CLOSED)) {
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
		if (!isReplaced()) {
			lost(reason);
		}
	}

	/** Called when the current wire is closed. */
	void lost(CloseReason reason) {
		if (this.left) {
			return;
		}
		if (survives(reason) && !wire().isClosedByClient() || awaitsNext()) {
			detach(reason);
			return;
		}
		if (this.state == ConnectionState.CLOSED) {
			return;
		}
		boolean ending = isEnding();
		enter(ConnectionState.CLOSED);
		sweepRetired(nanoTime(), true);
		Session own = ownSession();
		if (own != null) {
			this.gate.rates().save(own.uid());
			own.close(reason);
		}
		if (!ending) {
			reportEnd(reason);
		}
		removeWhenDone();
	}

	/** Ends without a report: another server continues the session. */
	void handedOver() {
		enter(ConnectionState.CLOSED);
		if (this.resumption != null) {
			this.resumption.departure = null;
		}
		sweepRetired(nanoTime(), true);
		if (this.session != null) {
			loop().hasLeft(this.session);
			this.context.resumable.released(this.session);
		}
		loop().remove(this);
		this.context.connections.remove(this);
	}

	/** The session was closed while it was leaving for another server. */
	void closedInDeparture(CloseReason reason) {
		this.context.ended(wire(), this.openedSession, reason);
		handedOver();
	}

	@Override
	public void sweep(long nowNanos) {
		this.gate.expire(nowNanos);
		sweepRetired(nowNanos, false);
		if (this.left) {
			if (this.resumption != null && this.resumption.departure != null) {
				// The loop may have rejected it.
				loop().enqueue(this.resumption.departure);
			}
			return;
		}
		Takeover begun = this.leaving;
		if (begun != null && !isEnding() && !isRelaying()) {
			// The loop may have rejected it.
			begun.hold();
		}
		if (this.state == ConnectionState.CLOSED) {
			removeWhenDone();
		}
		else if (this.state == ConnectionState.ENDING) {
			this.gate.abortWhenOverdue(nowNanos);
		}
		else if (this.openedSession != null && this.openedSession.closeReason() != null) {
			// The loop has rejected the task that closes the connection.
			close(this.openedSession.closeReason());
		}
		else if (this.resumption != null && this.resumption.isDetached()) {
			if (this.arriving == null && begun == null) {
				this.resumption.expire(nowNanos);
			}
		}
		else {
			if (this.gate.isInputEnded() || this.closesWhenDone) {
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

	@Override
	public boolean isEnding() {
		return this.state == ConnectionState.ENDING || this.state == ConnectionState.CLOSED;
	}

	/**
	 * Ends the connection from this side, ahead of queued output. If the client is
	 * silent, and may resume its session, only the wire is closed.
	 */
	public void end(CloseReason reason) {
		if (this.session != null && (survives(reason) || awaitsNext())) {
			keeper(this.session).cut(reason);
			return;
		}
		Session own = ownSession();
		if (own != null && own.isOpen()) {
			own.close(reason);
		}
		finish(reason);
	}

	private void finish(CloseReason reason) {
		if (isEnding() || this.left) {
			return;
		}
		byte[] farewell = this.protocol.farewell(reason);
		if (farewell != null) {
			wire().append(farewell);
		}
		endWithoutFarewell(reason);
		wire().finish(reason);
		if (wire() instanceof DetachedWire) {
			lost(reason);
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
		if (this.claim != null) {
			this.claim.ended();
		}
	}

	/** Called once. */
	private void reportEnd(CloseReason reason) {
		if (this.relay != null) {
			this.relay.ended(reason);
			return;
		}
		Takeover.ended(this, reason);
		this.context.ended(wire(), (ownSession() != null) ? this.openedSession : null, reason);
		if (this.resumption != null) {
			CloseReason first = (this.session != null) ? this.session.closeReason() : null;
			this.resumption.ended((first != null) ? first : reason);
		}
		if (this.session != null) {
			this.context.resumable.released(this.session);
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
		return !isRelaying() && !this.gate.isWorkPending() && (!this.gate.isPaused() || isEnding() || isLeaving());
	}

	private void endIfDone() {
		if (this.state == ConnectionState.CLOSED) {
			removeWhenDone();
		}
		else if (canEnd() && isLeaving()) {
			leaveServer();
		}
		else if (canEnd()) {
			wire().flush();
			if (wire().pendingBytes() == 0) {
				end(CloseReason.CLIENT_CLOSED);
			}
		}
	}

	private void removeWhenDone() {
		if (this.gate.backlog() == 0) {
			Takeover begun = this.leaving;
			if (begun != null) {
				// The loop may have rejected it, and the session waits for its end.
				begun.hold();
			}
			loop().remove(this);
			this.context.connections.remove(this);
		}
	}

	/** Keeps the session, if the client may log in on another server to continue it. */
	private void leaveServer() {
		if (!isRelaying() && isContinuable() && !this.context.connections.isDraining()) {
			this.closesWhenDone = false;
			retire(CloseReason.SHUTDOWN);
		}
		else {
			shutDown();
		}
	}

	void shutDown() {
		if (isRelaying()) {
			// Ends with its session, after the last replies.
			return;
		}
		Session own = ownSession();
		if (own != null) {
			own.close(CloseReason.SHUTDOWN);
		}
		else {
			finish(CloseReason.SHUTDOWN);
		}
	}

}
