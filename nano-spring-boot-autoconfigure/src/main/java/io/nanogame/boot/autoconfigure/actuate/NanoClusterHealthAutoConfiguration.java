package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.boot.autoconfigure.cluster.NanoClusterAutoConfiguration;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.lane.Timers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the connection to the other nodes.
 */
@AutoConfiguration(after = NanoClusterAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class, ClusterNode.class })
@ConditionalOnEnabledHealthIndicator("nano-cluster")
@ConditionalOnBean(ClusterNode.class)
public final class NanoClusterHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "nanoClusterHealthIndicator")
	NanoClusterHealthIndicator nanoClusterHealthIndicator(ClusterNode cluster, Timers timers) {
		return new NanoClusterHealthIndicator(cluster, timers.time());
	}

}
