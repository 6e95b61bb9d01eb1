package io.nanogame.cluster.peer;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.time.TimeSource;

/**
 * Messages of this node to itself, which show whether its reader receives messages.
 * Thread-safe.
 */
final class SelfProbe {

	/** In place of the version; the time of the node and a number follow. */
	private static final byte MARK = 0;

	private static final int LENGTH = 1 + 2 * Long.BYTES;

	private final Bus bus;

	private final String subject;

	private final RoundTrip roundTrip;

	private final AtomicLong lastNumber = new AtomicLong();

	/** What waits for messages, by their numbers. */
	private final NavigableMap<Long, Runnable> waiting = new ConcurrentSkipListMap<>();

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
		send(this.lastNumber.incrementAndGet());
	}

	/**
	 * Sends a message.
	 * @param arrived called by the reader when this message or a later one has arrived;
	 * must not block
	 */
	void send(Runnable arrived) {
		long number = this.lastNumber.incrementAndGet();
		this.waiting.put(number, arrived);
		send(number);
	}

	private void send(long number) {
		this.bus.publish(this.subject,
				ByteBuffer.allocate(LENGTH).put(MARK).putLong(this.roundTrip.send()).putLong(number).array());
	}

	/** Returns whether a message was one of this class. Others are not received. */
	boolean receive(BusMessage message) {
		byte[] body = message.body();
		if (body.length != LENGTH || body[0] != MARK || !message.subject().equals(this.subject)) {
			return false;
		}
		ByteBuffer fields = ByteBuffer.wrap(body);
		this.roundTrip.receive(fields.getLong(1));
		arrived(fields.getLong(1 + Long.BYTES));
		return true;
	}

	private void arrived(long number) {
		Map<Long, Runnable> earlier = this.waiting.headMap(number, true);
		for (Long each : earlier.keySet()) {
			Runnable action = earlier.remove(each);
			if (action != null) {
				action.run();
			}
		}
	}

}
