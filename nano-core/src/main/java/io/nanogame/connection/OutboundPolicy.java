package io.nanogame.connection;

import java.util.function.LongSupplier;

import io.nanogame.observe.LoggedClient;
import io.nanogame.observe.MessageObserver;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the outbound interceptors, counts sent messages, and limits the output that is
 * queued for a client. Thread-safe.
 */
final class OutboundPolicy {

	private static final Logger log = LoggerFactory.getLogger(OutboundPolicy.class);

	/**
	 * The time for which a client may be above the high-water mark before it is
	 * disconnected, in nanoseconds.
	 */
	private static final long GRACE_NANOS = 2_000_000_000L;

	/**
	 * The multiple of the high-water mark at which a client is disconnected immediately.
	 */
	private static final int MAX_BURST_FACTOR = 8;

	private final OutboundInterceptors interceptors;

	private final Traffic traffic;

	private final @Nullable MessageObserver messages;

	private final int highWaterMark;

	private final PushSettings pushes;

	private final boolean merging;

	private final LongSupplier nanoTime;

	OutboundPolicy(OutboundInterceptors interceptors, Traffic traffic, @Nullable MessageObserver messages,
			int highWaterMark, PushSettings pushes, LongSupplier nanoTime) {
		this.interceptors = interceptors;
		this.traffic = traffic;
		this.messages = messages;
		this.highWaterMark = highWaterMark;
		this.pushes = pushes;
		this.merging = !pushes.mergeWindow().isZero();
		this.nanoTime = nanoTime;
	}

	/** Returns the message to send, or null for none. */
	@Nullable OutboundMessage intercept(Session session, OutboundMessage message) {
		return this.interceptors.apply(session, message);
	}

	/** Only pushes can accumulate without bound; responses are limited by the backlog. */
	static boolean isPush(OutboundMessage message) {
		return message.type() == MessageType.PUSH;
	}

	PushPolicy of(OutboundMessage push) {
		return this.pushes.policy(push.route());
	}

	@Nullable Object keyOf(OutboundMessage push) {
		return this.pushes.keyOf(push);
	}

	/** Returns whether a number of queued bytes is above the high-water mark. */
	boolean isAboveMark(long bytes) {
		return bytes > this.highWaterMark;
	}

	/**
	 * Returns whether a push to a client above the high-water mark must not be sent. A
	 * client that must be disconnected for it first gets time to read, so that a short
	 * burst is allowed.
	 */
	boolean isTooMuch(Lag lag, OutboundMessage push, long ahead) {
		return of(push) != PushPolicy.DISCONNECT || ahead / MAX_BURST_FACTOR > this.highWaterMark
				|| lag.fallBehind(this.nanoTime.getAsLong()) > GRACE_NANOS;
	}

	/** Returns whether a message may be delayed to be flushed with others. */
	boolean merges(OutboundMessage message) {
		return this.merging && isPush(message);
	}

	void sent(OutputLoop loop, Session session, OutboundMessage message) {
		this.traffic.messageSent(loop, message.type());
		MessageObserver observer = this.messages;
		if (observer != null) {
			loop.deliver(
					() -> observer.sent(session, message.type(), message.id(), message.route(), message.body().length));
		}
	}

	void dropped() {
		this.traffic.pushDropped();
	}

	void droppedInHandshake(Session session) {
		this.traffic.pushDropped();
		log.debug("A push to a client in its handshake was dropped: {}", LoggedClient.of(session));
	}

	void coalesced() {
		this.traffic.pushCoalesced();
	}

}
