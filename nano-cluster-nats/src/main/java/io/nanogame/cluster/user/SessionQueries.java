package io.nanogame.cluster.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.peer.Peers;

/**
 * Queries for the sessions of players on other nodes. Thread-safe.
 */
final class SessionQueries {

	/** The time-out for replies. */
	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Peers peers;

	private final Subjects subjects;

	private final AtomicLong lastNumber = new AtomicLong();

	private final Map<Long, CompletableFuture<List<Long>>> pending = new ConcurrentHashMap<>();

	SessionQueries(Peers peers, Subjects subjects) {
		this.peers = peers;
		this.subjects = subjects;
	}

	/** Subscribes to the reports of NATS that no node has a session of a player. */
	void listen() {
		this.peers.listenForSilence(this.subjects.own(Topics.absent("*")),
				(number) -> complete(Long.parseLong(number), List.of()));
	}

	/**
	 * Queries the sessions of a player.
	 * @return the reply of the first node, on the thread that reads from the network;
	 * empty after the time-out
	 */
	CompletableFuture<List<Long>> find(String uid) {
		return query(uid, false);
	}

	/**
	 * Like {@link #find}, but also completes when NATS reports that no node is
	 * subscribed. That may be wrong for a moment after a node has reconnected.
	 */
	CompletableFuture<List<Long>> findOrAbsent(String uid) {
		return query(uid, true);
	}

	private CompletableFuture<List<Long>> query(String uid, boolean reportsAbsence) {
		long number = this.lastNumber.incrementAndGet();
		CompletableFuture<List<Long>> reply = new CompletableFuture<>();
		this.pending.put(number, reply);
		reply.completeOnTimeout(List.of(), TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((sessions, failure) -> this.pending.remove(number));
		String absent = reportsAbsence ? this.subjects.own(Topics.absent(Long.toString(number))) : null;
		this.peers.publish(Topics.user(uid), absent, new SessionsQuery(number, uid));
		return reply;
	}

	void complete(SessionsReply reply) {
		complete(reply.number(), LongStream.of(reply.sessions()).boxed().toList());
	}

	private void complete(long number, List<Long> sessions) {
		CompletableFuture<List<Long>> reply = this.pending.get(number);
		if (reply != null) {
			reply.complete(sessions);
		}
	}

}
