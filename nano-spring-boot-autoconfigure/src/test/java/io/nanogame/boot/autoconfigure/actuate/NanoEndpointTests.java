package io.nanogame.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.NanoServerLifecycle;
import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.boot.autoconfigure.actuate.NanoEndpoint.NanoDescriptor;
import io.nanogame.boot.autoconfigure.actuate.NanoEndpoint.Ports;
import io.nanogame.boot.autoconfigure.actuate.NanoEndpoint.RouteDescriptor;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.server.GameServer;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class NanoEndpointTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, NanoEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.jmx.exposure.include=nano", "spring.jmx.enabled=true");

	@Test
	void itReportsTheServer() {
		this.app.run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			try (RawClient tcp = RawClient.tcp(server.port()).handshake();
					RawClient webSocket = RawClient.webSocket(server.port()).handshake()) {
				context.getBean(Groups.class).create("lobby");
				context.getBean(Timers.class).after(Duration.ofHours(1), () -> {
				});
				tcp.sendHex("03000000").read();
				webSocket.sendHex("03000000").read();
				NanoDescriptor nano = context.getBean(NanoEndpoint.class).nano();
				assertThat(nano.state()).isEqualTo("running");
				assertThat(nano.ports()).isEqualTo(new Ports(server.port(), Map.of("server", server.port())));
				assertThat(nano.connections()).isEqualTo(Map.of("tcp", 1L, "websocket", 1L, "servlet", 0L));
				assertThat(nano.sessions()).isEqualTo(2);
				assertThat(nano.groups()).isEqualTo(1);
				assertThat(nano.timers()).isEqualTo(1);
			}
		});
	}

	@Test
	void itReportsTheRoutesAndTheirThreads() {
		this.app.withBean(Room.class)
			.withBean(Battle.class)
			.withBean(Quick.class)
			.run((context) -> assertThat(context.getBean(NanoEndpoint.class).nano().routes()).containsExactlyInAnyOrder(
					new RouteDescriptor("room.greet", Room.class.getName() + ".greet(Session, Name)", "lane", null,
							false),
					new RouteDescriptor("room.worker", Room.class.getName() + ".worker()", "lane", null, false),
					new RouteDescriptor("battle.hit", Battle.class.getName() + ".hit()", "lane", "battle", false),
					new RouteDescriptor("quick.look", Quick.class.getName() + ".look()", "event-loop", null, true)));
	}

	@Test
	void aStoppedServerHasNoPort() {
		this.app.run((context) -> {
			context.getBean(NanoServerLifecycle.class).stop();
			NanoDescriptor nano = context.getBean(NanoEndpoint.class).nano();
			assertThat(nano.state()).isEqualTo("stopped");
			assertThat(nano.ports()).isEqualTo(new Ports(null, Map.of()));
		});
	}

	@Test
	void itIsNotThereUnlessItIsExposed() {
		this.app.withPropertyValues("management.endpoints.jmx.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(NanoEndpoint.class));
	}

	@Test
	void itIsNotThereWithoutAccess() {
		this.app.withPropertyValues("management.endpoint.nano.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(NanoEndpoint.class));
	}

	@Test
	void itIsNotThereWithoutAServer() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NanoEndpoint.class));
	}

	@Test
	void anEndpointOfTheAppWins() {
		this.app.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(NanoEndpoint.class).hasBean("own"));
	}

	@GameComponent(lane = "battle")
	static class Battle {

		@Handler
		void hit() {
		}

	}

	@GameComponent
	static class Quick {

		@Handler(concurrent = true)
		@NonBlocking
		void look() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		NanoEndpoint own(GameServer server, Groups groups, Timers timers) {
			return new NanoEndpoint(server, groups, timers);
		}

	}

}
