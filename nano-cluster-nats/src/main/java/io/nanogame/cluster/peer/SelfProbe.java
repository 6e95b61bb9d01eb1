package io.nanogame.cluster.peer;

import java.nio.ByteBuffer;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.time.TimeSource;

/**
 * Messages of this node to itself, which show whether its reader receives messages.
 * Thread-safe.
 */
final class SelfProbe {

	/** In place of the version; the time of the node follows. */
	private static final byte MARK = 0;

	private static final int LENGTH = 1 + Long.BYTES;

	private final Bus bus;

	private final String subject;

	private final RoundTrip roundTrip;

	/**
	 * Creates the probe of a node.
	 * @param bus publishes the messages
	 * @param subject the subject on which this node publishes to itself
	 * @param time the time of this node
	 */
	SelfProbe(Bus bus, String subject, TimeSource time) {
		this.bus = bus;
		this.subject = subject;
		this.roundTrip = new RoundTrip(time::nanoTime);
	}

	RoundTrip roundTrip() {
		return this.roundTrip;
	}

	void send() {
		this.bus.publish(this.subject, ByteBuffer.allocate(LENGTH).put(MARK).putLong(this.roundTrip.send()).array());
	}

	/** Returns whether a message was one of this class. Others are not received. */
	boolean receive(BusMessage message) {
		byte[] body = message.body();
		if (body.length != LENGTH || body[0] != MARK || !message.subject().equals(this.subject)) {
			return false;
		}
		this.roundTrip.receive(ByteBuffer.wrap(body).getLong(1));
		return true;
	}

}
