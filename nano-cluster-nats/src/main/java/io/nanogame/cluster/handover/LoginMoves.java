package io.nanogame.cluster.handover;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.connection.LoginPull;
import io.nanogame.session.OlderSessions;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;

/**
 * The logins of players at this gateway that wait for their older sessions, which other
 * gateways have. Thread-safe.
 */
final class LoginMoves implements OlderSessions {

	private final Gateways gateways;

	private final Pulls pulls;

	private final HandoverParts parts;

	private final Sessions sessions;

	private final AtomicLong lastNumber = new AtomicLong();

	private final Map<Long, LoginMove> waiting = new ConcurrentHashMap<>();

	private volatile boolean closed;

	LoginMoves(Gateways gateways, Pulls pulls, HandoverParts parts, Sessions sessions) {
		this.gateways = gateways;
		this.pulls = pulls;
		this.parts = parts;
		this.sessions = sessions;
	}

	@Override
	public CompletionStage<Boolean> bring(Session newer, String uid, long stamp) {
		if (!LoginPull.isPossible(newer) || !this.gateways.areReachable() || !this.gateways.allowMoves()
				|| this.gateways.others().isEmpty()) {
			return CompletableFuture.completedFuture(true);
		}
		LoginMove move = new LoginMove(newer, uid, stamp, this.gateways, this.pulls, this.parts.users(),
				() -> isHere(newer, uid));
		long number = this.lastNumber.incrementAndGet();
		this.waiting.put(number, move);
		move.end().whenComplete((over, failure) -> this.waiting.remove(number));
		move.find();
		if (this.closed) {
			move.giveUp();
		}
		return move.end();
	}

	private boolean isHere(Session newer, String uid) {
		return this.sessions.findByUid(uid)
			.stream()
			.anyMatch(
					(session) -> session.id() != newer.id() && session.isOpen() && this.parts.own().test(session.id()));
	}

	/** Returns the number of logins that wait. */
	int count() {
		return this.waiting.size();
	}

	/** Repeats and ends what takes long. Several times every heartbeat. */
	void sweep() {
		long now = this.gateways.nanoTime();
		this.waiting.values().forEach((move) -> move.sweep(now));
	}

	/** The node ends: no login waits any more. */
	void close() {
		this.closed = true;
		this.waiting.values().forEach(LoginMove::giveUp);
	}

}
