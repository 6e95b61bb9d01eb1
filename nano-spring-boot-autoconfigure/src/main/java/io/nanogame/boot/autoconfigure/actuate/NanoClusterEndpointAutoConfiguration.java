package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.boot.autoconfigure.cluster.NanoClusterAutoConfiguration;
import io.nanogame.cluster.ClusterNode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Configures the endpoint of the cluster if it is exposed.
 */
@AutoConfiguration(after = NanoClusterAutoConfiguration.class)
@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, ClusterNode.class })
@ConditionalOnAvailableEndpoint(NanoClusterEndpoint.class)
@ConditionalOnBean(ClusterNode.class)
public final class NanoClusterEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NanoClusterEndpoint nanoClusterEndpoint(ClusterNode cluster, ApplicationEventPublisher publisher,
			ObjectProvider<ApplicationAvailability> availability) {
		return new NanoClusterEndpoint(cluster, new ClusterReadiness(publisher, availability::getIfAvailable));
	}

}
