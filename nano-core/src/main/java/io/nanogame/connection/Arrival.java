package io.nanogame.connection;

import io.nanogame.resume.ResumeState;
import io.nanogame.session.RestoredSessions;
import io.nanogame.session.Session;

/**
 * The arrival of a session of another server, on the loop of the socket whose client
 * claims it. It has no connection at first. Confined to that loop.
 */
final class Arrival {

	private final TransportContext context;

	private final MovedSession moved;

	private final ResumeState state;

	Arrival(TransportContext context, MovedSession moved, ResumeState state) {
		this.context = context;
		this.moved = moved;
		this.state = state;
	}

	/**
	 * Continues the session.
	 * @param by the claim, which can find the session afterwards
	 * @throws RuntimeException if this server cannot continue it; nothing is left then
	 */
	Session restore(ResumeClaim by) {
		DetachedWire wire = new DetachedWire(by.wire(), by.loop(), () -> 0);
		ClientConnection restored = ClientConnection.open(this.context,
				this.context.protocols().find(this.state.protocol()), wire);
		try {
			return restore(restored, wire);
		}
		catch (RuntimeException ex) {
			restored.handedOver();
			throw ex;
		}
	}

	/** Makes everything ready before other threads find the session by its connection. */
	private Session restore(ClientConnection restored, DetachedWire wire) {
		RestoredSessions sessions = new RestoredSessions(this.context.registry);
		Session session = sessions.create(this.moved.id(), restored, this.moved.introduction(), this.moved.payloads(),
				this.moved.copy());
		Resumption resumption = new Resumption(restored, session, this.state.protocol(), this.context, this.state);
		restored.session = session;
		restored.openedSession = session;
		restored.resumption = resumption;
		restored.gate.attach(session);
		restored.state = ConnectionState.OPEN;
		restored.protocol.restored(this.moved.introduction(), resumption);
		restored.outbound.open();
		restored.outbound.outlet().keep(resumption);
		restored.gate.open(null);
		restored.use(new DetachedWire(wire, wire.loop(), resumption::keptBytes));
		sessions.open(session, restored);
		resumption.restored(this.context.nanoTime());
		return session;
	}

}
