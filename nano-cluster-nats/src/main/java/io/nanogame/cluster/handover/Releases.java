package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.connection.RemoteClaim;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UnknownProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Sessions;

/**
 * The claims of other gateways to sessions of this one. Thread-safe.
 */
final class Releases {

	/** Much longer than another gateway waits for a session. */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	/** That of no session, so that the client is rejected if its token is valid. */
	private static final String NO_PROTOCOL = "-";

	private final TransportContext transport;

	private final Gateways gateways;

	private final HandoverParts parts;

	private final LeftSessions left;

	private final Sessions sessions;

	private final ClientDrain drain;

	/** The sessions that have arrived elsewhere, until they end or come back. */
	private final Map<Long, Departing> departed = new ConcurrentHashMap<>();

	private final Map<Key, Claimed> byKey = new ConcurrentHashMap<>();

	Releases(TransportContext transport, Gateways gateways, HandoverParts parts, LeftSessions left, Sessions sessions,
			ClientDrain drain) {
		this.transport = transport;
		this.gateways = gateways;
		this.parts = parts;
		this.left = left;
		this.sessions = sessions;
		this.drain = drain;
	}

	void wanted(String from, SessionWanted wanted) {
		Key key = new Key(from, wanted.claim());
		Claimed known = this.byKey.get(key);
		if (known != null) {
			known.release.repeat();
			return;
		}
		Departing departing = new Departing(from, wanted.token().session(), this.gateways, this.parts, this.left);
		Release release = new Release(wanted.claim(), departing, (frame) -> this.gateways.send(from, frame));
		long session = wanted.token().session();
		if (isElsewhere(session) || !this.gateways.allowMoves()) {
			release.withdrawn();
			return;
		}
		CloseReason closed = isOutdated(wanted) ? CloseReason.RESUMED_ELSEWHERE
				: this.transport.resumable().endOf(wanted.token());
		if (closed != null) {
			release.lost(closed);
			return;
		}
		boolean isReadable = encodesAlike(wanted) && isReadable(session, from);
		RemoteClaim claim = new RemoteClaim(isReadable ? wanted.protocol() : NO_PROTOCOL, wanted.received(),
				wanted.parks(), wanted.uid(), release);
		this.byKey.put(key, new Claimed(session, claim, release, departing, this.gateways.nanoTime()));
		if (!claim.submit(this.transport, wanted.token())) {
			this.byKey.remove(key);
			release.unknown();
		}
	}

	/** Returns whether the player has logged in again since the login for a session. */
	private boolean isOutdated(SessionWanted wanted) {
		return !wanted.uid().isEmpty() && !wanted.parks()
				&& this.parts.users().isOutdated(wanted.uid(), wanted.received());
	}

	/** Returns whether a gateway has the serializer of a session. */
	private boolean isReadable(long session, String gateway) {
		return this.sessions.find(session).filter((found) -> !this.gateways.reads(gateway, found.payloads())).isEmpty();
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
			this.gateways.send(from, Release.withdrawn(commit.claim()));
			return;
		}
		if (claimed.release.commit()) {
			claimed.claim.release(claimed.departing::leave, (state) -> {
				claimed.release.left(claimed.departing.toBytes(state), this.gateways.maxPart());
				this.drain.left(claimed.departing.id(), claimed.claim.parks());
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
		this.byKey.forEach((key, claimed) -> {
			if (key.node.equals(owner) && claimed.departing.isOf(session) && this.byKey.remove(key, claimed)
					&& claimed.release.hasLeft()) {
				this.departed.put(session, claimed.departing);
			}
		});
	}

	/** A session has ended. If its owner is gone, no other node reports that. */
	void closed(long session, CloseReason reason) {
		Departing gone = this.departed.remove(session);
		if (gone != null && reason.equals(CloseReason.SESSION_LOST) && !this.parts.own().test(session)) {
			gone.reportLost();
		}
	}

	/** A session has not arrived. */
	void notArrived(String owner, long claim) {
		end(new Key(owner, claim));
	}

	/** Removes the claims that the other gateways have given up. */
	void removeOld() {
		this.departed.keySet().removeIf(this.parts.own()::test);
		long now = this.gateways.nanoTime();
		this.byKey.forEach((key, claimed) -> {
			if (now - claimed.begunNanos > MEMORY.toNanos()) {
				end(key);
			}
		});
	}

	/** A gateway is gone: sessions that were on their way to it are lost. */
	void down(String node) {
		this.byKey.keySet().stream().filter((key) -> key.node.equals(node)).forEach(this::end);
	}

	private void end(Key key) {
		Claimed ended = this.byKey.remove(key);
		if (ended != null && ended.release.hasLeft()) {
			ended.departing.lost();
		}
	}

	private record Key(String node, long claim) {
	}

	private record Claimed(long session, RemoteClaim claim, Release release, Departing departing, long begunNanos) {
	}

}
