package io.nanogame.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * The requests of one connection in the order in which they were written, because replies
 * without a number have the same order. A request that has timed out remains in the
 * order. Confined to the event loop.
 */
final class ReplyOrder {

	/** The requests without a reply that are kept at least, beside those in flight. */
	private static final int MAX_ABANDONED = 1024;

	private final Deque<Sent> sent = new ArrayDeque<>();

	private final int max;

	private final LongPredicate pending;

	private final LongConsumer unanswered;

	/**
	 * Creates the order of a connection.
	 * @param maxInFlight the maximum number of pending requests
	 * @param pending whether a request awaits its reply
	 * @param unanswered receives the requests that the server has skipped
	 */
	ReplyOrder(int maxInFlight, LongPredicate pending, LongConsumer unanswered) {
		this.max = (int) Math.min(Integer.MAX_VALUE, (long) maxInFlight + MAX_ABANDONED);
		this.pending = pending;
		this.unanswered = unanswered;
	}

	/** Adds a request that is being written. */
	void add(long id, long request) {
		this.sent.add(new Sent(id, request));
		while (this.sent.size() > this.max && !this.pending.test(this.sent.element().request)) {
			this.sent.remove();
		}
	}

	/**
	 * Removes the request of a reply, and the earlier ones, which have none.
	 * @param id the id of the packet
	 * @return the request; 0 if the packet is not a reply
	 */
	long reply(long id) {
		if (!contains(id)) {
			return 0;
		}
		Sent first = this.sent.remove();
		while (first.id != id) {
			this.unanswered.accept(first.request);
			first = this.sent.remove();
		}
		return first.request;
	}

	private boolean contains(long id) {
		for (Sent request : this.sent) {
			if (request.id == id) {
				return true;
			}
		}
		return false;
	}

	/** Removes the oldest request, which has failed; returns 0 if there is none. */
	long error() {
		Sent first = this.sent.poll();
		return (first != null) ? first.request : 0;
	}

	/**
	 * A request.
	 *
	 * @param id the id of its packet and its reply
	 * @param request its number on the connection
	 */
	private record Sent(long id, long request) {
	}

}
