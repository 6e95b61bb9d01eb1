package io.nanogame.group;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A group as one server knows it; of a server that is alone, all of it.
 */
public final class LocalGroup implements Group {

	private final String name;

	private final Payloads payloads;

	private final Limit size;

	private final Consumer<Group> onClose;

	private final Presence presence;

	private final Expiry expiry;

	/** One object, so that it can be taken back from the sessions. */
	private final Consumer<Session> forget = this::forget;

	/** Guarded by this. */
	private final Map<Long, Session> sessions = new LinkedHashMap<>();

	/** Null when it has to be made anew. Written under the lock. */
	private volatile @Nullable Members members;

	/** Written under the lock. */
	private volatile boolean closed;

	/**
	 * A group without members.
	 * @param name its name
	 * @param payloads how payloads become bytes
	 * @param size how many members it may have
	 * @param timers end it when it expires
	 * @param onClose called once, when it is closed
	 */
	public LocalGroup(String name, Payloads payloads, Limit size, Timers timers, Consumer<Group> onClose) {
		this.name = name;
		this.payloads = payloads;
		this.size = size;
		this.onClose = onClose;
		this.presence = new Presence(this);
		this.expiry = new Expiry(timers, this::tryToClose);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean add(Session session) {
		synchronized (this) {
			checkOpen();
			if (this.sessions.containsKey(session.id())) {
				throw new DuplicateMemberException(this.name);
			}
			if (!this.size.hasRoom(this.sessions.size())) {
				this.size.exceeded();
				throw new GroupFullException(this.name);
			}
			put(session);
		}
		return session.isOpen();
	}

	/**
	 * Adds a session whatever the group's size; without effect when it is a member
	 * already, or the group is closed.
	 * @param session a session another node has added
	 */
	public synchronized void admit(Session session) {
		if (!this.closed && !this.sessions.containsKey(session.id())) {
			put(session);
		}
	}

	/**
	 * Removes a session; without effect when it is no member.
	 * @param session its id
	 */
	public synchronized void evict(long session) {
		Session member = this.sessions.get(session);
		if (member != null) {
			member.removeCloseAction(this.forget);
			remove(member);
		}
	}

	/** Under the lock. */
	private void put(Session session) {
		this.sessions.put(session.id(), session);
		this.members = null;
		this.presence.joined(session);
		// Runs at once when the session is closed by now. Under the lock, so that who
		// leaves right now takes it back; a session calls nobody under its own.
		session.addCloseAction(this.forget);
	}

	@Override
	public boolean leave(Session session) {
		synchronized (this) {
			checkOpen();
			session.removeCloseAction(this.forget);
			return remove(session);
		}
	}

	@Override
	public void leaveAll() {
		synchronized (this) {
			checkOpen();
			removeAll();
		}
	}

	@Override
	public void broadcast(String route, Object payload) {
		checkOpen();
		snapshot().send(OutboundMessage.push(route, payload, this.payloads));
	}

	/**
	 * Sends to the members that some loops carry.
	 * @param message a push
	 * @param loops which loops
	 */
	public void send(OutboundMessage message, Predicate<ConnectionLoop> loops) {
		snapshot().send(message, loops);
	}

	@Override
	public void multicast(String route, Object payload, Predicate<Session> predicate) {
		checkOpen();
		snapshot().matching(predicate).send(OutboundMessage.push(route, payload, this.payloads));
	}

	@Override
	public List<Session> members() {
		return snapshot().all();
	}

	@Override
	public List<String> memberIds() {
		return members().stream().map(Session::uid).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
	}

	@Override
	public boolean contains(Session session) {
		synchronized (this) {
			return this.sessions.containsKey(session.id());
		}
	}

	@Override
	public boolean contains(String uid) {
		return find((session) -> uid.equals(session.uid())).isPresent();
	}

	@Override
	public int count() {
		synchronized (this) {
			return this.sessions.size();
		}
	}

	@Override
	public void addListener(GroupListener listener, Executor executor) {
		this.presence.add(listener, executor);
	}

	@Override
	public void removeListener(GroupListener listener) {
		this.presence.remove(listener);
	}

	@Override
	public void expireAfter(Duration ttl) {
		checkOpen();
		this.expiry.begin(ttl);
		cancelWhenClosed();
	}

	@Override
	public void renew() {
		checkOpen();
		this.expiry.renew();
		cancelWhenClosed();
	}

	/** It may have been closed while its timer was started. */
	private void cancelWhenClosed() {
		if (this.closed) {
			this.expiry.cancel();
		}
	}

	@Override
	public void close() {
		if (!tryToClose()) {
			throw new GroupAlreadyClosedException(this.name);
		}
	}

	@Override
	public boolean closeIfEmpty() {
		synchronized (this) {
			if (this.closed) {
				return true;
			}
			if (!this.sessions.isEmpty()) {
				return false;
			}
			this.closed = true;
		}
		ended();
		return true;
	}

	private void ended() {
		this.expiry.cancel();
		this.onClose.accept(this);
	}

	/**
	 * Closes, if nobody has.
	 * @return false when it was closed before
	 */
	public boolean tryToClose() {
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			this.closed = true;
			removeAll();
		}
		ended();
		return true;
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	private void checkOpen() {
		if (this.closed) {
			throw new GroupClosedException(this.name);
		}
	}

	private void forget(Session session) {
		remove(session);
	}

	private synchronized boolean remove(Session session) {
		boolean wasMember = this.sessions.remove(session.id()) != null;
		if (wasMember) {
			this.members = null;
			this.presence.left(session);
		}
		return wasMember;
	}

	/** Under the lock. */
	private void removeAll() {
		this.sessions.values().forEach((session) -> {
			session.removeCloseAction(this.forget);
			this.presence.left(session);
		});
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
