package io.nanogame.connection;

import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;

/**
 * The departure of a session, which another server continues. Confined to the loop of the
 * session.
 */
final class Departure {

	private final Resumption session;

	private final ClientConnection connection;

	Departure(Resumption session) {
		this.session = session;
		this.connection = session.connection;
	}

	/**
	 * Ends the ownership of this server, if the claim is still accepted.
	 * @param by the claim of the other server
	 * @param leave gives the session another connection
	 * @param left receives the state later, on the same loop
	 */
	void begin(RemoteClaim by, Consumer<Session> leave, Consumer<ResumeState> left) {
		if (!this.session.leave(by)) {
			by.refuse(CloseReason.RESUMED_ELSEWHERE);
			return;
		}
		this.connection.loop().leaves(this.session.session, this.connection);
		leave.accept(this.session.session);
		// After the pushes that other threads have queued before.
		this.connection.loop().enqueue(() -> left.accept(end()));
	}

	private ResumeState end() {
		this.connection.loop().hasLeft(this.session.session);
		this.connection.outbound.moveHeld(this.session.session);
		ResumeState state = this.session.state();
		this.session.sent.overflow();
		this.connection.handedOver();
		return state;
	}

}
