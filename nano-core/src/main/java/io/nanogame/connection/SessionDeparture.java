package io.nanogame.connection;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeState;
import io.nanogame.resume.SentPackets;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The departure of a session, which another server continues. Until the end, the session
 * may be closed by another thread, at its former connection or at the next one. Then it
 * is closed at both, and the other server does not receive it. Confined to the loop of
 * the session.
 */
final class SessionDeparture {

	private static final Logger log = LoggerFactory.getLogger(SessionDeparture.class);

	private final Resumption state;

	private final Session session;

	private final ClientConnection connection;

	private final RemoteClaim by;

	/**
	 * Creates the departure.
	 * @param by the claim of the other server
	 */
	SessionDeparture(Resumption state, RemoteClaim by) {
		this.state = state;
		this.session = state.session;
		this.connection = state.connection;
		this.by = by;
	}

	/**
	 * Ends the ownership of this server, if the claim is still accepted.
	 * @param leave gives the session another connection
	 * @param left receives the state later, on the same loop
	 */
	void begin(Consumer<Session> leave, Consumer<ResumeState> left) {
		if (!mayLeave()) {
			this.by.refuse(CloseReason.RESUMED_ELSEWHERE);
			return;
		}
		this.state.leave();
		// Before the session has another connection, which its end must not close.
		this.connection.left = true;
		this.connection.loop().leaves(this.session, this.connection);
		attempt(() -> leave.accept(this.session));
		if (!endIfClosed()) {
			// After the pushes that other threads have queued before.
			this.state.departure = () -> end(left);
			this.connection.loop().enqueue(this.state.departure);
		}
	}

	private boolean mayLeave() {
		SessionHandle handle = SessionHandle.own(this.session);
		return this.state.endClaim(this.by) && this.state.isQuiet() && handle.login().beginEnd() && handle.pin()
				&& this.state.detachment.leave();
	}

	private void end(Consumer<ResumeState> left) {
		if (this.state.departure == null || endIfClosed()) {
			return;
		}
		if (attempt(() -> left.accept(export()))) {
			this.state.context.resumable.add(ResumeOutcome.MOVED);
			this.state.sent.overflow();
			this.connection.gate.rates().save(this.session.uid());
			this.connection.handedOver();
		}
		else {
			endIfClosed();
		}
	}

	private ResumeState export() {
		this.connection.outbound.moveHeld(this.session);
		SentPackets sent = this.state.sent;
		boolean canResume = !this.state.protocol.isEmpty();
		String protocol = canResume ? this.state.protocol : Objects.requireNonNull(this.connection.continuity);
		return new ResumeState(protocol, canResume ? this.state.tokens.all() : List.of(), this.state.receivedCount(),
				sent.count(), sent.countBeforeCut(), sent.unconfirmed(), sent.isOverflowed());
	}

	/** Loses the session if a step fails. */
	private boolean attempt(Runnable step) {
		try {
			step.run();
			return true;
		}
		catch (RuntimeException ex) {
			log.error("A session cannot move to another server, and is lost: {}", this.session.id(), ex);
			this.session.close(CloseReason.SESSION_LOST);
			return false;
		}
	}

	/** Returns whether the session was closed. It does not leave then. */
	private boolean endIfClosed() {
		CloseReason reason = this.session.closeReason();
		if (reason == null) {
			return false;
		}
		// By a thread that may have read the former connection.
		SessionHandle.own(this.session).connection().close(reason);
		this.state.withdraw(reason);
		this.state.sent.overflow();
		this.connection.closedInDeparture(reason);
		this.by.lost(reason.isByClient() ? null : reason);
		return true;
	}

}
