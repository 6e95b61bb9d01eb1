package io.nanogame.observe;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the end of each connection at debug level: session, address, transport and reason.
 * Logs the cuts and resumes of sessions, too.
 */
public final class ConnectionLog implements ServerEvents {

	private static final Logger log = LoggerFactory.getLogger("io.nanogame.connections");

	@Override
	public void sessionDetached(Session session, CloseReason reason) {
		if (log.isDebugEnabled()) {
			log.debug("A connection was cut: {} reason={}", LoggedClient.of(session), reason.code());
		}
	}

	@Override
	public void sessionResumed(Session session, long awayNanos, int resent) {
		if (log.isDebugEnabled()) {
			log.debug("A session was resumed: {} away={}ms resent={}", LoggedClient.of(session),
					TimeUnit.NANOSECONDS.toMillis(awayNanos), resent);
		}
	}

	@Override
	public void sessionContinued(Session session, long former) {
		if (log.isDebugEnabled()) {
			log.debug("A player continues a session: {} former={}", LoggedClient.of(session), former);
		}
	}

	@Override
	public void sessionClosed(Session session, CloseReason reason) {
		if (log.isDebugEnabled()) {
			ended(LoggedClient.of(session), reason);
		}
	}

	@Override
	public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
		ended(new LoggedClient(null, address, transport), reason);
	}

	private static void ended(LoggedClient client, CloseReason reason) {
		log.debug("A connection has ended: {} reason={}", client, reason.code());
	}

}
