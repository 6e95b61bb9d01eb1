package io.nanogame.boot.autoconfigure.actuate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.time.TimeSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * UP, with the number of nodes, while this node is connected to NATS and receives its own
 * messages; otherwise DOWN, with the time since when it has received none.
 */
final class NanoClusterHealthIndicator implements HealthIndicator {

	private final ClusterNode cluster;

	private final TimeSource time;

	NanoClusterHealthIndicator(ClusterNode cluster, TimeSource time) {
		this.cluster = cluster;
		this.time = time;
	}

	@Override
	public Health health() {
		if (this.cluster.isHearing()) {
			return Health.up().withDetail("nodes", this.cluster.nodes().others().size() + 1).build();
		}
		Instant since = Instant.ofEpochMilli(this.time.currentTimeMillis()).minus(this.cluster.membership().silence());
		return Health.down()
			.withDetail("connection", this.cluster.isConnected() ? "connected" : "disconnected")
			.withDetail("since", since.truncatedTo(ChronoUnit.SECONDS))
			.build();
	}

}
