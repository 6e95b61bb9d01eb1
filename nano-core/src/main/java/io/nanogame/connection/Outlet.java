package io.nanogame.connection;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;

/**
 * Appends the messages of one client to its wire, and schedules flushes. Confined to the
 * loop, except where stated.
 */
final class Outlet implements Runnable {

	private final OutboundPolicy policy;

	private final OutputLoop loop;

	private final ProtocolConnection protocol;

	private final Wire wire;

	/** Whether a read is being processed, which ends with a flush. */
	private boolean reading;

	/** Whether a flush is scheduled at the end of the merge window. */
	private boolean merging;

	Outlet(OutboundPolicy policy, Wire wire, ProtocolConnection protocol) {
		this.policy = policy;
		this.loop = wire.loop();
		this.wire = wire;
		this.protocol = protocol;
	}

	/** Returns the wire of the client. Thread-safe. */
	Wire wire() {
		return this.wire;
	}

	/**
	 * Appends a message.
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded; no byte
	 * is appended then
	 * @throws io.nanogame.serialize.SerializationException when a push that was not
	 * checked cannot be sent; no byte is appended then
	 */
	void append(Session session, OutboundMessage message) {
		this.protocol.append(this.wire, message);
		sent(session, message);
	}

	/** Appends a broadcast. Has no effect if it cannot be encoded. */
	void append(Session session, Broadcast broadcast) {
		byte[] packet = broadcast.packet(this.protocol.broadcastForm());
		if (packet != null) {
			this.protocol.append(this.wire, broadcast.message(), packet);
			sent(session, broadcast.message());
		}
	}

	private void sent(Session session, OutboundMessage message) {
		this.policy.sent(this.loop, session, message);
		this.loop.appended();
		if (!this.policy.merges(message)) {
			flush();
		}
		else if (!this.merging) {
			this.merging = true;
			this.loop.flushLater(this);
		}
	}

	/** Appends a packet that is not a message. */
	void append(byte[] packet) {
		this.wire.append(packet);
		flush();
	}

	private void flush() {
		if (!this.reading) {
			this.loop.flushSoon(this.wire);
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
