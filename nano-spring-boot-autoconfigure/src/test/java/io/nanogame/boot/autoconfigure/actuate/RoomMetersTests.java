package io.nanogame.boot.autoconfigure.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.actuate.NanoRoomsEndpoint.RoomDescriptor;
import io.nanogame.boot.autoconfigure.room.NanoRoomAutoConfiguration;
import io.nanogame.server.GameServer;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.GameRooms.KindSummary;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import io.nanogame.spring.room.Tick;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the meters and the endpoint of rooms.
 */
class RoomMetersTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class, MetricsAutoConfiguration.class,
				NanoMetricsAutoConfiguration.class, NanoRoomsEndpointAutoConfiguration.class))
		.withPropertyValues("nano.room.client-access=true", "management.endpoints.web.exposure.include=nanorooms")
		.withBean(SimpleMeterRegistry.class)
		.withUserConfiguration(Clock.class);

	@Test
	void ticksAndStatesAreMeasured() {
		this.app.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("nano.rooms").tag("kind", "clock").gauge().value()).isZero();
			try (RawClient ann = join(context.getBean(GameServer.class).port())) {
				await().until(() -> registry.find("nano.room.ticks").timer() != null
						&& registry.get("nano.room.ticks").tag("kind", "clock").timer().count() > 2);
				assertThat(registry.get("nano.rooms").tag("kind", "clock").gauge().value()).isOne();
				assertThat(registry.get("nano.room.players").tag("kind", "clock").gauge().value()).isOne();
				assertThat(registry.get("nano.room.states").tag("form", "whole").summary().count()).isOne();
				await().until(() -> registry.get("nano.room.states").tag("form", "change").summary().totalAmount() > 0);
				assertThat(names(registry)).isEqualTo(Arrays.stream(NanoMeter.values())
					.map(NanoMeter::getName)
					.filter((name) -> name.startsWith("nano.room"))
					.collect(Collectors.toCollection(TreeSet::new)));
				ann.request(3, "clock.stop", "\"100\"").readResponse(3);
				await().until(() -> registry.get("nano.room.ticks.late").counter().count() > 0
						&& registry.get("nano.room.ticks.skipped").counter().count() > 0);
			}
		});
	}

	private static Set<String> names(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("nano.room"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static RawClient join(int port) {
		RawClient client = RawClient.tcp(port).handshake();
		client.request(1, "rooms.joinOrCreate", "{\"kind\":\"clock\"}").readResponse(1);
		client.request(2, "clock.join", "").readResponse(2);
		return client;
	}

	@Test
	void theEndpointShowsRoomsButNoPlayers() {
		this.app.run((context) -> {
			NanoRoomsEndpoint endpoint = context.getBean(NanoRoomsEndpoint.class);
			RoomInfo room = context.getBean(Rooms.class).create("clock", null).toCompletableFuture().join();
			assertThat(endpoint.rooms().kinds())
				.containsExactly(new KindSummary("clock", Clock.class.getName(), 2, 1, 0, 0));
			assertThat(endpoint.kind("clock").rooms()).containsExactly(new RoomDescriptor(room.room(), 0, 0, false));
			assertThat(endpoint.kind("none")).isNull();
		});
	}

	@Test
	void theNumberOfRoomsIsLimited() {
		this.app.withPropertyValues("nano.room.max=2").run((context) -> {
			Rooms rooms = context.getBean(Rooms.class);
			for (int i = 0; i < 2; i++) {
				rooms.create("clock", null).toCompletableFuture().join();
			}
			assertThat(rooms.create("clock", null).toCompletableFuture()).isCompletedExceptionally();
			assertThat(context.getBean(GameRooms.class).rooms("clock")).hasSize(2);
		});
		this.app.withPropertyValues("nano.room.max=0").run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void clientsHaveNoAccessByDefault() {
		this.app.withPropertyValues("nano.room.client-access=false").run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				for (String route : List.of("rooms.joinOrCreate", "rooms.create", "rooms.list")) {
					assertThat(client.request(1, route, "{\"kind\":\"clock\"}").readResponse(1)).contains("404");
				}
			}
		});
	}

	@GameRoom(value = "clock", seats = 2)
	static class Clock {

		private final Room<Time> room;

		private long pause;

		Clock(Room<Time> room) {
			this.room = room;
		}

		@Tick("10ms")
		void tick() throws InterruptedException {
			this.room.state().ticks++;
			Thread.sleep(this.pause);
			this.pause = 0;
		}

		@Handler
		void stop(String millis) {
			this.pause = Long.parseLong(millis);
		}

		static final class Time {

			long ticks;

		}

	}

}
