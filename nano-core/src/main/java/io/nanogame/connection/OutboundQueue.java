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
 * the {@link Outlet} in order, as the {@link OutboundPolicy} allows. Confined to the
 * loop, except where stated.
 */
public final class OutboundQueue {

	private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

	private static final AtomicLongFieldUpdater<OutboundQueue> QUEUED = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "queuedBytes");

	private final OutboundPolicy policy;

	private final OutputLoop loop;

	private final Outlet outlet;

	private final ProtocolConnection protocol;

	/** The bytes that other threads have sent and that are not encoded yet. */
	private volatile long queuedBytes;

	/** Null until the client falls behind. Written under the lock of this. */
	private volatile @Nullable Lag lag;

	/** True from the opening of the session until the connection ends. */
	private boolean open;

	OutboundQueue(OutboundPolicy policy, Wire wire, ProtocolConnection protocol) {
		this.policy = policy;
		this.loop = wire.loop();
		this.protocol = protocol;
		this.outlet = new Outlet(policy, wire, protocol);
	}

	Outlet outlet() {
		return this.outlet;
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

	/**
	 * Sends the held pushes by the next connection of a session that has moved to another
	 * server: as kept packets they could be more than the client may miss.
	 */
	void moveHeld(Session session) {
		lag().move((push) -> FormerOutput.passOn(this, session, push), session);
	}

	/** Sends a message. Serialises its value on the calling thread. Thread-safe. */
	void send(Session session, OutboundMessage message) {
		if (SessionHandle.own(session).login().isCandidate() || message.isOutdated(session)) {
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
		if (this.loop.isDirect()) {
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
		this.loop.enqueue(() -> {
			QUEUED.addAndGet(this, -size);
			deliver(session, leaving);
		});
	}

	void deliver(Session session, Broadcast broadcast) {
		if (!this.open) {
			if (SessionHandle.own(session).login().isCandidate()) {
				this.policy.droppedInHandshake(session);
			}
			FormerOutput.passOn(this, session, broadcast.message());
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
			this.outlet.append(session, broadcast);
		}
	}

	void deliver(Session session, OutboundMessage message) {
		if (message.isForFormerClient(session)) {
			return;
		}
		if (!this.open) {
			FormerOutput.passOn(this, session, message);
			return;
		}
		if (OutboundPolicy.isPush(message) && isTooMuch(message)) {
			overflow(session, message);
			return;
		}
		if (isNewest(message)) {
			append(session, message);
		}
	}

	private void append(Session session, OutboundMessage message) {
		try {
			this.outlet.append(session, message);
		}
		catch (ProtocolException | SerializationException ex) {
			log.error("A message to {} was not sent: {} reason={}", ClientText.printable(message.route()),
					LoggedClient.of(session), ex.getMessage());
		}
	}

	/**
	 * Returns whether a push must not be sent, because the client has not read enough.
	 */
	private boolean isTooMuch(OutboundMessage push) {
		long ahead = this.outlet.wire().pendingBytes();
		if (this.policy.isAboveMark(ahead)) {
			// Unflushed bytes are not unread by the client.
			this.outlet.wire().flush();
			ahead = this.outlet.wire().pendingBytes();
		}
		if (this.policy.isAboveMark(ahead)) {
			return (this.policy.of(push) != PushPolicy.DISCONNECT || !this.outlet.isDetached())
					&& this.policy.isTooMuch(lag(), push, ahead);
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
					present = new Lag(this, this.policy);
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

	/** Returns whether the client reads. Confined to the loop. */
	boolean isWritable() {
		return this.outlet.wire().isWritable();
	}

	/**
	 * Returns whether the client is behind. Thread-safe; may be slightly stale on other
	 * threads.
	 */
	boolean isBehind() {
		return this.policy.isAboveMark(this.queuedBytes) || !this.outlet.wire().isWritable();
	}

	/**
	 * Returns whether the client keeps up with the output, or the connection has ended.
	 */
	boolean hasRoom() {
		if (this.policy.isAboveMark(this.outlet.wire().pendingBytes())) {
			this.outlet.wire().flush();
		}
		return !this.open || this.outlet.wire().isWritable();
	}

	/** Returns whether no newer push of the same key is held for the client. */
	private boolean isNewest(OutboundMessage message) {
		Lag present = this.lag;
		if (present == null || !OutboundPolicy.isPush(message) || this.policy.of(message) != PushPolicy.COALESCE) {
			return true;
		}
		return present.passes(message);
	}

	/** Closes the session, or drops a push to a client that is replaced. Thread-safe. */
	void tooSlow(Session session) {
		if (SessionHandle.of(session).login().isReserved()) {
			this.policy.dropped();
		}
		else {
			session.close(CloseReason.SLOW_CONSUMER);
		}
	}

	/** Continues with another wire, whose client is not behind. */
	void attach(Wire next) {
		this.outlet.attach(next);
		Lag present = this.lag;
		if (present != null) {
			present.catchUp();
		}
	}

	/** Handles a push to a client that does not read. Thread-safe. */
	private void overflow(Session session, OutboundMessage push) {
		switch (this.policy.of(push)) {
			case DROP -> this.policy.dropped();
			case COALESCE -> lag().hold(session, push);
			case DISCONNECT -> tooSlow(session);
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

	/**
	 * Runs a task on the loop, in the order of the output. Thread-safe.
	 * @param task must not block or throw
	 */
	public void enqueue(Runnable task) {
		this.loop.enqueue(task);
	}

	/**
	 * Sends a packet that is not a message.
	 * @param packet the complete packet; must never be modified
	 */
	public void append(byte[] packet) {
		this.outlet.append(packet);
	}

}
