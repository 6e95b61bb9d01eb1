package io.nanogame.session;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Predicate;

import io.nanogame.lane.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session that are queued or handled, and its requests that are
 * answered out of order. Thread-safe; no method blocks.
 */
public final class SessionQueue implements Runnable {

	private static final AtomicLongFieldUpdater<SessionQueue> GIVEN_UP = AtomicLongFieldUpdater
		.newUpdater(SessionQueue.class, "givenUp");

	/** The low bits hold the bytes of all messages, the high bits their number. */
	private static final int BYTES_BITS = 36;

	private final SessionHandle handle;

	private final Mailbox mailbox;

	/**
	 * The number and the bytes of messages that were given up, which the mailbox or the
	 * pending replies still count.
	 */
	private volatile long givenUp;

	/** Created on first use, because most sessions need none. Guarded by this. */
	private volatile @Nullable PendingReplies replies;

	/** Null unless other servers handle messages to routes that this one has, too. */
	private volatile @Nullable Predicate<String> elsewhere;

	SessionQueue(SessionHandle handle) {
		this.handle = handle;
		this.mailbox = new Mailbox(this);
	}

	/**
	 * Returns the mailbox that keeps the messages in order.
	 * @return always the same object
	 */
	public Mailbox mailbox() {
		return this.mailbox;
	}

	/**
	 * Sets which messages other servers handle, although this one has their routes.
	 * @param routes recognises the routes; called for each message, on the thread that
	 * has received it; null for none
	 */
	public void setElsewhere(@Nullable Predicate<String> routes) {
		this.elsewhere = routes;
	}

	/**
	 * Returns whether another server handles the messages to a route.
	 * @param route the route
	 * @return false for nearly all sessions
	 */
	public boolean isElsewhere(String route) {
		Predicate<String> present = this.elsewhere;
		return present != null && present.test(route);
	}

	/**
	 * Returns whether no task of the session is queued or runs, and no request of it
	 * waits for a reply.
	 * @return a snapshot
	 */
	public boolean isIdle() {
		PendingReplies pending = this.replies;
		return this.mailbox.size() == 0 && (pending == null || pending.size() == 0);
	}

	/**
	 * Returns the size of the backlog, which decides on back-pressure.
	 * @return the number of messages that are queued or handled, and of other requests
	 * that are not answered; without those that were given up
	 */
	public int backlog() {
		PendingReplies pending = this.replies;
		int all = this.mailbox.size() + ((pending != null) ? pending.size() : 0);
		return Math.max(0, all - givenUp());
	}

	/**
	 * Returns the number of messages, for operators. Unlike the backlog it includes those
	 * that were given up and are not done, and no other tasks.
	 * @return the number of messages that are queued or handled, and of other requests
	 * that are not answered; counted with each call
	 */
	public int messages() {
		Set<PendingReply> messages = Collections.newSetFromMap(new IdentityHashMap<>());
		this.mailbox.forEach((task) -> {
			if (task instanceof PendingReply message) {
				messages.add(message);
			}
		});
		PendingReplies pending = this.replies;
		if (pending != null) {
			pending.forEach(messages::add);
		}
		return messages.size();
	}

	/**
	 * Returns the bytes of client data that the backlog holds.
	 * @return the sum of the lengths of its bodies, after inflation
	 */
	public long backlogBytes() {
		PendingReplies pending = this.replies;
		long all = this.mailbox.weight() + ((pending != null) ? pending.bytes() : 0);
		return Math.max(0, all - (this.givenUp & ((1L << BYTES_BITS) - 1)));
	}

	/**
	 * Returns whether the client awaits a response.
	 * @return false when the backlog consists of notifies
	 */
	public boolean owesReplies() {
		PendingReplies pending = this.replies;
		AtomicBoolean owes = new AtomicBoolean(pending != null && pending.size() > 0);
		this.mailbox.forEach((task) -> {
			if (!(task instanceof PendingReply message) || message.id() != 0) {
				owes.set(true);
			}
		});
		return owes.get();
	}

	/**
	 * Returns how many messages were given up and are still queued, because an earlier
	 * message does not end.
	 * @return a snapshot
	 */
	public int givenUp() {
		return (int) (this.givenUp >>> BYTES_BITS);
	}

	/**
	 * Gives up a message: it was answered before its turn and stays queued, but leaves
	 * the backlog. Called from {@link PendingReply#expire} and
	 * {@link PendingReply#abandon}.
	 * @param weight the bytes that the message has released
	 */
	public void giveUp(int weight) {
		GIVEN_UP.addAndGet(this, load(weight));
	}

	/**
	 * Removes a message that was given up, because its turn has come.
	 * @param weight the same as for {@link #giveUp}
	 */
	public void passed(int weight) {
		GIVEN_UP.addAndGet(this, -load(weight));
	}

	private static long load(int weight) {
		return (1L << BYTES_BITS) + weight;
	}

	/** See {@link Session#inOrder}. */
	void inOrder(Runnable action) {
		this.mailbox.submit(new InOrder(this.handle, action), null);
	}

	/**
	 * Adds a request that is answered out of order.
	 * @param reply the request
	 */
	public void addPending(PendingReply reply) {
		PendingReplies pending = this.replies;
		if (pending == null) {
			synchronized (this) {
				pending = this.replies;
				if (pending == null) {
					pending = new PendingReplies();
					this.replies = pending;
				}
			}
		}
		pending.add(reply);
	}

	/**
	 * Removes a request that is answered out of order. Has no effect if it was not added.
	 * @param reply the request
	 */
	public void removePending(PendingReply reply) {
		PendingReplies pending = this.replies;
		if (pending != null && pending.remove(reply)) {
			run();
		}
	}

	/** See {@link Session#respond}. */
	boolean reply(long messageId, Object payload) {
		PendingReplies pending = this.replies;
		return pending != null && pending.reply(this.handle.client(), messageId, payload);
	}

	/**
	 * Fails the requests whose deadline has passed.
	 * @param nowNanos the time of the server
	 */
	public void expire(long nowNanos) {
		int before = givenUp();
		this.mailbox.sweep((task) -> {
			if (task instanceof PendingReply reply) {
				reply.expire(nowNanos);
			}
		});
		PendingReplies pending = this.replies;
		if (pending != null) {
			pending.expire(nowNanos);
		}
		if (givenUp() > before) {
			run();
		}
	}

	/** Fails all requests. */
	void abandon() {
		this.mailbox.forEach((task) -> {
			if (task instanceof PendingReply reply) {
				reply.abandon();
			}
		});
		PendingReplies pending = this.replies;
		if (pending != null) {
			pending.abandon();
		}
	}

	/** Resumes the connection. Called after each message. */
	@Override
	public void run() {
		this.handle.connection().resume();
	}

}
