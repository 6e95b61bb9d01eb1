package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.server.GameServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the game server.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("nano")
@ConditionalOnBean(GameServer.class)
public final class NanoHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "nanoHealthIndicator")
	NanoHealthIndicator nanoHealthIndicator(GameServer server) {
		return new NanoHealthIndicator(server);
	}

}
