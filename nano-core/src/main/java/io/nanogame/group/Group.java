package io.nanogame.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are spoken to together: a room, a team, a world channel. A session that
 * closes leaves by itself.
 * <p>
 * Any thread may call everything; nothing blocks. What one thread does takes effect in
 * its order: who is added after a broadcast does not get it.
 */
public final class Group {

	private final String name;

	private final Payloads payloads;

	private final Limit size;

	private final Consumer<Group> onClose;

	/** One object, so that it can be taken back from the sessions. */
	private final Consumer<Session> forget = this::forget;

	/** Guarded by this. */
	private final Map<Long, Session> sessions = new LinkedHashMap<>();

	/** Null when it has to be made anew. Written under the lock. */
	private volatile @Nullable Members members;

	/** Written under the lock. */
	private volatile boolean closed;

	Group(String name, Payloads payloads, Limit size, Consumer<Group> onClose) {
		this.name = name;
		this.payloads = payloads;
		this.size = size;
		this.onClose = onClose;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Adds a session.
	 * @param session the new member
	 * @return false when the session is closed, and so not a member
	 * @throws DuplicateMemberException when it is a member already
	 * @throws GroupFullException when it has as many members as it may have
	 * @throws GroupClosedException when the group is closed
	 */
	public boolean add(Session session) {
		synchronized (this) {
			checkOpen();
			if (this.sessions.containsKey(session.id())) {
				throw new DuplicateMemberException(this);
			}
			if (!this.size.hasRoom(this.sessions.size())) {
				this.size.exceeded();
				throw new GroupFullException(this);
			}
			this.sessions.put(session.id(), session);
			this.members = null;
			// Runs at once when the session is closed by now. Under the lock, so that who
			// leaves right now takes it back; a session calls nobody under its own.
			session.addCloseAction(this.forget);
		}
		return session.isOpen();
	}

	/**
	 * Removes a session; without effect when it is no member.
	 * @param session who leaves
	 * @return whether it was a member
	 * @throws GroupClosedException when the group is closed
	 */
	public boolean leave(Session session) {
		synchronized (this) {
			checkOpen();
			session.removeCloseAction(this.forget);
			return remove(session);
		}
	}

	/**
	 * Removes all members.
	 * @throws GroupClosedException when the group is closed
	 */
	public void leaveAll() {
		synchronized (this) {
			checkOpen();
			removeAll();
		}
	}

	/**
	 * Pushes to every member. The payload is serialised and encoded once.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @throws GroupClosedException when the group is closed
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	public void broadcast(String route, Object payload) {
		checkOpen();
		snapshot().send(OutboundMessage.push(route, payload, this.payloads));
	}

	/**
	 * Pushes to some members.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @param predicate who gets it
	 * @throws GroupClosedException when the group is closed
	 */
	public void multicast(String route, Object payload, Predicate<Session> predicate) {
		checkOpen();
		snapshot().matching(predicate).send(OutboundMessage.push(route, payload, this.payloads));
	}

	/**
	 * The members.
	 * @return those of this moment, in the order they came
	 */
	public List<Session> members() {
		return snapshot().all();
	}

	/**
	 * The uids of the members.
	 * @return those of this moment that are bound, in the order they came
	 */
	public List<String> memberIds() {
		return members().stream().map(Session::uid).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
	}

	/**
	 * The member with a uid.
	 * @param uid what its session is bound to
	 * @return the first such member
	 * @throws MemberNotFoundException when there is none
	 */
	public Session member(String uid) {
		return find((session) -> uid.equals(session.uid())).orElseThrow(() -> new MemberNotFoundException(this));
	}

	/**
	 * Finds a member.
	 * @param predicate whom
	 * @return the first that matches
	 */
	public Optional<Session> find(Predicate<Session> predicate) {
		return members().stream().filter(predicate).findFirst();
	}

	public boolean contains(Session session) {
		synchronized (this) {
			return this.sessions.containsKey(session.id());
		}
	}

	public boolean contains(String uid) {
		return find((session) -> uid.equals(session.uid())).isPresent();
	}

	public int count() {
		synchronized (this) {
			return this.sessions.size();
		}
	}

	public boolean isEmpty() {
		return count() == 0;
	}

	/**
	 * Lets all members go, and closes for good. The members' sessions stay open.
	 * @throws GroupAlreadyClosedException when it was closed before
	 */
	public void close() {
		synchronized (this) {
			if (this.closed) {
				throw new GroupAlreadyClosedException(this);
			}
			this.closed = true;
			removeAll();
		}
		this.onClose.accept(this);
	}

	public boolean isClosed() {
		return this.closed;
	}

	private void checkOpen() {
		if (this.closed) {
			throw new GroupClosedException(this);
		}
	}

	private void forget(Session session) {
		remove(session);
	}

	private synchronized boolean remove(Session session) {
		boolean wasMember = this.sessions.remove(session.id()) != null;
		if (wasMember) {
			this.members = null;
		}
		return wasMember;
	}

	/** Under the lock. */
	private void removeAll() {
		this.sessions.values().forEach((session) -> session.removeCloseAction(this.forget));
		this.sessions.clear();
		this.members = null;
	}

	private Members snapshot() {
		Members present = this.members;
		if (present == null) {
			synchronized (this) {
				present = new Members(this.sessions.values());
				this.members = present;
			}
		}
		return present;
	}

	@Override
	public String toString() {
		return "Group[" + this.name + "]";
	}

}
