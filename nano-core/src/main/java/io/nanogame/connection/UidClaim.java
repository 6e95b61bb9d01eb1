package io.nanogame.connection;

import java.util.Optional;

import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * The claim of another server to the session of a player: its client has logged in there,
 * or this server stops and the client is away. Confined to the loop of the session.
 */
final class UidClaim {

	private final ClientConnection connection;

	private final Session session;

	private final RemoteClaim by;

	private UidClaim(ClientConnection connection, Session session, RemoteClaim by) {
		this.connection = connection;
		this.session = session;
		this.by = by;
	}

	/** Returns false if this server does not have the session. Thread-safe. */
	static boolean submit(TransportContext context, long id, RemoteClaim by) {
		Optional<Session> found = context.registry.sessions().find(id);
		if (found.isPresent() && SessionHandle.own(found.get()).connection() instanceof ClientConnection connection) {
			connection.loop().enqueue(new UidClaim(connection, found.get(), by)::decide);
			return true;
		}
		return false;
	}

	private void decide() {
		if (this.connection.left) {
			this.by.moved();
		}
		else if (!isContinuable()) {
			this.by.lost(null);
		}
		else if (isBusy()) {
			this.by.refuse(CloseReason.RESUMED_ELSEWHERE);
		}
		else {
			accept();
		}
	}

	private boolean isContinuable() {
		return this.session.isOpen() && !this.connection.isEnding() && this.connection.isContinuable()
				&& this.by.uid().equals(this.session.uid()) && this.by.protocol().equals(this.connection.continuity);
	}

	/** Returns whether another client is about to continue it, or its own may return. */
	private boolean isBusy() {
		Resumption kept = this.connection.resumption;
		return this.connection.arriving != null || SessionHandle.own(this.session).login().isReserved()
				|| this.by.parks() && (kept == null || !ParkingRule.isPossible(kept));
	}

	/** Closes the former socket after its output, as for a login at this server. */
	private void accept() {
		Resumption kept = this.connection.keeper(this.session);
		Claim claim = new Claim(kept, this.by, ResumeToken.none(this.session.id()));
		kept.accept(claim);
		if (kept.isDetached()) {
			claim.reply();
		}
		else {
			// Replies when it is detached.
			this.connection.retire(CloseReason.RESUMED_ELSEWHERE);
		}
	}

}
