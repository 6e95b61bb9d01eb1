package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * Reports the end of a session to the nodes that know it. Thread-safe.
 */
final class SessionEnd {

	private final Session session;

	private final Destinations destinations;

	private final IntroducedNodes introduced;

	/** Whether the nodes that know the session were notified. */
	private volatile boolean reported;

	SessionEnd(Session session, Destinations destinations, IntroducedNodes introduced) {
		this.session = session;
		this.destinations = destinations;
		this.introduced = introduced;
	}

	/** Notifies all nodes that know the session. */
	void report(CloseReason reason) {
		this.reported = true;
		byte[] frame = new SessionClosed(this.session.id(), reason).toBytes();
		this.introduced.ids().forEach((node) -> this.destinations.to(node).send(frame));
	}

	/** Notifies a node that was introduced after {@link #report}. */
	void reportLateTo(String node) {
		if (this.reported) {
			this.destinations.to(node)
				.send(new SessionClosed(this.session.id(), CloseReason.CLIENT_CLOSED),
						SessionHandle.of(this.session).connection().loop());
		}
	}

	/**
	 * Notifies a node if the session is closed, unless {@link #report} will do so, after
	 * the messages before the end.
	 */
	void reportTo(String node) {
		CloseReason reason = this.session.closeReason();
		if (reason != null && (this.reported || !this.introduced.contains(node))) {
			this.destinations.to(node).send(new SessionClosed(this.session.id(), reason));
		}
	}

}
