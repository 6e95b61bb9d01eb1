package io.nanogame.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;

/**
 * The requests of a session that are answered outside the order of its messages: those to
 * concurrent routes, to other nodes, and deferred ones. Thread-safe.
 */
final class PendingReplies {

	private static final AtomicLongFieldUpdater<PendingReplies> BYTES = AtomicLongFieldUpdater
		.newUpdater(PendingReplies.class, "bytes");

	private final Set<PendingReply> all = ConcurrentHashMap.newKeySet(4);

	private volatile long bytes;

	void add(PendingReply reply) {
		if (this.all.add(reply)) {
			BYTES.addAndGet(this, reply.weight());
		}
	}

	/** Returns whether it was there. */
	boolean remove(PendingReply reply) {
		boolean removed = this.all.remove(reply);
		if (removed) {
			BYTES.addAndGet(this, -reply.weight());
		}
		return removed;
	}

	int size() {
		return this.all.size();
	}

	/** Returns the bytes of client data that the requests hold. */
	long bytes() {
		return this.bytes;
	}

	/** Returns false if the client has no deferred request of this id. */
	boolean reply(int client, long messageId, Object payload) {
		for (PendingReply reply : this.all) {
			if (reply.id() == messageId && reply.client() == client && reply.reply(payload)) {
				return true;
			}
		}
		return false;
	}

	void forEach(Consumer<PendingReply> action) {
		this.all.forEach(action);
	}

	void expire(long nowNanos) {
		this.all.forEach((reply) -> reply.expire(nowNanos));
	}

	void abandon() {
		this.all.forEach(PendingReply::abandon);
	}

}
