package io.nanogame.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import io.nanogame.session.Session;

/**
 * Sessions that are spoken to together: a room, a team, a world channel. A session that
 * closes leaves by itself. In a cluster a group spans nodes: the group of a name is the
 * same everywhere.
 * <p>
 * Any thread may call everything; nothing blocks. What one thread does takes effect in
 * its order: a session that is added after a broadcast does not get it. Joining, leaving
 * and a broadcast cost the calling thread the same however many members there are; what
 * looks at the members may or may not see one that comes or goes meanwhile.
 */
public interface Group {

	String name();

	/**
	 * Adds a session.
	 * @param session the new member
	 * @return false when the session is closed, and so not a member
	 * @throws DuplicateMemberException when it is a member already
	 * @throws GroupFullException when it has as many members as it may have
	 * @throws GroupClosedException when the group is closed
	 */
	boolean add(Session session);

	/**
	 * Removes a session; without effect when it is no member.
	 * @param session who leaves
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
	 * Pushes to every member. The payload is serialised and encoded once.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @throws GroupClosedException when the group is closed
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	void broadcast(String route, Object payload);

	/**
	 * Pushes to some members.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @param predicate who gets it
	 * @throws GroupClosedException when the group is closed
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	void multicast(String route, Object payload, Predicate<Session> predicate);

	/**
	 * The members.
	 * @return those of this moment, in the order they came
	 */
	List<Session> members();

	/**
	 * The uids of the members.
	 * @return those of this moment that are bound, in the order they came
	 */
	List<String> memberIds();

	/**
	 * The member with a uid.
	 * @param uid what its session is bound to
	 * @return the first such member
	 * @throws MemberNotFoundException when there is none
	 */
	default Session member(String uid) {
		return find((session) -> uid.equals(session.uid())).orElseThrow(() -> new MemberNotFoundException(name()));
	}

	/**
	 * Finds a member.
	 * @param predicate whom
	 * @return the first that matches
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
	 * Tells somebody who comes and goes, from now on.
	 * @param listener called in the order of what happened
	 * @param executor where; the lane of a room, mostly
	 */
	void addListener(GroupListener listener, Executor executor);

	void removeListener(GroupListener listener);

	/**
	 * Lets this group close by itself, unless it is renewed in time. Calling it again
	 * sets another time, which begins now.
	 * @param ttl how long it lives from now, and from each {@link #renew()}
	 * @throws GroupClosedException when the group is closed
	 */
	void expireAfter(Duration ttl);

	/**
	 * Lets the time of {@link #expireAfter} begin again; without effect on a group that
	 * has none.
	 * @throws GroupClosedException when the group is closed
	 */
	void renew();

	/**
	 * Closes for good, if it has no members. In a cluster on this node only: where it has
	 * members, it goes on.
	 * @return whether it is closed now
	 */
	boolean closeIfEmpty();

	/**
	 * Lets all members go, and closes for good. The members' sessions stay open.
	 * @throws GroupAlreadyClosedException when it was closed before
	 */
	void close();

	boolean isClosed();

}
