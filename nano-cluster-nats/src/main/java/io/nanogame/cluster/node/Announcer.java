package io.nanogame.cluster.node;

import java.util.function.Supplier;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.peer.RoundTrip;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.node.Node;

/**
 * Publishes the announcements of this node. Thread-safe.
 */
final class Announcer {

	private final Bus bus;

	private final Subjects subjects;

	private final Supplier<Node> self;

	private final ClusterNodes nodes;

	private final Versions versions;

	private final NumberCheck.Start start;

	private final RoundTrip roundTrip;

	/**
	 * Whether the start was announced. Until then the description is not complete, and
	 * this node does not receive messages. Guarded by this.
	 */
	private boolean started;

	/** Whether the stop was announced, the last announcement. Guarded by this. */
	private boolean closed;

	/** Guarded by this. */
	private boolean moving;

	Announcer(Bus bus, Subjects subjects, Supplier<Node> self, ClusterNodes nodes, Versions versions,
			NumberCheck.Start start, RoundTrip roundTrip) {
		this.bus = bus;
		this.subjects = subjects;
		this.self = self;
		this.nodes = nodes;
		this.versions = versions;
		this.start = start;
		this.roundTrip = roundTrip;
	}

	/** Announces this node to all nodes, itself included. */
	void announce(String kind) {
		publish(Topics.members(), kind, this.roundTrip.send());
	}

	/**
	 * Announces that this node reconnects in a moment, and does not announce itself
	 * otherwise until {@link #moved()}.
	 */
	void move() {
		synchronized (this) {
			this.moving = true;
		}
		announce(Announcement.MOVING);
	}

	synchronized void moved() {
		this.moving = false;
	}

	/** Announces this node to another one, and requests its announcement. */
	void greet(String id) {
		publish(Topics.member(id), Announcement.HELLO, 0);
	}

	/** Replies to an announcement that requests it. */
	void reply(Announcement announcement) {
		if (announcement.kind().equals(Announcement.HELLO)) {
			publish(Topics.member(announcement.node().id()), Announcement.HEARTBEAT, 0);
		}
	}

	/** Synchronized, so that the newest description is published last. */
	private synchronized void publish(String topic, String kind, long sentNanos) {
		this.started |= kind.equals(Announcement.HELLO);
		if (!this.started || this.closed) {
			return;
		}
		this.closed = kind.equals(Announcement.GOODBYE);
		String actual = (this.moving && !this.closed) ? Announcement.MOVING : kind;
		Node now = this.self.get();
		this.nodes.self(now);
		this.bus.publish(this.subjects.own(topic),
				new Announcement(actual, now, this.versions, this.start, sentNanos).write());
	}

}
