package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.cluster.frame.SessionTransfer;
import io.nanogame.cluster.gateway.GatewayState;
import io.nanogame.connection.RemoteClaim;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UnknownProtocolException;
import io.nanogame.resume.ResumeState;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of other gateways to sessions of this one. Thread-safe.
 */
final class Releases {

	private static final Logger log = LoggerFactory.getLogger(Releases.class);

	private static final Duration MEMORY = Duration.ofMinutes(1);

	private final TransportContext transport;

	private final Gateways gateways;

	private final HandoverParts parts;

	private final LeftSessions left;

	private final ClientDrain drain;

	private final Map<Key, Claimed> byKey = new ConcurrentHashMap<>();

	Releases(TransportContext transport, Gateways gateways, HandoverParts parts, LeftSessions left, ClientDrain drain) {
		this.transport = transport;
		this.gateways = gateways;
		this.parts = parts;
		this.left = left;
		this.drain = drain;
	}

	void wanted(String from, SessionWanted wanted) {
		Key key = new Key(from, wanted.claim());
		Claimed known = this.byKey.get(key);
		if (known != null) {
			known.release.repeat();
			return;
		}
		Release release = new Release(wanted.claim(), (frame) -> this.gateways.send(from, frame));
		RemoteClaim claim = new RemoteClaim(wanted.protocol(), wanted.received(), wanted.parks(), release);
		long session = wanted.token().session();
		if (isElsewhere(session) || !this.gateways.allowMoves()) {
			release.withdrawn();
			return;
		}
		CloseReason closed = this.transport.resumable().endOf(wanted.token());
		if (closed != null) {
			release.lost(closed);
			return;
		}
		this.byKey.put(key, new Claimed(session, claim, release, this.gateways.nanoTime()));
		if (!encodesAlike(wanted)) {
			release.lost(null);
		}
		else if (!claim.submit(this.transport, wanted.token())) {
			this.byKey.remove(key);
			release.unknown();
		}
	}

	private boolean isElsewhere(long session) {
		return this.parts.moves().isMoving(session) || !this.parts.own().test(session) && this.left.contains(session);
	}

	private boolean encodesAlike(SessionWanted wanted) {
		try {
			return this.transport.protocols().find(wanted.protocol()).codec().equals(wanted.codec());
		}
		catch (UnknownProtocolException ex) {
			return false;
		}
	}

	void committed(String from, SessionCommit commit) {
		Claimed claimed = this.byKey.get(new Key(from, commit.claim()));
		if (claimed == null) {
			new Release(commit.claim(), (frame) -> this.gateways.send(from, frame)).withdrawn();
			return;
		}
		if (claimed.release.commit()) {
			Departing departing = new Departing(from);
			claimed.claim.release(departing::leave, (state) -> {
				claimed.release.left(departing.left(state));
				this.drain.left(claimed.session, claimed.claim.parks());
			});
		}
		else if (claimed.release.hasLeft()) {
			claimed.release.send(commit.missing());
		}
		else {
			claimed.release.repeat();
		}
	}

	/** The new owner has the session. */
	void arrived(String owner, long session) {
		this.byKey.entrySet()
			.removeIf((entry) -> entry.getKey().node.equals(owner) && entry.getValue().session == session);
	}

	/** Removes the claims that the other gateways have given up. */
	void removeOld() {
		long now = this.gateways.nanoTime();
		this.byKey.values()
			.removeIf((claimed) -> now - claimed.begunNanos > MEMORY.toNanos() && !claimed.release.hasLeft());
	}

	void down(String node) {
		this.byKey.keySet().removeIf((key) -> key.node.equals(node));
	}

	private record Key(String node, long claim) {
	}

	private record Claimed(long session, RemoteClaim claim, Release release, long begunNanos) {
	}

	/** A session that leaves. Confined to the loop of the session. */
	private final class Departing {

		private final String to;

		private @Nullable GatewayState state;

		private List<String> groups = List.of();

		private final Map<String, long[]> heard = new HashMap<>();

		private long stamp;

		private long epoch;

		Departing(String to) {
			this.to = to;
		}

		void leave(Session session) {
			HandoverParts all = Releases.this.parts;
			long id = session.id();
			this.epoch = all.moves().nextEpoch(id);
			// First, so that a push is passed on, or sent by the former connection.
			all.moves().left(id, this.to, this.epoch);
			Releases.this.left.add(id);
			all.own().left(id);
			synchronized (session.attributes()) {
				GatewayState left = all.router().leave(session, this.to);
				this.state = left;
				all.backend().moved(session, this.to, left.snapshot());
			}
			log.debug("Session {} moves to node {}", id, this.to);
			this.stamp = all.users().leave(session);
			this.groups = all.groups().leave(session);
			// Last, because what is received from now on is passed on.
			all.moves()
				.numbers()
				.received(Releases.this.gateways.self())
				.forEach((node, pushes) -> this.heard.put(node, new long[] { pushes.newest(), pushes.recent() }));
		}

		byte[] left(ResumeState packets) {
			GatewayState left = Objects.requireNonNull(this.state);
			return new SessionTransfer(left.snapshot(), packets, left.routes(), this.groups, this.stamp, this.epoch,
					this.heard)
				.toBytes();
		}

	}

}
