package io.nanogame.group;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.limit.Limit;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The stays of sessions in one group. Any thread; nothing blocks.
 * <p>
 * A stay begins and ends while the map computes the value of its session, under a lock
 * that no broadcast takes and that code of the game is never called under: the loop of
 * the session gets the change in the order of its output, and the change is recorded for
 * listeners, who are notified afterwards.
 */
final class Memberships {

	private final Occupancy occupancy;

	private final Presence presence;

	private final MembersByLoop loops = new MembersByLoop();

	private final ConcurrentMap<Long, Membership> bySession = new ConcurrentHashMap<>(8);

	/** How many have joined so far, which tells who came first. */
	private final AtomicLong joined = new AtomicLong();

	Memberships(Occupancy occupancy, Presence presence) {
		this.occupancy = occupancy;
		this.presence = presence;
	}

	/**
	 * Begins the stay of a session.
	 * @return false when it is a member already
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
		// Runs at once when the session is closed by now.
		session.addCloseAction(joining);
		if (joining.over) {
			// Another thread has ended it before there was a close action to remove.
			session.removeCloseAction(joining);
		}
		if (this.occupancy.isClosed()) {
			// Meanwhile, and whoever closed it may have missed this one.
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
		session.removeCloseAction(membership);
		this.presence.announce();
		return ended.get();
	}

	/** As {@link MembersByLoop#send}. */
	void send(OutboundMessage message, Predicate<ConnectionLoop> carriers) {
		this.loops.send(message, carriers);
	}

	boolean contains(long session) {
		return this.bySession.containsKey(session);
	}

	boolean anyMatch(Predicate<Session> predicate) {
		return this.bySession.values().stream().anyMatch((membership) -> predicate.test(membership.session));
	}

	/** In the order they came. */
	List<Session> sessions() {
		return inOrder().map((membership) -> membership.session).toList();
	}

	/**
	 * Without those that come meanwhile: one that leaves and comes again is met twice.
	 */
	private Stream<Membership> inOrder() {
		long newest = this.joined.get();
		return this.bySession.values()
			.stream()
			.filter((membership) -> membership.number <= newest)
			.sorted(Comparator.comparingLong((membership) -> membership.number));
	}

	/** One stay of a session; as an action, its end when the session closes. */
	private final class Membership implements Consumer<Session> {

		private final Session session;

		// Written while the map computes

		private long number;

		private @Nullable Runnable removal;

		private volatile boolean over;

		Membership(Session session) {
			this.session = session;
		}

		void begin() {
			this.number = Memberships.this.joined.incrementAndGet();
			this.removal = Memberships.this.loops.add(this.session);
			Memberships.this.presence.joined(this.session);
		}

		void end() {
			this.over = true;
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
