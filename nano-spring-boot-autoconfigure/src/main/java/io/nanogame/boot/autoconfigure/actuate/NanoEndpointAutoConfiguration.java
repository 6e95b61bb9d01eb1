package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.server.GameServer;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Configures the endpoint of the game server if it is exposed.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(NanoEndpoint.class)
@ConditionalOnBean(GameServer.class)
public final class NanoEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NanoEndpoint nanoEndpoint(GameServer server, Groups groups, Timers timers) {
		return new NanoEndpoint(server, groups, timers);
	}

}
