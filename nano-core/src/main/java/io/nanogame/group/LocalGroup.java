package io.nanogame.group;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.lane.Timers;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LatestPush;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group on one server. On a server alone, this is the whole group.
 */
public final class LocalGroup implements Group {

	private final String name;

	private final Payloads payloads;

	private final GroupSettings settings;

	private final Consumer<Group> onClose;

	private final Presence presence;

	private final Expiry expiry;

	private final Occupancy occupancy;

	private final MembersByLoop loops;

	private final Memberships members;

	/**
	 * Creates an empty group.
	 * @param name its name
	 * @param payloads serialises payloads
	 * @param settings the settings of all groups
	 * @param timers the timers of its expiry and its merge windows
	 * @param onClose called once, when it is closed
	 */
	public LocalGroup(String name, Payloads payloads, GroupSettings settings, Timers timers, Consumer<Group> onClose) {
		this.name = name;
		this.payloads = payloads;
		this.settings = settings;
		this.onClose = onClose;
		this.occupancy = new Occupancy(name);
		this.presence = new Presence(this);
		this.loops = new MembersByLoop(
				settings.merged().isEmpty() ? ConnectionLoop::members : (loop) -> loop.members(timers.time()));
		this.members = new Memberships(this.occupancy, this.presence, this.loops);
		this.expiry = new Expiry(timers, this::tryToClose);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean add(Session session) {
		this.occupancy.checkOpen();
		if (!this.members.join(session, this.settings.size())) {
			throw new DuplicateMemberException(this.name);
		}
		return session.isOpen();
	}

	/**
	 * Returns the memberships, for the members of other servers.
	 * @return always the same object
	 */
	public Memberships memberships() {
		return this.members;
	}

	@Override
	public boolean leave(Session session) {
		this.occupancy.checkOpen();
		return this.members.leave(session.id());
	}

	@Override
	public void leaveAll() {
		this.occupancy.checkOpen();
		this.members.leaveAll();
	}

	@Override
	public void broadcast(String route, Object payload) {
		this.occupancy.checkOpen();
		MergedRoute merged = this.settings.merged().find(route);
		if (merged != null) {
			merge(merged.push(payload, this.payloads), merged, (loop, written) -> true);
		}
		else {
			send(OutboundMessage.push(route, payload, this.payloads), (loop, written) -> true);
		}
	}

	/**
	 * Sends to some of the members.
	 * @param message a push
	 * @param some selects them by their loops and payloads
	 */
	public void send(OutboundMessage message, BiPredicate<ConnectionLoop, Payloads> some) {
		this.loops.send(message, null, some);
	}

	/**
	 * Sends to some of the members, merged with other pushes of a route.
	 * @param push a push of the route
	 * @param merged the route
	 * @param some as for {@link #send}
	 */
	public void merge(OutboundMessage push, MergedRoute merged, BiPredicate<ConnectionLoop, Payloads> some) {
		this.loops.send(push, merged, some);
	}

	/** Sends the merged pushes before a push to some of the members. */
	private void flush() {
		if (!this.settings.merged().isEmpty()) {
			this.loops.flush();
		}
	}

	@Override
	public void multicast(String route, Object payload, Predicate<Session> predicate) {
		this.occupancy.checkOpen();
		flush();
		List<Session> some = members().stream().filter(predicate).toList();
		new Members(some).send(OutboundMessage.push(route, payload, this.payloads));
	}

	@Override
	public void pushLatest(String route, @Nullable Object key, Supplier<? extends @Nullable Object> state) {
		this.occupancy.checkOpen();
		flush();
		List<Session> ready = members().stream()
			.filter((member) -> !new LatestPush(member, route, key, state).hold())
			.toList();
		if (!ready.isEmpty()) {
			LatestPush.send(route, state,
					(value) -> new Members(ready).send(OutboundMessage.push(route, value, this.payloads)));
		}
	}

	@Override
	public List<Session> members() {
		return this.members.sessions();
	}

	@Override
	public List<String> memberIds() {
		return this.members.uids();
	}

	@Override
	public boolean contains(Session session) {
		return this.members.contains(session.id());
	}

	@Override
	public boolean contains(String uid) {
		return this.members.contains(uid);
	}

	@Override
	public int count() {
		return this.occupancy.count();
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
		this.occupancy.checkOpen();
		this.expiry.start(ttl);
		cancelWhenClosed();
	}

	@Override
	public void renew() {
		this.occupancy.checkOpen();
		this.expiry.renew();
		cancelWhenClosed();
	}

	/** The group may have been closed while its timer was started. */
	private void cancelWhenClosed() {
		if (isClosed()) {
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
		if (this.occupancy.closeIfEmpty()) {
			afterClose();
		}
		return isClosed();
	}

	private void afterClose() {
		this.expiry.cancel();
		this.onClose.accept(this);
	}

	/**
	 * Closes the group unless it is already closed.
	 * @return false when it is already closed
	 */
	public boolean tryToClose() {
		if (!this.occupancy.close()) {
			return false;
		}
		this.members.leaveAll();
		afterClose();
		return true;
	}

	@Override
	public boolean isClosed() {
		return this.occupancy.isClosed();
	}

	@Override
	public String toString() {
		return "Group[" + this.name + "]";
	}

}
