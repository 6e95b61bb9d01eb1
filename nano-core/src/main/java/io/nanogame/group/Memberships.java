package io.nanogame.group;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The memberships of one group. Thread-safe; never blocks.
 * <p>
 * A membership begins and ends while the map computes the value for its session. No
 * broadcast takes this lock, and no code of the game runs under it. The session's loop
 * receives the change in the order of its output. The change is also recorded for
 * listeners, which are notified afterwards.
 */
final class Memberships {

	private final Occupancy occupancy;

	private final Presence presence;

	private final MembersByLoop loops;

	private final ConcurrentMap<Long, Membership> bySession = new ConcurrentHashMap<>(8);

	/** The number of sessions that have joined so far. Orders the members. */
	private final AtomicLong joined = new AtomicLong();

	Memberships(Occupancy occupancy, Presence presence, MembersByLoop loops) {
		this.occupancy = occupancy;
		this.presence = presence;
		this.loops = loops;
	}

	/**
	 * Adds a session.
	 * @return false when it is already a member
	 * @throws GroupClosedException when the group is closed
	 * @throws GroupFullException when the limit is reached
	 */
	boolean join(Session session, Limit limit) {
		Membership joining = new Membership(session);
		Membership present = this.bySession.computeIfAbsent(session.id(), (id) -> {
			this.occupancy.enter(limit);
			joining.begin();
			return joining;
		});
		if (present != joining) {
			return false;
		}
		// Runs immediately when the session is already closed.
		SessionHandle handle = SessionHandle.of(session);
		handle.addCloseAction(joining);
		if (joining.ended) {
			// Another thread ended the membership before the close action was added.
			handle.removeCloseAction(joining);
		}
		if (this.occupancy.isClosed()) {
			// The group was closed concurrently, and closing may have missed this member.
			end(joining);
		}
		this.presence.announce();
		return true;
	}

	/** Returns whether the session was a member. */
	boolean leave(long session) {
		Membership membership = this.bySession.get(session);
		return membership != null && end(membership);
	}

	void leaveAll() {
		inOrder().forEach(this::end);
	}

	private boolean end(Membership membership) {
		Session session = membership.session;
		AtomicBoolean ended = new AtomicBoolean();
		this.bySession.computeIfPresent(session.id(), (id, present) -> {
			if (present != membership) {
				return present;
			}
			membership.end();
			ended.set(true);
			return null;
		});
		SessionHandle.of(session).removeCloseAction(membership);
		this.presence.announce();
		return ended.get();
	}

	/** See {@link MembersByLoop#send}. */
	void send(OutboundMessage message, @Nullable MergedRoute merged, BiPredicate<ConnectionLoop, Payloads> some) {
		this.loops.send(message, merged, some);
	}

	/** See {@link MembersByLoop#selectPayloads}. */
	Set<Payloads> selectPayloads(Predicate<ConnectionLoop> some) {
		return this.loops.selectPayloads(some);
	}

	/** See {@link MembersByLoop#flush}. */
	void flush() {
		this.loops.flush();
	}

	boolean contains(long session) {
		return this.bySession.containsKey(session);
	}

	boolean anyMatch(Predicate<Session> predicate) {
		return this.bySession.values().stream().anyMatch((membership) -> predicate.test(membership.session));
	}

	/** Returns the members in the order of joining. */
	List<Session> sessions() {
		return inOrder().map((membership) -> membership.session).toList();
	}

	/**
	 * Returns the memberships in the order of joining. Skips those that begin meanwhile,
	 * because a session that leaves and joins again would occur twice.
	 */
	private Stream<Membership> inOrder() {
		long newest = this.joined.get();
		return this.bySession.values()
			.stream()
			.filter((membership) -> membership.number <= newest)
			.sorted(Comparator.comparingLong((membership) -> membership.number));
	}

	/** The membership of one session; as a close action, ends when the session closes. */
	private final class Membership implements Consumer<Session> {

		private final Session session;

		// Written under the map's lock for the session

		private long number;

		private @Nullable Runnable removal;

		private volatile boolean ended;

		Membership(Session session) {
			this.session = session;
		}

		void begin() {
			this.number = Memberships.this.joined.incrementAndGet();
			this.removal = Memberships.this.loops.add(this.session);
			Memberships.this.presence.joined(this.session);
		}

		void end() {
			this.ended = true;
			Objects.requireNonNull(this.removal).run();
			Memberships.this.occupancy.leave();
			Memberships.this.presence.left(this.session);
		}

		@Override
		public void accept(Session closed) {
			Memberships.this.end(this);
		}

	}

}
