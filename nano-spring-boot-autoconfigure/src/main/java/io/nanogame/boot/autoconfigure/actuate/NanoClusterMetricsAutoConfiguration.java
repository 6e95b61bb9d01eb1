package io.nanogame.boot.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.boot.autoconfigure.cluster.NanoClusterAutoConfiguration;
import io.nanogame.cluster.ClusterNode;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Meters of the cluster, as {@link NanoMeter} lists them.
 */
@AutoConfiguration(after = { NanoClusterAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class, ClusterNode.class })
@ConditionalOnBean({ ClusterNode.class, MeterRegistry.class })
public final class NanoClusterMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NanoClusterMetrics nanoClusterMetrics(ClusterNode cluster) {
		return new NanoClusterMetrics(cluster);
	}

}
