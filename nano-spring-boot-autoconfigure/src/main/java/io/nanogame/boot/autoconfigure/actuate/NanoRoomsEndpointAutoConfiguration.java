package io.nanogame.boot.autoconfigure.actuate;

import io.nanogame.boot.autoconfigure.room.NanoRoomAutoConfiguration;
import io.nanogame.spring.room.GameRooms;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Configures the endpoint of rooms if it is exposed.
 */
@AutoConfiguration(after = NanoRoomAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(NanoRoomsEndpoint.class)
@ConditionalOnBean(GameRooms.class)
public final class NanoRoomsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NanoRoomsEndpoint nanoRoomsEndpoint(GameRooms rooms) {
		return new NanoRoomsEndpoint(rooms);
	}

}
