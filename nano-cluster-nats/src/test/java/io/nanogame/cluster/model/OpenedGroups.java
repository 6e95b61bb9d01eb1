package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.nanogame.group.Group;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The groups that the games of all nodes have opened, and which of them must be closed in
 * the end. A close on one node closes all groups of the name that are open at that time,
 * and a group that expires does so later.
 */
final class OpenedGroups {

	/** More than the delay of a message. */
	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier time;

	/** The nodes that have known each other since the start. */
	private final List<ModelNode> first;

	private final List<Opened> all = new ArrayList<>();

	private final List<End> ends = new ArrayList<>();

	/** Those that were closed on their node only. */
	private final Set<Group> closedAlone = new HashSet<>();

	OpenedGroups(LongSupplier time, List<ModelNode> first) {
		this.time = time;
		this.first = first;
	}

	Group get(ModelNode node, String name) {
		Group group = node.groups.get(name);
		if (this.all.stream().noneMatch((opened) -> opened.group == group)) {
			this.all.add(new Opened(node, group, this.time.getAsLong(), node.name.startsWith("gate")));
		}
		return group;
	}

	/** A node will close a group. */
	void closing(ModelNode node, String name) {
		end(node, name, false);
	}

	/** A group will expire. */
	void expiring(ModelNode node, String name) {
		end(node, name, true);
	}

	private void end(ModelNode node, String name, boolean expires) {
		List<Opened> open = this.all.stream()
			.filter((opened) -> opened.group.name().equals(name) && !opened.group.isClosed())
			.filter((opened) -> haveMet(node, opened.node))
			.toList();
		this.ends.add(new End(node, name, expires, this.time.getAsLong(), open));
	}

	/** Later nodes do not know each other at once. */
	private boolean haveMet(ModelNode node, ModelNode other) {
		return node.knows(other) || (this.first.contains(node) && this.first.contains(other));
	}

	void closeIfEmpty(Group group) {
		if (group.closeIfEmpty()) {
			this.closedAlone.add(group);
		}
	}

	/** Checks the groups after a quiet time. */
	void check() {
		for (Opened opened : this.all) {
			if (opened.group.isClosed()) {
				assertThat(opened.group.members()).as("members of closed %s", opened).isEmpty();
				assertThat(opened.group.count()).as("count of closed %s", opened).isZero();
				assertThat(this.closedAlone.contains(opened.group) || hasEnd(opened))
					.as("%s was closed for a reason", opened)
					.isTrue();
			}
		}
		boolean allRun = this.first.stream().allMatch(ModelNode::isRunning);
		this.ends.stream().filter((end) -> end.by.isRunning() && (allRun || !end.expires)).forEach((end) -> {
			assertThat(end.open).as("groups that are open after %s has ended %s", end.by.name, end.group)
				.allMatch((opened) -> opened.group.isClosed() || !opened.node.isRunning());
		});
	}

	private boolean hasEnd(Opened opened) {
		return this.ends.stream()
			.filter((end) -> end.group.equals(opened.group.name()))
			.anyMatch((end) -> opened.isGateway || end.expires || end.nanos > opened.nanos - SETTLED_NANOS);
	}

	/**
	 * A group that a node has opened. On a gateway it may have had members before, so
	 * that a late close closes it.
	 */
	private record Opened(ModelNode node, Group group, long nanos, boolean isGateway) {

		@Override
		public String toString() {
			return "%s of %s".formatted(this.group.name(), this.node.name);
		}

	}

	/** A node has ended a group, so these must be closed. */
	private record End(ModelNode by, String group, boolean expires, long nanos, List<Opened> open) {
	}

}
