package io.nanogame.cluster.user;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.time.TimeSource;
import io.nanogame.user.UserLookupException;

/**
 * Queries for the sessions of players on other nodes. A query is repeated at the next
 * sweep, because a node that the player has just left does not reply, and then every
 * heartbeat until it has a reply. It fails after the patience. The report of the bus that
 * no node is subscribed to the subject of a player counts as a reply only while all nodes
 * are connected, because a node that is not may have the player. Thread-safe.
 */
public final class SessionQueries {

	private final Peers peers;

	private final Subjects subjects;

	private final TimeSource time;

	private final MembershipSettings settings;

	private final BooleanSupplier allConnected;

	private final AtomicLong lastNumber = new AtomicLong();

	private final Map<Long, Query> pending = new ConcurrentHashMap<>();

	/**
	 * Creates queries that are not started.
	 * @param peers the other nodes
	 * @param subjects the subjects of the cluster
	 * @param time the time of this node
	 * @param settings heartbeat and patience
	 * @param allConnected whether this node and all others are connected to the bus, as
	 * far as it is known
	 */
	public SessionQueries(Peers peers, Subjects subjects, TimeSource time, MembershipSettings settings,
			BooleanSupplier allConnected) {
		this.peers = peers;
		this.subjects = subjects;
		this.time = time;
		this.settings = settings;
		this.allConnected = allConnected;
	}

	/** Subscribes to the reports of the bus that no node has a session of a player. */
	void listen() {
		this.peers.listenForSilence(this.subjects.own(Topics.absent("*")), this::absent);
	}

	private void absent(String number) {
		if (this.allConnected.getAsBoolean()) {
			complete(Long.parseLong(number), Found.NONE);
		}
	}

	/**
	 * Queries the sessions of a player.
	 * @param uid the player
	 * @return the reply of the first node; fails with a {@link UserLookupException} when
	 * it is unknown after the patience whether there is a session. Completes on a thread
	 * of the node, which must not be blocked. If it is cancelled, the query ends
	 */
	CompletableFuture<Found> find(String uid) {
		Query query = new Query(this.lastNumber.incrementAndGet(), uid, this.time.nanoTime());
		this.pending.put(query.number, query);
		query.reply.whenComplete((sessions, failure) -> this.pending.remove(query.number));
		try {
			publish(query);
		}
		catch (RuntimeException ex) {
			query.reply.completeExceptionally(ex);
		}
		return query.reply;
	}

	private void publish(Query query) {
		String absent = this.allConnected.getAsBoolean() ? this.subjects.own(Topics.absent(Long.toString(query.number)))
				: null;
		this.peers.publish(Topics.user(query.uid), absent, new SessionsQuery(query.number, query.uid));
	}

	/** Repeats and ends queries. Called several times every heartbeat, by one thread. */
	void sweep() {
		long now = this.time.nanoTime();
		for (Query query : this.pending.values()) {
			if (now - query.startedNanos >= this.settings.patience().toNanos()) {
				fail(query);
			}
			else if (query.isDue(now, this.settings.heartbeat().toNanos())) {
				publish(query);
			}
		}
	}

	/** Fails all queries, because this node ends. */
	void close() {
		this.pending.values().forEach(SessionQueries::fail);
	}

	private static void fail(Query query) {
		query.reply.completeExceptionally(
				new UserLookupException("The other nodes do not reply whether the player is connected"));
	}

	void complete(String from, SessionsReply reply) {
		complete(reply.number(), new Found(from, LongStream.of(reply.sessions()).boxed().toList()));
	}

	private void complete(long number, Found found) {
		Query query = this.pending.get(number);
		if (query != null) {
			query.reply.complete(found);
		}
	}

	/**
	 * The sessions of a player on one node.
	 *
	 * @param node the id of the node
	 * @param sessions the ids of the sessions
	 */
	public record Found(String node, List<Long> sessions) {

		static final Found NONE = new Found("", List.of());

	}

	private static final class Query {

		private final long number;

		private final String uid;

		private final long startedNanos;

		private final CompletableFuture<Found> reply = new CompletableFuture<>();

		// Confined to the thread that repeats it

		private boolean repeated;

		/** When it was repeated last; the first time does not count. */
		private long repeatedNanos;

		Query(long number, String uid, long now) {
			this.number = number;
			this.uid = uid;
			this.startedNanos = now;
		}

		/** Returns whether to repeat it now. */
		boolean isDue(long now, long intervalNanos) {
			if (this.repeated && now - this.repeatedNanos < intervalNanos) {
				return false;
			}
			this.repeatedNanos = this.repeated ? now : this.startedNanos;
			this.repeated = true;
			return true;
		}

	}

}
