package io.nanogame.cluster;

import java.time.Duration;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.node.Ticker;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.push.ClusterPushes;
import io.nanogame.cluster.user.ClusterUsers;

/**
 * The tasks that a node repeats: time-outs, checks, and comparisons with other nodes.
 *
 * @param peers the other nodes
 * @param nodes the nodes that are up
 * @param backend the sessions of other nodes
 * @param groups the groups
 * @param users the players
 * @param pushes the pushes with receipts
 * @param lost compares the state when messages are lost
 */
record RepeatedTasks(Peers peers, ClusterNodes nodes, Backend backend, ClusterGroups groups, ClusterUsers users,
		ClusterPushes pushes, LostMessages lost) {

	/** How often within the request timeout overdue requests are looked for. */
	private static final int SWEEPS = 8;

	private static final long MIN_SWEEP_MILLIS = 10;

	private static final long MAX_SWEEP_MILLIS = 1000;

	/** The maximum number of comparisons with a node within a heartbeat. */
	private static final int COMPARISONS = 4;

	/** Repeats the tasks until the ticker is closed. */
	void start(Ticker ticker, ClusterSettings settings) {
		long sweep = settings.requestTimeout().toMillis() / SWEEPS;
		ticker.every(Duration.ofMillis(Math.max(MIN_SWEEP_MILLIS, Math.min(MAX_SWEEP_MILLIS, sweep))),
				this.backend::expire);
		Duration heartbeat = settings.membership().heartbeat();
		Duration patience = settings.membership().patience();
		ticker.every(heartbeat, this.groups::check);
		ticker.every(heartbeat, () -> this.peers.sendChecks(this.nodes::isUp));
		ticker.every(heartbeat, () -> this.backend.closeAbandoned(this.nodes::isUp, patience));
		// Later than its sessions are closed.
		long absence = patience.multipliedBy(2).toNanos();
		ticker.every(heartbeat, () -> forgetAbsent(ticker.nanoTime(), absence));
		ticker.every(heartbeat, this.users::publishLogins);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.lost::compareNoticed);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.users::sweepQueries);
		ticker.every(heartbeat.dividedBy(COMPARISONS), this.pushes::sweepReceipts);
	}

	/** Under the lock of the nodes, because one may return just now. */
	private void forgetAbsent(long nowNanos, long absenceNanos) {
		synchronized (this.nodes) {
			this.peers.forgetAbsent(this.nodes::isUp, nowNanos, absenceNanos);
		}
	}

}
