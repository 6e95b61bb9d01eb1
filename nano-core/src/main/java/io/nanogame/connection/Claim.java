package io.nanogame.connection;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.SessionHandle;

/**
 * The claim of a client to a session: whether it is accepted, and how the session
 * continues then. Confined to the loop of the session.
 */
final class Claim {

	private final Resumption session;

	private final Claimant by;

	private final ResumeToken token;

	Claim(Resumption session, Claimant by, ResumeToken token) {
		this.session = session;
		this.by = by;
		this.token = token;
	}

	/** Decides about the claim, perhaps after the listeners. */
	void decide() {
		if (!rejects()) {
			this.by.ask(this.session.context.registry, this.session, this.session.session, () -> {
				if (!rejects()) {
					accept();
				}
			});
		}
	}

	/** Rejects the claim if it cannot succeed. The session may change until it does. */
	private boolean rejects() {
		CloseReason closed = this.session.session.closeReason();
		boolean matches = this.session.tokens.matches(this.token);
		if (this.session.detachment.hasLeft()) {
			this.by.moved();
		}
		else if (this.by.parks()) {
			return rejectsParking();
		}
		else if (closed != null) {
			this.by.lost((matches && !closed.isByClient()) ? closed : null);
		}
		else if (!matches || !this.session.isCurrent()) {
			this.session.context.resumable.add(ResumeOutcome.UNKNOWN_TOKEN);
			this.by.lost(null);
		}
		else if (SessionHandle.of(this.session.session).login().isCandidate()) {
			// Nothing has happened in the session, and its socket must not open it now.
			this.session.connection.end(CloseReason.RESUMED_ELSEWHERE);
			this.by.lost(null);
		}
		else if (!this.by.protocol().equals(this.session.protocol)) {
			lost();
		}
		else if (!isComplete()) {
			this.session.detachment.lost(ResumeOutcome.OVERFLOW);
			lost();
		}
		else {
			return false;
		}
		return true;
	}

	/** The session stays as it is, because its client may return. */
	private boolean rejectsParking() {
		boolean rejects = !ParkingRule.isPossible(this.session) || !this.session.tokens.matches(this.token)
				|| !this.by.protocol().equals(this.session.protocol);
		if (rejects) {
			this.by.refuse(CloseReason.RESUMED_ELSEWHERE);
		}
		return rejects;
	}

	/** No client can continue the session with this token. */
	private void lost() {
		if (this.session.context.registry.logins().refusesSecond()) {
			// Or its uid would lock out its own client until the window ends.
			this.session.session.close(CloseReason.SESSION_LOST);
		}
		else if (!this.session.isDetached()) {
			this.session.cut(CloseReason.RESUMED_ELSEWHERE);
		}
		this.by.lost(null);
	}

	/** Closes the former socket before the reply, whose count is final then. */
	private void accept() {
		this.session.tokens.claimed(this.token);
		this.session.accept(this);
		if (this.session.isDetached()) {
			reply();
		}
		else {
			// Replies when the socket has ended, perhaps before this returns.
			this.session.cut(CloseReason.RESUMED_ELSEWHERE);
		}
	}

	/** The claim is accepted, and the former socket is closed. */
	void reply() {
		if (this.by.parks()) {
			this.by.accept(this.session);
			return;
		}
		if (!this.by.uid().isEmpty()) {
			this.session.detachment.restartWindow(this.session.connection.nanoTime());
			this.by.accept(this.session);
			return;
		}
		try {
			// Not before: the former socket may have had older confirmations.
			this.session.sent.confirm(this.by.received());
		}
		catch (ProtocolException ex) {
			this.session.endClaim();
			this.session.session.close(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + ex.getMessage()));
			this.by.lost(this.session.session.closeReason());
			return;
		}
		// The client must not be rejected after this reply because the window is over.
		this.session.detachment.restartWindow(this.session.connection.nanoTime());
		this.by.accept(this.session);
	}

	boolean isBy(Claimant other) {
		return this.by == other;
	}

	boolean parks() {
		return this.by.parks();
	}

	/**
	 * Returns whether nothing was dropped that the client has not received. One that logs
	 * in receives only what is kept.
	 */
	boolean isComplete() {
		return !this.by.uid().isEmpty() || this.session.sent.hasAllAfter(this.by.received());
	}

	void refuse(CloseReason reason) {
		this.by.refuse(reason);
	}

	/**
	 * Continues the session with a socket whose client has received the reply.
	 * @param wire the wire to the socket
	 */
	void attach(RelayWire wire) {
		if (!isComplete()) {
			// Since the reply. The next handshake reports that.
			this.session.refuse(CloseReason.SESSION_LOST);
			return;
		}
		this.session.endClaim();
		this.session.tokens.prove();
		ClientConnection connection = this.session.connection;
		long away = this.session.detachment.resumed(connection.nanoTime());
		connection.attach(wire, away, this.session.sent.keptCount());
		this.session.sent.forEach((packet) -> connection.protocol.appendKept(wire, packet));
		wire.flush();
		connection.writable();
	}

}
