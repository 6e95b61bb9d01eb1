package io.nanogame.group;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;

/**
 * The members of a group by their loops. Any thread; the calls for one session must not
 * overlap. A loop without members is removed, because every servlet WebSocket has its own
 * loop.
 */
final class MembersByLoop {

	private final ConcurrentMap<ConnectionLoop, Share> shares = new ConcurrentHashMap<>(4);

	/**
	 * The number of shares created so far. A broadcast skips shares that are created
	 * while it runs.
	 */
	private final AtomicLong created = new AtomicLong();

	/** Adds a session. Returns an action that removes it, which must be run once. */
	Runnable add(Session session) {
		ConnectionLoop loop = session.connection().loop();
		Share share = Objects.requireNonNull(this.shares.compute(loop, (key, present) -> {
			Share current = (present != null) ? present : new Share(key.members(), this.created.incrementAndGet());
			current.count++;
			return current;
		}));
		Runnable removal = share.members.add(session);
		return () -> {
			removal.run();
			this.shares.computeIfPresent(loop, (key, present) -> (--present.count > 0) ? present : null);
		};
	}

	/**
	 * Sends to the members on some loops.
	 * @throws io.nanogame.serialize.SerializationException when the value cannot be
	 * written
	 */
	void send(OutboundMessage message, Predicate<ConnectionLoop> loops) {
		if (this.shares.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		message.body();
		// Skips shares that were created meanwhile: a loop that loses its last member and
		// gets a new one may be visited twice.
		long newest = this.created.get();
		this.shares.forEach((loop, share) -> {
			if (share.number <= newest && loops.test(loop)) {
				share.members.broadcast(message);
			}
		});
	}

	/** The members of one loop. */
	private static final class Share {

		private final LoopMembers members;

		private final long number;

		/** Guarded by the map's lock for this loop. */
		private int count;

		Share(LoopMembers members, long number) {
			this.members = members;
			this.number = number;
		}

	}

}
