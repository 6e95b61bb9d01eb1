package io.nanogame.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LatestPush;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is on its way to one client: messages other threads have sent and that are not
 * encoded, pushes that wait until the client has read, and the moment of the next flush.
 * Brings messages onto the loop, in order, and no more of them than the
 * {@link OutboundPolicy} allows. Loop, where nothing else is said.
 */
public final class OutboundQueue implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

	private static final AtomicLongFieldUpdater<OutboundQueue> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "queuedBytes");

	private final OutboundPolicy policy;

	private final Wire wire;

	private final ProtocolConnection protocol;

	/** Sent by other threads and not yet encoded. */
	private volatile long queuedBytes;

	/** Null until the client falls behind. Guarded by this. */
	private volatile @Nullable Lag lag;

	/** From when the session opens until the connection ends. */
	private boolean open;

	/** The flush comes at the end of the present read. */
	private boolean reading;

	/** A flush is on its way at the end of the merge window. */
	private boolean merging;

	OutboundQueue(OutboundPolicy policy, Wire wire, ProtocolConnection protocol) {
		this.policy = policy;
		this.wire = wire;
		this.protocol = protocol;
	}

	/** The session is open: messages may leave. */
	void open() {
		this.open = true;
	}

	/** The connection ends: no message leaves any more. */
	void close() {
		this.open = false;
		Lag present = this.lag;
		if (present != null) {
			present.clear();
		}
	}

	/** Any thread. Serialises on it. */
	void send(Session session, OutboundMessage message) {
		if (session.login().isCandidate()) {
			this.policy.droppedInHandshake(session);
			return;
		}
		OutboundMessage leaving = this.policy.intercept(session, message);
		if (leaving == null) {
			return;
		}
		int size = CoalescingBuffer.weight(leaving);
		OutputLoop loop = this.wire.loop();
		if (loop.isDirect()) {
			deliver(session, leaving);
			return;
		}
		long ahead = QUEUED.getAndAdd(this, size);
		if (OutboundPolicy.isPush(leaving) && this.policy.isAboveMark(ahead)
				&& this.policy.isTooMuch(lag(), leaving, ahead)) {
			QUEUED.addAndGet(this, -size);
			overflow(session, leaving);
			return;
		}
		loop.enqueue(() -> {
			QUEUED.addAndGet(this, -size);
			deliver(session, leaving);
		});
	}

	void deliver(Session session, Broadcast broadcast) {
		if (!this.open) {
			if (session.login().isCandidate()) {
				this.policy.droppedInHandshake(session);
			}
			return;
		}
		OutboundMessage push = broadcast.message();
		OutboundMessage leaving = this.policy.intercept(session, push);
		if (leaving != push) {
			if (leaving != null) {
				deliver(session, leaving);
			}
		}
		else if (isTooMuch(push)) {
			overflow(session, push);
		}
		else if (isNewest(push)) {
			this.wire.append(broadcast.packet(this.protocol.broadcastForm()));
			sent(session, push);
		}
	}

	void deliver(Session session, OutboundMessage message) {
		if (!this.open) {
			return;
		}
		if (OutboundPolicy.isPush(message) && isTooMuch(message)) {
			overflow(session, message);
			return;
		}
		if (!isNewest(message)) {
			return;
		}
		try {
			this.protocol.append(this.wire, message);
		}
		catch (ProtocolException ex) {
			log.error("A message to {} was not sent: {} reason={}", ClientText.printable(message.route()),
					LoggedClient.of(session), ex.getMessage());
			return;
		}
		sent(session, message);
	}

	/** Whether a push is one too many behind what the client has not read. */
	private boolean isTooMuch(OutboundMessage push) {
		long ahead = this.wire.pendingBytes();
		if (this.policy.isAboveMark(ahead)) {
			// What waits for the flush is not what the client does not read.
			this.wire.flush();
			ahead = this.wire.pendingBytes();
		}
		if (this.policy.isAboveMark(ahead)) {
			return this.policy.isTooMuch(lag(), push, ahead);
		}
		Lag present = this.lag;
		if (present != null) {
			present.catchUp();
		}
		return false;
	}

	/** Any thread. */
	private Lag lag() {
		Lag present = this.lag;
		if (present == null) {
			synchronized (this) {
				present = this.lag;
				if (present == null) {
					present = new Lag(this, this.policy, this.wire);
					this.lag = present;
				}
			}
		}
		return present;
	}

	/** Holds a push whose value is not made yet, if the client is behind. Any thread. */
	boolean hold(LatestPush push) {
		boolean behind = isBehind();
		Lag present = behind ? lag() : this.lag;
		return present != null && present.hold(push, behind);
	}

	/** Whether more waits than should. Any thread, to which the wire may look stale. */
	boolean isBehind() {
		return this.policy.isAboveMark(this.queuedBytes) || !this.wire.isWritable();
	}

	/**
	 * Whether the client keeps up with all that was sent, or the connection has ended.
	 */
	boolean hasRoom() {
		if (this.policy.isAboveMark(this.wire.pendingBytes())) {
			this.wire.flush();
		}
		return !this.open || this.wire.isWritable();
	}

	/** Whether no newer push of the same key is held for the client. */
	private boolean isNewest(OutboundMessage message) {
		Lag present = this.lag;
		if (present == null || !OutboundPolicy.isPush(message) || this.policy.of(message) != PushPolicy.COALESCE) {
			return true;
		}
		return present.passes(message);
	}

	/** Any thread: a push to a client that does not read. */
	private void overflow(Session session, OutboundMessage push) {
		switch (this.policy.of(push)) {
			case DROP -> this.policy.dropped();
			case COALESCE -> lag().hold(session, push);
			case DISCONNECT -> session.close(CloseReason.SLOW_CONSUMER);
		}
	}

	/**
	 * Sends what is held, if the client has read enough, behind all that was made before
	 * and is still queued. Any thread.
	 */
	void releaseHeld(Session session) {
		Lag present = this.lag;
		if (present != null) {
			present.release(session);
		}
	}

	private void sent(Session session, OutboundMessage message) {
		OutputLoop loop = this.wire.loop();
		this.policy.sent(loop, session, message);
		loop.appended();
		if (!this.policy.merges(message)) {
			flush();
		}
		else if (!this.merging) {
			this.merging = true;
			loop.flushLater(this);
		}
	}

	/**
	 * Does something in the order of what is sent. Any thread.
	 * @param task done on the loop; not blocking, not throwing
	 */
	public void enqueue(Runnable task) {
		this.wire.loop().enqueue(task);
	}

	/**
	 * Sends bytes that are no message.
	 * @param packet all of it; never changed, not even later
	 */
	public void append(byte[] packet) {
		this.wire.append(packet);
		flush();
	}

	private void flush() {
		if (!this.reading) {
			this.wire.loop().flushSoon(this.wire);
		}
	}

	/** Flushes at the end of the merge window. */
	@Override
	public void run() {
		this.merging = false;
		this.wire.flush();
	}

	/** A read begins, at whose end the wire flushes by itself. */
	void beginRead() {
		this.reading = true;
	}

	void endRead() {
		this.reading = false;
	}

}
