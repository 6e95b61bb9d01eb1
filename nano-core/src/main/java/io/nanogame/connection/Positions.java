package io.nanogame.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.resume.KeptPacket;
import io.nanogame.resume.SentPackets;

/**
 * How many packets a session has sent and received, and those that its client has not
 * confirmed. Confined to the loop of the session.
 */
final class Positions {

	private final SentPackets sent;

	/** The number of DATA packets that were received. */
	private long received;

	/** The number of packets that were sent before the cut. */
	private long sentBefore;

	/** Whether packets were dropped that the client has not received. */
	private boolean overflowed;

	Positions(SentPackets sent, long received) {
		this.sent = sent;
		this.received = received;
	}

	/**
	 * Keeps a packet that is sent. Returns false if the client cannot resume the session
	 * any more, because a packet was dropped.
	 */
	boolean send(KeptPacket packet, boolean isDetached) {
		return this.overflowed || this.sent.add(packet) || !isDetached || this.sent.hasAllAfter(this.sentBefore);
	}

	/** The connection was cut. */
	void cut() {
		this.sentBefore = this.sent.count();
	}

	/** Keeps no packets any more. Returns whether this is the first call. */
	boolean overflow() {
		boolean first = !this.overflowed;
		this.overflowed = true;
		this.sent.clear();
		return first;
	}

	void receive() {
		this.received++;
	}

	long received() {
		return this.received;
	}

	long sent() {
		return this.sent.count();
	}

	/**
	 * The client has received packets.
	 * @throws ProtocolException when it is less than before, or more than were sent
	 */
	void confirm(long count) {
		this.sent.confirm(count);
	}

	/** Returns whether a client that has received some packets can resume the session. */
	boolean hasAllAfter(long count) {
		return !this.overflowed && this.sent.hasAllAfter(count);
	}

	void forEachKept(Consumer<byte[]> receiver) {
		this.sent.forEach(receiver);
	}

	/** Returns the packets that the client has not confirmed, in order. */
	List<byte[]> kept() {
		List<byte[]> kept = new ArrayList<>(this.sent.keptCount());
		this.sent.forEach(kept::add);
		return kept;
	}

	int keptCount() {
		return this.sent.keptCount();
	}

	long keptBytes() {
		return this.sent.bytes();
	}

}
