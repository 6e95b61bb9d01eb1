package io.nanogame.connection;

import io.nanogame.resume.KeptPacket;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Appends the messages of one client to its wire, and schedules flushes. Confined to the
 * loop, except where stated.
 */
final class Outlet implements Runnable {

	private final OutboundPolicy policy;

	private final OutputLoop loop;

	private final ProtocolConnection protocol;

	/** Written on the loop. */
	private volatile Wire wire;

	/** Null if packets are not kept until the client confirms them. */
	private @Nullable Resumption resumption;

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

	/** Returns whether the client has no connection. */
	boolean isDetached() {
		return this.wire instanceof DetachedWire;
	}

	/** The client cannot resume the session, because it has missed too much. */
	void giveUp() {
		if (this.resumption != null) {
			this.resumption.overflow();
		}
	}

	/** Continues with another wire. */
	void attach(Wire next) {
		this.wire = next;
	}

	/** Keeps packets from now on until the client confirms them; null for no more. */
	void keep(@Nullable Resumption keeper) {
		this.resumption = keeper;
	}

	/**
	 * Appends a message.
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded; no byte
	 * is appended then
	 * @throws io.nanogame.serialize.SerializationException when a push that was not
	 * checked cannot be sent; no byte is appended then
	 */
	void append(Session session, OutboundMessage message) {
		if (this.resumption == null) {
			this.protocol.append(this.wire, message);
		}
		else {
			append(this.resumption, new KeptPacket(this.protocol.encode(message), OutboundPolicy.isPush(message)));
		}
		sent(session, message);
	}

	/** Appends a broadcast. Has no effect if it cannot be encoded. */
	void append(Session session, Broadcast broadcast) {
		KeptPacket packet = broadcast.packet(this.protocol.broadcastForm());
		if (packet == null) {
			return;
		}
		if (this.resumption == null) {
			this.protocol.append(this.wire, broadcast.message(), packet.bytes());
		}
		else {
			append(this.resumption, packet);
		}
		sent(session, broadcast.message());
	}

	/** Appends a packet that was kept for another client. */
	void append(KeptPacket packet) {
		if (this.resumption != null) {
			this.resumption.sent(packet);
		}
		this.protocol.appendKept(this.wire, packet.bytes());
	}

	private void append(Resumption keeper, KeptPacket packet) {
		keeper.sent(packet);
		this.protocol.appendKept(this.wire, packet.bytes());
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
