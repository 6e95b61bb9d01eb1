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
 * How messages leave a server: through its outbound interceptors, counted, and no more of
 * them than a client can be expected to read. Any thread.
 */
final class OutboundPolicy {

	private static final Logger log = LoggerFactory.getLogger(OutboundPolicy.class);

	/**
	 * How long more than the high-water mark may wait for a client that is to be
	 * disconnected for it, in nanoseconds: less would be no time to read.
	 */
	private static final long PATIENCE_NANOS = 2_000_000_000L;

	/** How many times the high-water mark may wait meanwhile. */
	private static final int LARGEST_BURST = 8;

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

	/** Returns what to send, or null for nothing. */
	@Nullable OutboundMessage intercept(Session session, OutboundMessage message) {
		return this.interceptors.apply(session, message);
	}

	/** Only pushes can pile up without bound; responses are held back by the backlog. */
	static boolean isPush(OutboundMessage message) {
		return message.type() == MessageType.PUSH;
	}

	PushPolicy of(OutboundMessage push) {
		return this.pushes.policy(push.route());
	}

	@Nullable Object keyOf(OutboundMessage push) {
		return this.pushes.keyOf(push);
	}

	/** Whether so many bytes are more than may wait for a client. */
	boolean isAboveMark(long bytes) {
		return bytes > this.highWaterMark;
	}

	/**
	 * Whether a push is one too many behind more than the mark. Its own size does not
	 * count, and a client is not cut off for what has only just come.
	 */
	boolean isTooMuch(Lag lag, OutboundMessage push, long ahead) {
		return of(push) != PushPolicy.DISCONNECT || ahead / LARGEST_BURST > this.highWaterMark
				|| lag.fallBehind(this.nanoTime.getAsLong()) > PATIENCE_NANOS;
	}

	/** Whether a message may wait for others to leave with it. */
	boolean merges(OutboundMessage message) {
		return this.merging && isPush(message);
	}

	void sent(OutputLoop loop, Session session, OutboundMessage message) {
		this.traffic.messageSent(loop, message.type());
		if (this.messages != null) {
			this.messages.sent(session, message.type(), message.id(), message.route(), message.body().length);
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
