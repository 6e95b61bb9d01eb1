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
 * The members of a group on the loops that carry them. Any thread; the calls for one
 * session must not overlap. A loop without members is not kept, because a servlet
 * WebSocket has a loop of its own.
 */
final class MembersByLoop {

	private final ConcurrentMap<ConnectionLoop, Share> shares = new ConcurrentHashMap<>(4);

	/** How many shares there have been, to tell those that came during a broadcast. */
	private final AtomicLong made = new AtomicLong();

	/** Returns what removes the session again, to be run once. */
	Runnable add(Session session) {
		ConnectionLoop loop = session.connection().loop();
		Share share = Objects.requireNonNull(this.shares.compute(loop, (key, present) -> {
			Share entered = (present != null) ? present : new Share(key.members(), this.made.incrementAndGet());
			entered.count++;
			return entered;
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
		// A loop that loses its last member and gets one meanwhile is met twice.
		long newest = this.made.get();
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

		/** Changed under the map's lock of this loop only. */
		private int count;

		Share(LoopMembers members, long number) {
			this.members = members;
			this.number = number;
		}

	}

}
