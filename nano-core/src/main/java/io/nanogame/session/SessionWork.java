package io.nanogame.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.nanogame.lane.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * What a session has going: the messages that are handled in order, and the requests that
 * are answered out of it. For those who carry and handle messages, not for the game. Any
 * thread.
 */
public final class SessionWork {

	private static final AtomicIntegerFieldUpdater<SessionWork> GIVEN_UP = AtomicIntegerFieldUpdater
		.newUpdater(SessionWork.class, "givenUp");

	private static final AtomicLongFieldUpdater<SessionWork> PENDING_BYTES = AtomicLongFieldUpdater
		.newUpdater(SessionWork.class, "pendingBytes");

	private final Mailbox mailbox;

	private final Connection connection;

	private volatile boolean abandoned;

	/** Messages that were answered before their turn and still stand in line. */
	private volatile int givenUp;

	/**
	 * What the pending replies hold, without what those hold no more that were given up.
	 */
	private volatile long pendingBytes;

	/** Made when first needed. Guarded by this. */
	private volatile @Nullable Set<PendingReply> pendingReplies;

	SessionWork(Connection connection) {
		this.connection = connection;
		this.mailbox = new Mailbox(connection::resume);
	}

	/**
	 * Keeps the messages in order.
	 * @return the mailbox
	 */
	public Mailbox mailbox() {
		return this.mailbox;
	}

	/**
	 * How much there is to do.
	 * @return messages that wait or are handled, and requests that are not answered; the
	 * number that back-pressure looks at. Without those that were given up
	 */
	public int backlog() {
		Set<PendingReply> pending = this.pendingReplies;
		int waiting = this.mailbox.size() + ((pending != null) ? pending.size() : 0);
		return Math.max(0, waiting - this.givenUp);
	}

	/**
	 * Whether the client waits for an answer.
	 * @return false when only notifies are left to do
	 */
	public boolean owesAnswers() {
		AtomicBoolean owes = new AtomicBoolean(!pendingReplies().isEmpty());
		this.mailbox.forEach((task) -> {
			if (!(task instanceof PendingReply message) || message.id() != 0) {
				owes.set(true);
			}
		});
		return owes.get();
	}

	/**
	 * How many messages were answered before their turn and still stand in line, because
	 * what is ahead of them does not end.
	 * @return the number, at once out of date
	 */
	public int givenUp() {
		return this.givenUp;
	}

	/**
	 * A message was answered before its turn, and does not count as work any more. The
	 * connection is resumed by whoever asked to {@link #expire} or {@link #abandon}.
	 * @param weight of the message, which it holds no more
	 */
	public void giveUp(int weight) {
		PENDING_BYTES.addAndGet(this, -weight);
		GIVEN_UP.incrementAndGet(this);
	}

	/**
	 * A message that was given up leaves the line.
	 * @param weight of the message
	 */
	public void passed(int weight) {
		GIVEN_UP.decrementAndGet(this);
		PENDING_BYTES.addAndGet(this, weight);
	}

	/**
	 * How many bytes of a client the backlog holds.
	 * @return the bodies of its messages, inflated
	 */
	public long backlogBytes() {
		return Math.max(0, this.mailbox.weight() + this.pendingBytes);
	}

	/**
	 * Remembers a request that is answered outside the order of messages.
	 * @param reply the request
	 */
	public void await(PendingReply reply) {
		Set<PendingReply> pending = this.pendingReplies;
		if (pending == null) {
			synchronized (this) {
				pending = this.pendingReplies;
				if (pending == null) {
					pending = ConcurrentHashMap.newKeySet(4);
					this.pendingReplies = pending;
				}
			}
		}
		if (pending.add(reply)) {
			PENDING_BYTES.addAndGet(this, reply.weight());
		}
	}

	/**
	 * The request was answered.
	 * @param reply a request given to {@link #await}
	 */
	public void forget(PendingReply reply) {
		Set<PendingReply> pending = this.pendingReplies;
		if (pending != null && pending.remove(reply)) {
			PENDING_BYTES.addAndGet(this, -reply.weight());
			this.connection.resume();
		}
	}

	/**
	 * Answers what has waited or run too long.
	 * @param nowNanos the time of the server
	 */
	public void expire(long nowNanos) {
		int before = this.givenUp;
		this.mailbox.sweep((task) -> {
			if (task instanceof PendingReply waiting) {
				waiting.expire(nowNanos);
			}
		});
		pendingReplies().forEach((reply) -> reply.expire(nowNanos));
		if (this.givenUp > before) {
			this.connection.resume();
		}
	}

	/**
	 * Answers everything that waits for an answer, because the server stops and can wait
	 * no longer. What has not begun will not begin.
	 */
	public void abandon() {
		this.abandoned = true;
		this.mailbox.forEach((task) -> {
			if (task instanceof PendingReply waiting) {
				waiting.abandon();
			}
		});
		pendingReplies().forEach(PendingReply::abandon);
	}

	/**
	 * Whether messages that wait are not handled any more.
	 * @return true after {@link #abandon()}
	 */
	public boolean isAbandoned() {
		return this.abandoned;
	}

	boolean respond(long messageId, Object payload) {
		for (PendingReply reply : pendingReplies()) {
			if (reply.id() == messageId && reply.reply(payload)) {
				return true;
			}
		}
		return false;
	}

	private Set<PendingReply> pendingReplies() {
		Set<PendingReply> pending = this.pendingReplies;
		return (pending != null) ? pending : Set.of();
	}

}
