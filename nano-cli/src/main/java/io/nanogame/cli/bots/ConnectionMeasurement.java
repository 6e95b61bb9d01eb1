package io.nanogame.cli.bots;

import java.util.Map;
import java.util.TreeMap;

import io.nanogame.cli.bots.Report.ConnectionResult;
import org.HdrHistogram.Histogram;

/**
 * Counts what becomes of connections. Rare enough for a lock; any thread.
 */
final class ConnectionMeasurement {

	private static final long NANOS_PER_MICRO = 1_000;

	private static final double NANOS_PER_SECOND = 1e9;

	private final Histogram outages = new Histogram(3);

	private final Map<String, Long> lostBecause = new TreeMap<>();

	private long outageNanos;

	private long connected;

	private long made;

	private long lost;

	private long reconnects;

	private long missedRounds;

	private long withoutAtEnd;

	private long neverConnected;

	synchronized void made() {
		this.made++;
		this.connected++;
	}

	synchronized void madeAgain(long nanosWithout) {
		made();
		this.reconnects++;
		outage(nanosWithout);
	}

	synchronized void lost(String kind) {
		this.connected--;
		this.lost++;
		this.lostBecause.merge(kind, 1L, Long::sum);
	}

	/** By the player itself. */
	synchronized void closed() {
		this.connected--;
	}

	synchronized void missed(int rounds) {
		this.missedRounds += rounds;
	}

	/** At the end a player is still without. */
	synchronized void isWithout(long nanosWithout) {
		this.withoutAtEnd++;
		outage(nanosWithout);
	}

	synchronized void neverConnected() {
		this.neverConnected++;
	}

	private void outage(long nanos) {
		this.outages.recordValue(nanos / NANOS_PER_MICRO);
		this.outageNanos += nanos;
	}

	synchronized long connected() {
		return this.connected;
	}

	synchronized ConnectionResult result() {
		return new ConnectionResult(this.made, this.lost, new TreeMap<>(this.lostBecause), this.reconnects,
				this.missedRounds, this.withoutAtEnd, this.neverConnected, StepMeasurement.times(this.outages),
				this.outageNanos / NANOS_PER_SECOND);
	}

}
