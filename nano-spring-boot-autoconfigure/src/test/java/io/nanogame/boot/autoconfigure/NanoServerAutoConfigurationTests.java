package io.nanogame.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.route.Route;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.GameComponents;
import io.nanogame.spring.Handler;
import io.nanogame.spring.RouteNaming;
import io.nanogame.test.RawClient;
import io.netty.channel.ChannelOption;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.nanogame.boot.autoconfigure.GameRunner.play;
import static org.assertj.core.api.Assertions.assertThat;

class NanoServerAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Room.class);

	@Test
	void clientsCanCallTheHandlersOfTheApp() {
		play(this.app, (client) -> {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).isEqualTo("{\"words\":\"Hello Ada\"}");
		});
	}

	@Test
	void handlersRunOnTheThreadsOfTheApp() {
		play(this.app.withPropertyValues("spring.task.execution.thread-name-prefix=battle-"), (client) -> {
			client.request(1, "room.worker", "{}");
			assertThat(client.readResponse(1)).contains("\"battle-");
		});
	}

	@Test
	void aThreadThatWaitsForAnotherServerIsReplaced() {
		this.app.withBean(Logins.class)
			.withPropertyValues("spring.task.execution.pool.core-size=1", "nano.session.login=continue")
			.run((context) -> {
				CompletableFuture<Boolean> arrival = new CompletableFuture<>();
				CompletableFuture<String> waiting = new CompletableFuture<>();
				SessionRegistry.of(context.getBean(Sessions.class)).logins().awaited().join((newer, uid, stamp) -> {
					waiting.complete(uid);
					return arrival;
				});
				int port = context.getBean(GameServer.class).port();
				try (RawClient ann = RawClient.tcp(port).handshake(); RawClient bob = RawClient.tcp(port).handshake()) {
					ann.request(1, "logins.login", "\"ann\"");
					assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("ann");
					bob.request(1, "room.greet", "{\"name\":\"Bob\"}");
					assertThat(bob.readResponse(1)).contains("Hello Bob");
					arrival.complete(true);
					ann.readResponse(1);
				}
			});
	}

	@Test
	void payloadsAreValidated() {
		play(this.app.withBean(Guarded.class), (client) -> {
			client.request(1, "guarded.name", "{\"name\":\" \"}");
			assertThat(client.readResponse(1)).contains("400").contains("name");
		});
	}

	@Test
	void theTcpServerCanBeCustomized() {
		List<String> applied = new CopyOnWriteArrayList<>();
		this.app.withBean(NanoServerCustomizer.class, () -> (server) -> {
			applied.add("server");
			return server.option(ChannelOption.SO_BACKLOG, 7);
		}).run((context) -> assertThat(applied).containsExactly("server"));
	}

	@Test
	void everyChannelCanBeCustomized() {
		List<String> threads = new CopyOnWriteArrayList<>();
		play(this.app.withBean(NanoChannelCustomizer.class,
				() -> (channel) -> threads.add(Thread.currentThread().getName())),
				(client) -> assertThat(threads).singleElement().asString().startsWith("nano-"));
	}

	@Test
	void theServerCanBeChangedLastOfAll() {
		GameServerBuilderCustomizer customizer = (builder) -> builder
			.routes(List.of(Route.of("extra.echo", (request) -> request.body())));
		play(this.app.withBean(GameServerBuilderCustomizer.class, () -> customizer), (client) -> {
			client.request(1, "extra.echo", "{\"a\":1}");
			assertThat(client.readResponse(1)).isEqualTo("{\"a\":1}");
		});
	}

	@Test
	void componentsAreNotifiedOfStartAndStop() {
		Recording recording = new Recording();
		this.app.withBean(Recording.class, () -> recording)
			.run((context) -> assertThat(recording.steps).containsExactly("init", "afterInit"));
		assertThat(recording.steps).containsExactly("init", "afterInit", "beforeShutdown", "shutdown");
	}

	@Test
	void aServerOfTheAppWins() {
		this.app.withUserConfiguration(OwnServer.class)
			.run((context) -> assertThat(context).hasSingleBean(GameServer.class).hasBean("own"));
	}

	@Test
	void componentsOfTheAppWin() {
		this.app.withUserConfiguration(OwnComponents.class)
			.run((context) -> assertThat(context.getBean(GameServer.class).routes().names()).isEmpty());
	}

	@GameComponent("logins")
	static class Logins {

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
		}

	}

	@GameComponent
	static class Guarded {

		@Handler
		void name(@Valid Player player) {
		}

		record Player(@NotBlank String name) {
		}

	}

	@GameComponent
	static class Recording implements ComponentLifecycle {

		final List<String> steps = new CopyOnWriteArrayList<>();

		@Override
		public void init() {
			this.steps.add("init");
		}

		@Override
		public void afterInit() {
			this.steps.add("afterInit");
		}

		@Override
		public void beforeShutdown() {
			this.steps.add("beforeShutdown");
		}

		@Override
		public void shutdown() {
			this.steps.add("shutdown");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean
		GameServer own(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers) {
			return GameServer.builder(payloads, lanes, sessions, timers)
				.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", 0))))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnComponents {

		@Bean
		GameComponents own(Payloads payloads, Lanes lanes) {
			return new GameComponents(new StaticListableBeanFactory(), payloads, lanes, RouteNaming.lowerCamelCase(),
					null, List.of());
		}

	}

}
