package io.nanogame.boot.test;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.autoconfigure.room.NanoRoomAutoConfiguration;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.room.RoomDoor;
import io.nanogame.boot.test.room.RoomTester;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.spring.room.Rooms;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Configures the {@link RoomTester} of a slice.
 */
@AutoConfiguration(after = NanoRoomAutoConfiguration.class, before = NanoServerAutoConfiguration.class)
public final class RoomTesterAutoConfiguration {

	@Bean
	RoomDoor nanoRoomDoor(Rooms rooms) {
		return new RoomDoor(rooms);
	}

	@Bean
	RoomTester nanoRoomTester(NanoTestClient players, VirtualTime time) {
		return new RoomTester(players, time);
	}

}
