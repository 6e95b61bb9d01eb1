package io.nanogame.group;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nanogame.limit.Limit;
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
public final class Memberships {

	private static final Limit NO_LIMIT = new Limit(GroupSettings.LIMIT, 0);

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
		Session member = SessionHandle.of(session).session();
		Membership joining = new Membership(this, new MemberSession(member, null), false);
		if (!begin(joining, limit)) {
			return false;
		}
		endWithSession(joining, member);
		afterJoin(joining);
		return true;
	}

	/**
	 * Adds a session regardless of the group's size. Without effect when it is already a
	 * member, or the group is closed.
	 * @param session a session that another server has added
	 */
	public void admit(Session session) {
		try {
			join(session, NO_LIMIT);
		}
		catch (GroupClosedException ex) {
			// All members have left, including this one.
		}
	}

	/**
	 * Adds a member of another server, as {@link #admit(Session)} does. Broadcasts of
	 * this group do not reach it.
	 * @param member the member
	 */
	public void admit(RemoteMember member) {
		Membership joining = new Membership(this, new MemberSession(null, member), false);
		try {
			if (begin(joining, NO_LIMIT)) {
				afterJoin(joining);
			}
		}
		catch (GroupClosedException ex) {
			// All members have left, including this one.
		}
	}

	/**
	 * Adds a session that arrives from another server, as {@link #admit(Session)} does.
	 * Broadcasts of this group do not reach it until {@link #resume}. A member stays one.
	 * @param session the session
	 */
	public void hold(Session session) {
		Membership joining = new Membership(this, new MemberSession(session, null), true);
		try {
			if (begin(joining, NO_LIMIT)) {
				endWithSession(joining, session);
				afterJoin(joining);
				return;
			}
		}
		catch (GroupClosedException ex) {
			return;
		}
		Membership member = this.bySession.computeIfPresent(session.id(), (id, present) -> {
			present.hold(joining.session());
			return present;
		});
		if (member != null) {
			endWithSession(member, session);
		}
	}

	/**
	 * Sends broadcasts to a member by its present connection, because that has changed.
	 * @param session the id of the session
	 */
	public void resume(long session) {
		this.bySession.computeIfPresent(session, (id, present) -> {
			present.resume(this.loops);
			return present;
		});
	}

	/**
	 * A member is connected to another server now. Listeners are not notified.
	 * @param session the id of its session
	 * @param next returns the member on that server; called only for members of other
	 * servers
	 * @return its session on this server; null if it is no member, or has none
	 */
	public @Nullable Session moved(long session, UnaryOperator<RemoteMember> next) {
		Membership moved = this.bySession.computeIfPresent(session, (id, present) -> {
			present.moved(next);
			return present;
		});
		return (moved != null) ? moved.session().present() : null;
	}

	/** Returns false when it is already a member. */
	private boolean begin(Membership joining, Limit limit) {
		return this.bySession.computeIfAbsent(joining.session().id(), (id) -> {
			this.occupancy.enter(limit);
			joining.begin(id, this.joined.incrementAndGet(), this.loops);
			this.presence.joined(joining.member());
			return joining;
		}) == joining;
	}

	/** Runs the membership as a close action: immediately when the session is closed. */
	static void endWithSession(Membership membership, Session session) {
		// Not of the session that its client may continue meanwhile.
		SessionHandle handle = SessionHandle.own(session);
		handle.addCloseAction(membership);
		if (membership.isEnded()) {
			// Another thread ended the membership before the close action was added.
			handle.removeCloseAction(membership);
		}
	}

	private void afterJoin(Membership joining) {
		if (this.occupancy.isClosed()) {
			// The group was closed concurrently, and closing may have missed this member.
			end(joining);
		}
		this.presence.announce();
	}

	/**
	 * Removes a session.
	 * @param session its id
	 * @return whether it was a member
	 */
	public boolean leave(long session) {
		Membership membership = this.bySession.get(session);
		return membership != null && end(membership);
	}

	void leaveAll() {
		inOrder().forEach(this::end);
	}

	boolean end(Membership membership) {
		AtomicBoolean ended = new AtomicBoolean();
		this.bySession.computeIfPresent(membership.id(), (id, present) -> {
			if (present != membership) {
				return present;
			}
			membership.end();
			this.occupancy.leave();
			this.presence.left(membership.member());
			ended.set(true);
			return null;
		});
		Session session = membership.session().present();
		if (session != null) {
			SessionHandle.own(session).removeCloseAction(membership);
		}
		this.presence.announce();
		return ended.get();
	}

	/**
	 * Returns whether a session is a member.
	 * @param session its id
	 * @return true if it is one
	 */
	public boolean contains(long session) {
		return this.bySession.containsKey(session);
	}

	boolean contains(String uid) {
		return this.bySession.values().stream().anyMatch((membership) -> uid.equals(membership.session().uid()));
	}

	/** Returns the members in the order of joining. */
	List<Session> sessions() {
		return inOrder().map(Membership::gameSession).toList();
	}

	/** Returns the uids of the members in the order of joining. */
	List<String> uids() {
		return inOrder().flatMap((membership) -> Stream.ofNullable(membership.session().uid())).toList();
	}

	/**
	 * Returns the members with a session on this server: all but members of other servers
	 * whose session the game has not asked for.
	 * @return a copy
	 */
	public List<Session> withSession() {
		return this.bySession.values()
			.stream()
			.flatMap((membership) -> Stream.ofNullable(membership.session().present()))
			.toList();
	}

	/**
	 * Returns the members on another server, whether they have a session on this one or
	 * not.
	 * @param server the id of the other server
	 * @param serverOf returns the server of a session; null for this one
	 * @return the ids of their sessions, a copy
	 */
	public List<Long> onServer(String server, Function<Session, @Nullable String> serverOf) {
		return this.bySession.values()
			.stream()
			.map(Membership::session)
			.filter((session) -> server.equals(session.server(serverOf)))
			.map(MemberSession::id)
			.toList();
	}

	/**
	 * Returns the memberships in the order of joining. Skips those that begin meanwhile,
	 * because a session that leaves and joins again would occur twice.
	 */
	private Stream<Membership> inOrder() {
		long newest = this.joined.get();
		return this.bySession.values()
			.stream()
			.filter((membership) -> membership.number() <= newest)
			.sorted(Comparator.comparingLong(Membership::number));
	}

}
