package io.nanogame.cli.bots;

import java.util.Map;
import java.util.TreeMap;

import io.nanogame.cli.bots.Report.ConnectionResult;
import org.HdrHistogram.Histogram;

/**
 * Counts connections and outages. Thread-safe; the events are rare enough for a lock.
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

	synchronized void reconnected(long outageNanos) {
		made();
		this.reconnects++;
		outage(outageNanos);
	}

	synchronized void lost(String kind) {
		this.connected--;
		this.lost++;
		this.lostBecause.merge(kind, 1L, Long::sum);
	}

	/** The player closed the connection. */
	synchronized void closed() {
		this.connected--;
	}

	synchronized void missed(int rounds) {
		this.missedRounds += rounds;
	}

	/** A player has no connection at the end of the run. */
	synchronized void disconnectedAtEnd(long outageNanos) {
		this.withoutAtEnd++;
		outage(outageNanos);
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
