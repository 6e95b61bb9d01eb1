package io.nanogame.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A set of sessions that receive the same pushes: a room, a team, a world channel. A
 * session that closes leaves by itself. In a cluster a group spans nodes: the same name
 * denotes the same group on all nodes.
 * <p>
 * Any thread may call all methods; none blocks. The calls of one thread take effect in
 * their order: a session that is added after a broadcast does not receive it. Joining,
 * leaving and broadcasting take constant time on the calling thread, however many members
 * there are. Methods that read the members may or may not include one that joins or
 * leaves concurrently.
 */
public interface Group {

	String name();

	/**
	 * Adds a session.
	 * @param session the new member
	 * @return false when the session is closed, and so not a member
	 * @throws DuplicateMemberException when it is already a member
	 * @throws GroupFullException when it has reached its maximum size
	 * @throws GroupClosedException when the group is closed
	 */
	boolean add(Session session);

	/**
	 * Removes a session; without effect when it is not a member.
	 * @param session the member to remove
	 * @return whether it was a member
	 * @throws GroupClosedException when the group is closed
	 */
	boolean leave(Session session);

	/**
	 * Removes all members.
	 * @throws GroupClosedException when the group is closed
	 */
	void leaveAll();

	/**
	 * Pushes to every member. The payload is serialised and encoded once. If the route is
	 * configured to be merged, it becomes an item of a push that is sent at the end of a
	 * short window, before any other push of this group, and before a member joins or
	 * leaves.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @throws GroupClosedException when the group is closed
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written, or is too long to be sent between nodes; no member receives it then
	 */
	void broadcast(String route, Object payload);

	/**
	 * Pushes to some members.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @param predicate selects the recipients
	 * @throws GroupClosedException when the group is closed
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	void multicast(String route, Object payload, Predicate<Session> predicate);

	/**
	 * Pushes a state that is made when a member can be sent it, as
	 * {@link Session#pushLatest(String, Supplier)} does. For all members that keep up it
	 * is made once, now, on the calling thread; for each of the others once it has read.
	 * @param route the clients' listener
	 * @param state makes the state; called by several threads
	 * @throws GroupClosedException when the group is closed
	 */
	default void pushLatest(String route, Supplier<? extends @Nullable Object> state) {
		pushLatest(route, null, state);
	}

	/**
	 * Pushes one of several states of a route.
	 * @param route the clients' listener
	 * @param key as for {@link Session#pushLatest(String, Object, Supplier)}
	 * @param state as for {@link #pushLatest(String, Supplier)}
	 * @throws GroupClosedException when the group is closed
	 */
	void pushLatest(String route, @Nullable Object key, Supplier<? extends @Nullable Object> state);

	/**
	 * Returns the members.
	 * @return a snapshot, in the order of joining
	 */
	List<Session> members();

	/**
	 * Returns the uids of the members.
	 * @return a snapshot of the uids of bound members, in the order of joining
	 */
	List<String> memberIds();

	/**
	 * Returns the member with a uid.
	 * @param uid the uid that its session is bound to
	 * @return the first such member
	 * @throws MemberNotFoundException when there is none
	 */
	default Session member(String uid) {
		return find((session) -> uid.equals(session.uid())).orElseThrow(() -> new MemberNotFoundException(name()));
	}

	/**
	 * Finds a member.
	 * @param predicate the condition
	 * @return the first member that matches
	 */
	default Optional<Session> find(Predicate<Session> predicate) {
		return members().stream().filter(predicate).findFirst();
	}

	boolean contains(Session session);

	boolean contains(String uid);

	int count();

	default boolean isEmpty() {
		return count() == 0;
	}

	/**
	 * Adds a listener for members that join and leave from now on.
	 * @param listener called in the order of the events
	 * @param executor runs the listener; usually the lane of a room
	 */
	void addListener(GroupListener listener, Executor executor);

	void removeListener(GroupListener listener);

	/**
	 * Closes this group automatically, unless it is renewed in time. A further call
	 * replaces the period, which starts now.
	 * @param ttl the time to live from now, and from each {@link #renew()}
	 * @throws GroupClosedException when the group is closed
	 */
	void expireAfter(Duration ttl);

	/**
	 * Restarts the period of {@link #expireAfter}; without effect on a group that does
	 * not expire.
	 * @throws GroupClosedException when the group is closed
	 */
	void renew();

	/**
	 * Closes the group permanently if it has no members. In a cluster this affects this
	 * node only: the group remains open on nodes where it has members.
	 * @return whether it is closed now
	 */
	boolean closeIfEmpty();

	/**
	 * Removes all members and closes the group permanently. The members' sessions stay
	 * open.
	 * @throws GroupAlreadyClosedException when it is already closed
	 */
	void close();

	boolean isClosed();

}
