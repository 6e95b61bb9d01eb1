package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.cluster.ClusterNode;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * UP, with the number of nodes, while this node is connected to NATS and receives its own
 * messages; otherwise DOWN.
 */
final class NanoClusterHealthIndicator implements HealthIndicator {

	private final ClusterNode cluster;

	NanoClusterHealthIndicator(ClusterNode cluster) {
		this.cluster = cluster;
	}

	@Override
	public Health health() {
		return this.cluster.isHearing()
				? Health.up().withDetail("nodes", this.cluster.nodes().others().size() + 1).build()
				: Health.down().build();
	}

}
