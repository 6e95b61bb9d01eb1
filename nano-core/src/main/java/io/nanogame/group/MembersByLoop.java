package io.nanogame.group;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Function;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.WrittenPush;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group by their loops and payloads. Thread-safe; the calls for one
 * session must not overlap. A loop without members is removed, because every servlet
 * WebSocket has its own loop.
 */
final class MembersByLoop {

	private final ConcurrentMap<DeliveryKey, Share> shares = new ConcurrentHashMap<>(4);

	/**
	 * The number of shares created so far. A broadcast skips shares that are created
	 * while it runs.
	 */
	private final AtomicLong created = new AtomicLong();

	/** Creates the list of the members on a loop. */
	private final Function<ConnectionLoop, LoopMembers> lists;

	MembersByLoop(Function<ConnectionLoop, LoopMembers> lists) {
		this.lists = lists;
	}

	/** Adds a session. Returns an action that removes it, which must be run once. */
	Runnable add(Session session) {
		Share share = Objects.requireNonNull(this.shares.compute(DeliveryKey.of(session), (key, present) -> {
			Share current = (present != null) ? present
					: new Share(key, this.lists.apply(key.loop()), this.created.incrementAndGet());
			current.count++;
			return current;
		}));
		Runnable removal = share.members.add(session);
		return () -> {
			removal.run();
			// Not with the key of this session, which every member would keep.
			this.shares.computeIfPresent(share.key, (same, present) -> (--present.count > 0) ? present : null);
		};
	}

	/**
	 * Sends to some members, selected by their loops and payloads. The push is written
	 * once for each serializer.
	 * @param merged the route of the push if it is merged; otherwise null
	 * @throws io.nanogame.serialize.SerializationException when the value cannot be
	 * written
	 */
	void send(OutboundMessage message, @Nullable MergedRoute merged, BiPredicate<ConnectionLoop, Payloads> some) {
		WrittenPush push = null;
		// Skips shares that were created meanwhile: a loop that loses its last member and
		// gets a new one may be visited twice.
		long newest = this.created.get();
		// Not isEmpty, which may be true until another thread has counted its new share.
		for (Share share : this.shares.values()) {
			if (push == null) {
				// Fails here, not on the loops, when the value cannot be written.
				push = new WrittenPush(message);
			}
			DeliveryKey key = share.key;
			if (share.number <= newest && some.test(key.loop(), key.payloads())) {
				OutboundMessage written = push.with(key.payloads());
				if (written != null) {
					share.send(written, merged);
				}
			}
		}
	}

	/** Sends the pushes that wait for the end of their merge windows. */
	void flush() {
		this.shares.values().forEach((share) -> share.members.flush());
	}

	/** The members of one loop that have the same payloads. */
	private static final class Share {

		private final DeliveryKey key;

		private final LoopMembers members;

		private final long number;

		/** Guarded by the map's lock for this share. */
		private int count;

		Share(DeliveryKey key, LoopMembers members, long number) {
			this.key = key;
			this.members = members;
			this.number = number;
		}

		void send(OutboundMessage push, @Nullable MergedRoute merged) {
			if (merged != null) {
				this.members.merge(push, merged);
			}
			else {
				this.members.broadcast(push);
			}
		}

	}

}
