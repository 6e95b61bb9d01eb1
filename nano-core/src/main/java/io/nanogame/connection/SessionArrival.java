package io.nanogame.connection;

import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.session.CloseReason;
import io.nanogame.session.RestoredSessions;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continues a session of another server here, at first without a connection. Confined to
 * the loop of the session.
 */
final class SessionArrival {

	private static final Logger log = LoggerFactory.getLogger(SessionArrival.class);

	private final TransportContext context;

	private final MovedSession moved;

	private final ResumeState state;

	SessionArrival(TransportContext context, MovedSession moved, ResumeState state) {
		this.context = context;
		this.moved = moved;
		this.state = state;
	}

	/**
	 * Continues the session.
	 * @param former has the properties of the session's wire, and its loop
	 * @param sinceNanos the time since when the client has no connection
	 * @throws RuntimeException if this server cannot continue it; nothing is left then
	 */
	Session restore(Wire former, long sinceNanos) {
		DetachedWire wire = new DetachedWire(former, former.loop(), () -> 0);
		ClientConnection restored = ClientConnection.open(this.context,
				this.context.protocols().find(this.state.protocol()), wire);
		try {
			return restore(restored, wire, sinceNanos);
		}
		catch (RuntimeException ex) {
			restored.handedOver();
			throw ex;
		}
	}

	/** Makes everything ready before other threads find the session by its connection. */
	private Session restore(ClientConnection restored, DetachedWire wire, long sinceNanos) {
		RestoredSessions sessions = new RestoredSessions(this.context.registry);
		Session session = sessions.create(this.moved.id(), restored, this.moved.introduction(), this.moved.payloads(),
				this.moved.copy());
		boolean canResume = this.state.canResume();
		Resumption resumption = new Resumption(restored, session, canResume ? this.state.protocol() : "", this.context,
				this.state);
		restored.session = session;
		restored.openedSession = session;
		restored.resumption = resumption;
		restored.gate.attach(session);
		restored.state = ConnectionState.OPEN;
		restored.protocol.restored(this.moved.introduction(), canResume ? resumption : null);
		restored.outbound.open();
		restored.outbound.outlet().keep(resumption);
		restored.gate.open(null);
		restored.use(new DetachedWire(wire, wire.loop(), resumption::keptBytes));
		sessions.open(session, restored);
		resumption.restored(sinceNanos);
		return session;
	}

	/**
	 * Continues the session without a client.
	 * @param loop the loop of the session
	 * @param sinceNanos the time since when the client has no connection
	 * @param restored receives the session
	 * @param failed called instead if this server cannot continue it
	 * @return whether the session is here
	 */
	boolean arrive(OutputLoop loop, long sinceNanos, Consumer<Session> restored, Runnable failed) {
		Session session;
		try {
			session = restore(new DetachedWire(loop, this.moved.address(), this.moved.transport()), sinceNanos);
		}
		catch (RuntimeException ex) {
			log.error("A session of another server cannot continue here, and is lost: {}", this.moved.id(), ex);
			failed.run();
			return false;
		}
		return accept(session, restored);
	}

	/**
	 * Passes a restored session on. If that fails, the session is closed.
	 * @return false if it has failed
	 */
	static boolean accept(Session session, Consumer<Session> restored) {
		try {
			restored.accept(session);
			if (SessionHandle.own(session).connection() instanceof ClientConnection connection) {
				// Not before the uid is restored: the player may have been here.
				connection.gate().rates().open(session.uid());
			}
			return true;
		}
		catch (RuntimeException ex) {
			log.error("A session of another server failed here, and is closed: {}", session.id(), ex);
			session.close(CloseReason.SESSION_LOST);
			return false;
		}
	}

}
