package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The pushes to groups that a session must receive, if no message is lost, and those that
 * it must not receive. Concurrent changes of a membership on two nodes have no order, so
 * such pushes are neither.
 */
final class ExpectedPushes {

	/** More than a change takes until all nodes have received it. */
	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

	/** The id of no session: a change of all of them. */
	private static final long ALL = -1;

	private final LongSupplier time;

	/** The groups whose members leave at times that are not known. */
	private final Set<String> expiring;

	private final List<Change> changes = new ArrayList<>();

	private final List<Push> pushes = new ArrayList<>();

	ExpectedPushes(LongSupplier time, Set<String> expiring) {
		this.time = time;
		this.expiring = expiring;
	}

	void added(ModelNode node, String group, long session) {
		this.changes.add(new Change(node, group, session, true, this.time.getAsLong(), this.pushes.size()));
	}

	void removed(ModelNode node, String group, long session) {
		this.changes.add(new Change(node, group, session, false, this.time.getAsLong(), this.pushes.size()));
	}

	/** A node closes a group, also for sessions that join before its order arrives. */
	void closes(ModelNode node, String group) {
		removed(node, group, ALL);
	}

	/** Sessions are closed: they leave all groups. */
	void closed(Set<Long> sessions) {
		sessions.forEach((session) -> this.changes
			.add(new Change(null, null, session, false, this.time.getAsLong(), this.pushes.size())));
	}

	/** A node is killed: its last changes may be lost. */
	void killed(ModelNode node) {
		long now = this.time.getAsLong();
		List.copyOf(this.changes)
			.stream()
			.filter((change) -> change.node == node && change.nanos > now - SETTLED_NANOS)
			.forEach((change) -> removed(node, change.group, change.session));
	}

	void pushed(ModelNode node, String group, int number) {
		this.pushes.add(new Push(node, group, number, this.time.getAsLong(), this.pushes.size()));
	}

	/** Returns the broadcasts of a node that a session must receive. */
	List<Integer> required(ModelNode node, long session) {
		return select(node,
				(push) -> !this.expiring.contains(push.group) && isRequired(push, changes(push.group, session)));
	}

	/** Returns the broadcasts of a node that a session must not receive. */
	List<Integer> forbidden(ModelNode node, long session) {
		return select(node, (push) -> isForbidden(push, changes(push.group, session)));
	}

	private List<Integer> select(ModelNode node, Predicate<Push> condition) {
		return this.pushes.stream()
			.filter((push) -> push.node == node && condition.test(push))
			.map(Push::number)
			.toList();
	}

	private List<Change> changes(String group, long session) {
		return this.changes.stream()
			.filter((change) -> (change.session == session || change.session == ALL)
					&& (change.group == null || change.group.equals(group)))
			.toList();
	}

	private static @Nullable Change last(Push push, List<Change> changes) {
		return changes.stream()
			.filter((change) -> change.position <= push.position)
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	/** The node itself has added the session, or another one has long before. */
	private static boolean isRequired(Push push, List<Change> changes) {
		Change last = last(push, changes);
		if (last == null || !last.joins || last.node != push.node && push.nanos - last.nanos < SETTLED_NANOS) {
			return false;
		}
		return changes.stream()
			.filter((change) -> change.node != last.node || change.node != push.node && change.position > push.position)
			.allMatch((change) -> change.nanos < last.nanos - SETTLED_NANOS && change.group != null
					|| change.nanos > push.nanos + SETTLED_NANOS);
	}

	/** The node has removed the session, and no other node adds it. */
	private static boolean isForbidden(Push push, List<Change> changes) {
		Change last = last(push, changes);
		return last != null && !last.joins && last.node == push.node
				&& changes.stream().noneMatch((change) -> change.joins && change.node != push.node);
	}

	/**
	 * A node adds or removes a session, or it is closed: then node and group are null.
	 */
	private record Change(@Nullable ModelNode node, @Nullable String group, long session, boolean joins, long nanos,
			int position) {
	}

	private record Push(ModelNode node, String group, int number, long nanos, int position) {
	}

}
