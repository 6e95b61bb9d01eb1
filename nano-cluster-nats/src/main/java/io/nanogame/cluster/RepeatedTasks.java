package io.nanogame.cluster;

import java.time.Duration;

import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.node.Ticker;

/**
 * The tasks that a node repeats: time-outs, checks, and comparisons with other nodes.
 *
 * @param parts the parts of the node
 */
record RepeatedTasks(ClusterParts parts) {

	/** How often within the request timeout overdue requests are looked for. */
	private static final int SWEEPS = 8;

	private static final long MIN_SWEEP_MILLIS = 10;

	private static final long MAX_SWEEP_MILLIS = 1000;

	/** The maximum number of comparisons with a node within a heartbeat. */
	private static final int COMPARISONS = 4;

	/**
	 * How often within a heartbeat this node looks for late replies of other gateways.
	 */
	private static final int REPLIES = 8;

	/** Repeats the tasks until the ticker is closed. */
	void start(Ticker ticker, ClusterSettings settings) {
		long sweep = settings.requestTimeout().toMillis() / SWEEPS;
		ticker.every(Duration.ofMillis(Math.max(MIN_SWEEP_MILLIS, Math.min(MAX_SWEEP_MILLIS, sweep))),
				this.parts.backend::expire);
		ClusterNodes nodes = this.parts.nodes();
		Duration heartbeat = settings.membership().heartbeat();
		Duration patience = settings.membership().patience();
		ticker.every(heartbeat, this.parts.groups::check);
		ticker.every(heartbeat, () -> this.parts.peers.sendChecks(nodes::isUp));
		ticker.every(heartbeat, () -> this.parts.backend.closeAbandoned(nodes::isUp, patience));
		// Later than its sessions are closed.
		long absence = patience.multipliedBy(2).toNanos();
		ticker.every(heartbeat, () -> forgetAbsent(ticker.nanoTime(), absence));
		ticker.every(heartbeat, this.parts.users::publishLogins);
		ticker.every(heartbeat, this.parts.handover::repeat);
		ticker.every(heartbeat.dividedBy(REPLIES), this.parts.handover::sweep);
		ticker.every(heartbeat.dividedBy(REPLIES), this.parts.leaving::query);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.parts.lost::compareNoticed);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.parts.users::sweepQueries);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.parts.pushes::sweepReceipts);
	}

	/** Under the lock of the nodes, because one may return just now. */
	private void forgetAbsent(long nowNanos, long absenceNanos) {
		ClusterNodes nodes = this.parts.nodes();
		synchronized (nodes) {
			this.parts.peers.forgetAbsent(nodes::isUp, nowNanos, absenceNanos);
		}
	}

}
