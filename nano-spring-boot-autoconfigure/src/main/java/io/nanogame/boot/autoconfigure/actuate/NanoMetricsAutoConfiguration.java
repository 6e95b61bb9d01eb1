package io.nanogame.boot.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.autoconfigure.room.NanoRoomAutoConfiguration;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.server.GameServer;
import io.nanogame.spring.match.GameMatches;
import io.nanogame.spring.match.MatchObserver;
import io.nanogame.spring.push.PushApiObserver;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Meters of the game server, as {@link NanoMeter} lists them.
 */
@AutoConfiguration(after = { NanoRoomAutoConfiguration.class, NanoServerAutoConfiguration.class,
		CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnBean({ GameServer.class, MeterRegistry.class })
public final class NanoMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NanoMetrics nanoMetrics(GameServer server, Groups groups, Timers timers) {
		return new NanoMetrics(server, groups, timers);
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerTimers nanoHandlerTimers(MeterRegistry registry) {
		return new HandlerTimers(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ResumeTimer nanoResumeTimer(MeterRegistry registry) {
		return new ResumeTimer(registry);
	}

	@Bean
	@ConditionalOnMissingBean(RoomObserver.class)
	RoomMeters nanoRoomMeters(MeterRegistry registry) {
		return new RoomMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean(MatchObserver.class)
	MatchMeters nanoMatchMeters(MeterRegistry registry, ObjectProvider<GameMatches> matches) {
		return new MatchMeters(registry, matches);
	}

	@Bean
	@ConditionalOnBean(GameRooms.class)
	@ConditionalOnMissingBean
	RoomGauges nanoRoomGauges(GameRooms rooms) {
		return new RoomGauges(rooms);
	}

	@Bean
	@ConditionalOnMissingBean(PushApiObserver.class)
	@ConditionalOnBooleanProperty(name = "nano.push-api.enabled")
	PushApiTimers nanoPushApiTimers(MeterRegistry registry) {
		return new PushApiTimers(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceTimers nanoServiceTimers(MeterRegistry registry) {
		return new ServiceTimers(registry);
	}

}
