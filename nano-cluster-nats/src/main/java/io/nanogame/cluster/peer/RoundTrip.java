package io.nanogame.cluster.peer;

import java.util.function.LongSupplier;

/**
 * How long messages of this node to itself take to arrive at one of its readers: the way
 * to NATS and back, and the wait for the messages that are read before. Thread-safe.
 */
public final class RoundTrip {

	private final LongSupplier time;

	/** When a message arrived last; before the first one, when the measurement began. */
	private long arrivedNanos;

	private long lastNanos;

	/** When the newest message was sent. */
	private long sentNanos;

	/** When the oldest message was sent that has not arrived, if there is one. */
	private long awaitedNanos;

	private boolean awaited;

	/**
	 * Begins a measurement.
	 * @param time returns the time of this node, in nanoseconds
	 */
	public RoundTrip(LongSupplier time) {
		this.time = time;
		this.arrivedNanos = time.getAsLong();
	}

	/** Begins anew, because the reader is subscribed now. */
	synchronized void restart() {
		this.arrivedNanos = this.time.getAsLong();
	}

	/**
	 * A message is sent.
	 * @return the time, which must arrive with the message
	 */
	public synchronized long send() {
		this.sentNanos = this.time.getAsLong();
		if (!this.awaited) {
			this.awaited = true;
			this.awaitedNanos = this.sentNanos;
		}
		return this.sentNanos;
	}

	/**
	 * A message has arrived. Those that were sent before it are lost, or have arrived.
	 * @param sent the result of {@link #send()}
	 */
	public synchronized void receive(long sent) {
		this.arrivedNanos = this.time.getAsLong();
		this.lastNanos = Math.max(0, this.arrivedNanos - sent);
		this.awaited = this.sentNanos - sent > 0;
		this.awaitedNanos = this.sentNanos;
	}

	/**
	 * Returns the round trip of the last message, or the time for which a newer one has
	 * been on its way, if that is longer.
	 * @return nanoseconds; 0 before the first message
	 */
	public synchronized long nanos() {
		return this.awaited ? Math.max(this.lastNanos, this.time.getAsLong() - this.awaitedNanos) : this.lastNanos;
	}

	/**
	 * Returns the time since a message arrived.
	 * @return nanoseconds since the last one, or since the beginning
	 */
	public synchronized long silentNanos() {
		return this.time.getAsLong() - this.arrivedNanos;
	}

}
