package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.state.OwnedState;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the copies of a session on other nodes with its state, because frames may be
 * lost. Thread-safe.
 */
final class CopyChecks {

	private static final Logger log = LoggerFactory.getLogger(CopyChecks.class);

	private final Session session;

	private final Destinations destinations;

	/** The lock of the copies. */
	private final OwnedState numbers;

	private final IntroducedNodes introduced;

	private final SessionCopies copies;

	CopyChecks(Session session, Destinations destinations, OwnedState numbers, IntroducedNodes introduced,
			SessionCopies copies) {
		this.session = session;
		this.destinations = destinations;
		this.numbers = numbers;
		this.introduced = introduced;
		this.copies = copies;
	}

	/**
	 * Queries whether a node still knows the session. It is introduced again when the
	 * snapshot may be lost, because that is no reason to close the session.
	 */
	void probe(String node) {
		Outbox outbox = this.destinations.to(node);
		if (!this.session.isOpen() || this.introduced.isConfirmed(node)) {
			outbox.send(probeOf(node), this.copies.loop());
		}
		else {
			this.copies.introduceTo(node, outbox);
			this.copies.end().reportLateTo(node);
		}
	}

	private SessionProbe probeOf(String node) {
		synchronized (this.numbers) {
			return new SessionProbe(this.session.id(), this.numbers.version(), this.numbers.accepted(node));
		}
	}

	/** Replaces a copy, or ends it if the session was closed meanwhile. */
	void replaceCopy(String node) {
		if (!this.session.isOpen()) {
			this.copies.end().reportTo(node);
			return;
		}
		try {
			this.copies.introduceTo(node, this.destinations.to(node));
			this.copies.end().reportLateTo(node);
		}
		catch (SerializationException ex) {
			log.warn("The state of {} cannot be sent to node {}: {}", this.session, node, ex.getMessage());
		}
	}

	/** Replies to a probe: a copy that differs is replaced. */
	void probed(String from, SessionProbe probe) {
		boolean isCurrent;
		synchronized (this.numbers) {
			isCurrent = this.introduced.contains(from)
					&& this.numbers.isCurrent(from, probe.version(), probe.changes());
		}
		if (this.session.isOpen() && !isCurrent) {
			replaceCopy(from);
		}
		this.copies.end().reportTo(from);
	}

	/** Ensures that a node is notified of the end of the session. */
	void ensureKnownTo(String node) {
		if (this.session.isOpen() && !this.introduced.contains(node)) {
			this.copies.introduceTo(node, this.destinations.to(node));
		}
		this.copies.end().reportTo(node);
	}

}
