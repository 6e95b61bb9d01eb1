package io.nanogame.transport;

import java.util.function.LongSupplier;

import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.time.RealTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages from sessions to wires: through the outbound interceptors, onto the
 * loop, in order, and no more of them than a client can be expected to read.
 */
final class Output {

	private static final Logger log = LoggerFactory.getLogger(Output.class);

	/** What a message weighs beside its body while it waits. */
	static final int MESSAGE_OVERHEAD = 64;

	/**
	 * How long more than the high-water mark may wait for a client that is to be
	 * disconnected for it, in nanoseconds: less would be no time to read.
	 */
	private static final long PATIENCE_NANOS = 2_000_000_000L;

	/** How many times the high-water mark may wait meanwhile. */
	private static final int LARGEST_BURST = 8;

	private final MessageEncoder encoder;

	private final OutboundInterceptors interceptors;

	private final Traffic traffic;

	private final MessageLog messageLog;

	private final int highWaterMark;

	private final PushSettings pushes;

	private final boolean merging;

	private final LongSupplier nanoTime;

	Output(MessageEncoder encoder, OutboundInterceptors interceptors, Traffic traffic, MessageLog messageLog,
			int highWaterMark, PushSettings pushes, LongSupplier nanoTime) {
		this.encoder = encoder;
		this.interceptors = interceptors;
		this.traffic = traffic;
		this.messageLog = messageLog;
		this.highWaterMark = highWaterMark;
		this.pushes = pushes;
		this.merging = !pushes.mergeWindow().isZero();
		this.nanoTime = nanoTime;
	}

	/** Any thread. Serialises on it. */
	void send(ClientConnection connection, Session session, OutboundMessage message) {
		if (session.login().isCandidate()) {
			this.traffic.pushDropped();
			log.debug("A push to a client in its handshake was dropped");
			return;
		}
		OutboundMessage leaving = this.interceptors.apply(session, message);
		if (leaving == null) {
			return;
		}
		int size = leaving.body().length + MESSAGE_OVERHEAD;
		OutputLoop loop = connection.wire().loop();
		if (loop.isDirect()) {
			connection.deliver(leaving);
			return;
		}
		WaitingOutput waiting = connection.waiting();
		long ahead = waiting.queue(size);
		if (isPush(leaving) && ahead > this.highWaterMark && isTooMuch(waiting, leaving, ahead)) {
			waiting.dequeue(size);
			overflow(connection, session, leaving);
			return;
		}
		loop.enqueue(() -> {
			waiting.dequeue(size);
			connection.deliver(leaving);
		});
	}

	/** Loop. */
	void deliver(ClientConnection connection, Session session, Broadcast broadcast) {
		OutboundMessage push = broadcast.message();
		OutboundMessage leaving = this.interceptors.apply(session, push);
		if (leaving != push) {
			if (leaving != null) {
				deliver(connection, session, leaving);
			}
		}
		else if (isTooMuch(connection, push)) {
			overflow(connection, session, push);
		}
		else if (isNewest(connection, push)) {
			boolean codes = session.handshake().client().readsRouteCodes();
			connection.wire().append(broadcast.packet(this.encoder, codes));
			sent(connection, session, push);
		}
	}

	/** Loop. */
	void deliver(ClientConnection connection, Session session, OutboundMessage message) {
		if (isPush(message) && isTooMuch(connection, message)) {
			overflow(connection, session, message);
			return;
		}
		if (!isNewest(connection, message)) {
			return;
		}
		ClientInfo client = session.handshake().client();
		try {
			append(connection.wire(), message, client.readsRouteCodes(), client.readsErrorMark());
		}
		catch (ProtocolException ex) {
			log.error("A message to {} was not sent: {}", ClientText.printable(message.route()), ex.getMessage());
			return;
		}
		sent(connection, session, message);
	}

	private void append(Wire wire, OutboundMessage message, boolean compressRoute, boolean markError) {
		byte[] body = message.body();
		int length = this.encoder.packetLength(message.type(), message.id(), message.route(), body, compressRoute);
		this.encoder.encodePacket(wire.append(length), message.type(), message.id(), message.route(), body,
				markError && message.isError(), compressRoute);
	}

	/** Loop: whether a push is one too many behind what the client has not read. */
	private boolean isTooMuch(ClientConnection connection, OutboundMessage push) {
		long ahead = connection.wire().pendingBytes();
		if (ahead <= this.highWaterMark) {
			connection.waiting().catchUp();
			return false;
		}
		return isTooMuch(connection.waiting(), push, ahead);
	}

	/**
	 * Any thread: whether a push is one too many behind more than the mark. Its own size
	 * does not count, and a client is not cut off for what has only just come.
	 */
	private boolean isTooMuch(WaitingOutput waiting, OutboundMessage push, long ahead) {
		return this.pushes.policy(push.route()) != PushPolicy.DISCONNECT || ahead / LARGEST_BURST > this.highWaterMark
				|| waiting.fallBehind(this.nanoTime.getAsLong()) > PATIENCE_NANOS;
	}

	/** Whether no newer push of the same key is held for the client. */
	private boolean isNewest(ClientConnection connection, OutboundMessage message) {
		HeldPushes held = connection.waiting().heldOrNull();
		if (held == null || !isPush(message) || this.pushes.policy(message.route()) != PushPolicy.COALESCE) {
			return true;
		}
		if (held.passes(this.pushes.keyOf(message), message)) {
			return true;
		}
		this.traffic.pushCoalesced();
		return false;
	}

	/** Any thread: a push to a client that does not read. */
	private void overflow(ClientConnection connection, Session session, OutboundMessage push) {
		switch (this.pushes.policy(push.route())) {
			case DROP -> this.traffic.pushDropped();
			case COALESCE -> hold(connection, session, push);
			case DISCONNECT -> session.close(CloseReason.SLOW_CONSUMER);
		}
	}

	private void hold(ClientConnection connection, Session session, OutboundMessage push) {
		HeldPushes held = connection.waiting().held();
		Object key = this.pushes.keyOf(push);
		if (held.bytesBeside(key, push) > this.highWaterMark) {
			session.close(CloseReason.SLOW_CONSUMER);
			return;
		}
		if (held.hold(key, push)) {
			this.traffic.pushCoalesced();
		}
		// It may have begun to read before it could see that something is held.
		releaseHeldPushes(connection);
	}

	/**
	 * Sends what is held, if the client has read enough, behind all that was made before
	 * and is still queued. Any thread.
	 */
	void releaseHeldPushes(ClientConnection connection) {
		HeldPushes held = connection.waiting().heldOrNull();
		if (held != null && !held.isEmpty()) {
			long now = RealTime.nanoTime();
			connection.wire().loop().enqueue(() -> release(connection, held, now));
		}
	}

	private void release(ClientConnection connection, HeldPushes held, long untilNanos) {
		if (!connection.wire().isWritable()) {
			return; // writable() comes back
		}
		held.takeUntil(untilNanos).forEach(connection::deliver);
		releaseHeldPushes(connection);
	}

	private void sent(ClientConnection connection, Session session, OutboundMessage message) {
		this.traffic.messageSent(message.type());
		this.messageLog.sent(session, message);
		connection.wire().loop().appended();
		if (this.merging && isPush(message)) {
			connection.flushLater();
		}
		else {
			connection.flush();
		}
	}

	/** Only pushes can pile up without bound; responses are held back by the backlog. */
	private static boolean isPush(OutboundMessage message) {
		return message.type() == MessageType.PUSH;
	}

}
