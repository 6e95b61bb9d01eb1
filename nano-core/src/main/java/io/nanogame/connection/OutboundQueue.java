package io.nanogame.connection;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LatestPush;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbound messages of one client: those that other threads have sent and that are
 * not encoded yet, and pushes that are held until the client has read. Passes messages to
 * the loop in order, as the {@link OutboundPolicy} allows, and schedules flushes.
 * Confined to the loop, except where stated.
 */
public final class OutboundQueue implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

	private static final AtomicLongFieldUpdater<OutboundQueue> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "queuedBytes");

	private final OutboundPolicy policy;

	private final Wire wire;

	private final ProtocolConnection protocol;

	/** The bytes that other threads have sent and that are not encoded yet. */
	private volatile long queuedBytes;

	/** Null until the client falls behind. Written under the lock of this. */
	private volatile @Nullable Lag lag;

	/** True from the opening of the session until the connection ends. */
	private boolean open;

	/** Whether a read is being processed, which ends with a flush. */
	private boolean reading;

	/** Whether a flush is scheduled at the end of the merge window. */
	private boolean merging;

	OutboundQueue(OutboundPolicy policy, Wire wire, ProtocolConnection protocol) {
		this.policy = policy;
		this.wire = wire;
		this.protocol = protocol;
	}

	/** Sends messages from now on, because the session is open. */
	void open() {
		this.open = true;
	}

	/** Sends no further messages, because the connection ends. */
	void close() {
		this.open = false;
		Lag present = this.lag;
		if (present != null) {
			present.clear();
		}
	}

	/** Sends a message. Serialises its value on the calling thread. Thread-safe. */
	void send(Session session, OutboundMessage message) {
		if (SessionHandle.of(session).login().isCandidate() || message.isOutdated(session)) {
			this.policy.droppedInHandshake(session);
			return;
		}
		OutboundMessage leaving = this.policy.intercept(session, message);
		if (leaving == null) {
			return;
		}
		this.protocol.check(leaving);
		// Serialises the value, on the calling thread.
		int size = CoalescingBuffer.queuedBytes(leaving);
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
			if (SessionHandle.of(session).login().isCandidate()) {
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
			byte[] packet = broadcast.packet(this.protocol.broadcastForm());
			if (packet != null) {
				this.protocol.append(this.wire, push, packet);
				sent(session, push);
			}
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
		catch (ProtocolException | SerializationException ex) {
			log.error("A message to {} was not sent: {} reason={}", ClientText.printable(message.route()),
					LoggedClient.of(session), ex.getMessage());
			return;
		}
		sent(session, message);
	}

	/**
	 * Returns whether a push must not be sent, because the client has not read enough.
	 */
	private boolean isTooMuch(OutboundMessage push) {
		long ahead = this.wire.pendingBytes();
		if (this.policy.isAboveMark(ahead)) {
			// Unflushed bytes are not unread by the client.
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

	/** Thread-safe. */
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

	/**
	 * Holds a push whose value is not created yet, if the client is behind. Thread-safe.
	 */
	boolean hold(LatestPush push) {
		boolean behind = isBehind();
		Lag present = behind ? lag() : this.lag;
		return present != null && present.hold(push, behind);
	}

	/**
	 * Returns whether the client is behind. Thread-safe; may be slightly stale on other
	 * threads.
	 */
	boolean isBehind() {
		return this.policy.isAboveMark(this.queuedBytes) || !this.wire.isWritable();
	}

	/**
	 * Returns whether the client keeps up with the output, or the connection has ended.
	 */
	boolean hasRoom() {
		if (this.policy.isAboveMark(this.wire.pendingBytes())) {
			this.wire.flush();
		}
		return !this.open || this.wire.isWritable();
	}

	/** Returns whether no newer push of the same key is held for the client. */
	private boolean isNewest(OutboundMessage message) {
		Lag present = this.lag;
		if (present == null || !OutboundPolicy.isPush(message) || this.policy.of(message) != PushPolicy.COALESCE) {
			return true;
		}
		return present.passes(message);
	}

	/** Handles a push to a client that does not read. Thread-safe. */
	private void overflow(Session session, OutboundMessage push) {
		switch (this.policy.of(push)) {
			case DROP -> this.policy.dropped();
			case COALESCE -> lag().hold(session, push);
			case DISCONNECT -> session.close(CloseReason.SLOW_CONSUMER);
		}
	}

	/**
	 * Sends the held pushes, if the client has read enough, after all older ones that are
	 * still queued. Thread-safe.
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
	 * Runs a task on the loop, in the order of the output. Thread-safe.
	 * @param task must not block or throw
	 */
	public void enqueue(Runnable task) {
		this.wire.loop().enqueue(task);
	}

	/**
	 * Sends a packet that is not a message.
	 * @param packet the complete packet; must never be modified
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

	/** Called when a read begins, which ends with a flush of the wire. */
	void beginRead() {
		this.reading = true;
	}

	void endRead() {
		this.reading = false;
	}

}
