package io.nanogame.cluster.handover;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nanogame.cluster.frame.SessionTransfer;
import io.nanogame.cluster.gateway.GatewayState;
import io.nanogame.resume.ResumeState;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that leaves this node for another gateway. Confined to the loop of the
 * session, except {@link #lost}.
 */
final class Departing {

	private static final Logger log = LoggerFactory.getLogger(Departing.class);

	private final String to;

	/** The id in the token of the client. */
	private final long claimed;

	private final Gateways gateways;

	private final HandoverParts parts;

	private final LeftSessions left;

	private volatile @Nullable Session session;

	private volatile @Nullable GatewayState state;

	private List<String> groups = List.of();

	private final Map<String, long[]> received = new HashMap<>();

	private long stamp;

	private volatile long epoch;

	Departing(String to, long claimed, Gateways gateways, HandoverParts parts, LeftSessions left) {
		this.to = to;
		this.claimed = claimed;
		this.gateways = gateways;
		this.parts = parts;
		this.left = left;
	}

	/** The other gateway owns the session from now on. */
	void leave(Session leaving) {
		long id = leaving.id();
		this.session = leaving;
		this.epoch = this.parts.moves().nextEpoch(id);
		// First, so that a push is passed on, or sent by the former connection.
		this.parts.moves().left(id, this.to, this.epoch);
		this.left.add(id);
		this.left.add(this.claimed);
		this.parts.own().left(id);
		synchronized (leaving.attributes()) {
			GatewayState last = this.parts.router().leave(leaving, this.to);
			this.state = last;
			this.parts.backend().moved(leaving, this.to, last.snapshot());
		}
		log.debug("Session {} moves to node {}", id, this.to);
		this.stamp = this.parts.users().leave(leaving);
		this.groups = this.parts.groups().leave(leaving);
		// Last, because what is received from now on is passed on.
		this.parts.moves()
			.numbers()
			.received(this.gateways.self())
			.forEach((node, pushes) -> this.received.put(node, new long[] { pushes.newest(), pushes.recent() }));
	}

	/** Returns the id of the session, which has left. */
	long id() {
		return Objects.requireNonNull(this.session).id();
	}

	/** Returns whether a session has left. Thread-safe. */
	boolean isOf(long id) {
		Session leaving = this.session;
		return leaving != null && leaving.id() == id;
	}

	/** Returns the session for the other gateway. */
	byte[] toBytes(ResumeState packets) {
		GatewayState last = Objects.requireNonNull(this.state);
		return new SessionTransfer(last.snapshot(), packets, last.routes(), this.groups, this.stamp, this.epoch,
				this.received)
			.toBytes();
	}

	/**
	 * The session has not arrived at the other gateway, and never will. Thread-safe.
	 */
	void lost() {
		Session gone = this.session;
		if (gone == null) {
			return;
		}
		log.warn("{} has left for node {} and has not arrived, so it is lost", gone, this.to);
		if (this.parts.moves().over(gone.id(), this.epoch)) {
			this.parts.moveOver(gone.id());
		}
		reportLost();
		gone.close(CloseReason.SESSION_LOST);
	}

	/**
	 * The session has no owner: ends its copies on other nodes that consider this one the
	 * owner. Thread-safe.
	 */
	void reportLost() {
		GatewayState last = this.state;
		Session gone = this.session;
		if (last != null && gone != null) {
			last.routes().copies().keySet().forEach((node) -> this.gateways.reportLost(node, gone.id()));
		}
	}

}
