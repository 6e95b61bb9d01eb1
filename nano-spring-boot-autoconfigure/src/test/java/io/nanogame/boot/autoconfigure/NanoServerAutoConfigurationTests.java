package io.nanogame.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.HandlerObserver;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.spring.ArgumentResolver;
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
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class NanoServerAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Room.class);

	@Test
	void clientsCanCallTheHandlersOfTheApp() {
		play((client) -> {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).isEqualTo("{\"words\":\"Hello Ada\"}");
		});
	}

	@Test
	void handlersRunOnTheThreadsOfTheApp() {
		play((client) -> {
			client.request(1, "room.worker", "{}");
			assertThat(client.readResponse(1)).contains("\"task-");
		}, "spring.task.execution.thread-name-prefix=task-");
	}

	@Test
	void payloadsAreValidated() {
		play(this.app.withBean(Guarded.class), (client) -> {
			client.request(1, "guarded.name", "{\"name\":\" \"}");
			assertThat(client.readResponse(1)).contains("400").contains("name");
		});
	}

	@Test
	void handshakesAreLookedAtInOrder() {
		play(this.app.withUserConfiguration(Validators.class), (client) -> {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).contains("Ada");
		});
	}

	@Test
	void aHandshakeCanBeRefused() {
		this.app.withBean(HandshakeValidator.class, () -> (handshake) -> {
			throw new HandshakeRefusedException(501, "too old");
		}).run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port())) {
				client.sendHex("01000000");
				assertThat(client.read().text()).contains("501");
			}
		});
	}

	@Test
	void listenersOfTheAppHearOfSessions() {
		List<Session> opened = new CopyOnWriteArrayList<>();
		play(this.app.withBean(SessionListener.class, () -> new SessionListener() {
			@Override
			public void opened(Session session) {
				opened.add(session);
			}
		}), (client) -> {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			client.readResponse(1);
			assertThat(opened).hasSize(1);
		});
	}

	@Test
	void whatLeavesCanBeChanged() {
		play(this.app.withBean(OutboundInterceptor.class,
				() -> (session, message) -> message.withValue(new Room.Greeting("changed"))), (client) -> {
					client.request(1, "room.greet", "{\"name\":\"Ada\"}");
					assertThat(client.readResponse(1)).contains("changed");
				});
	}

	@Test
	void interceptorsOfTheAppStandAroundAllHandlers() {
		play(this.app.withBean(Interceptor.class, () -> (request, next) -> {
			throw new RequestException(429, "slow down");
		}), (client) -> {
			client.request(1, "room.greet", "{}");
			assertThat(client.readResponse(1)).contains("slow down");
		});
	}

	@Test
	void exceptionsOfTheAppCanBecomeAnswers() {
		play(this.app.withBean(Poor.class)
			.withBean(ErrorMapper.class, () -> (failure) -> new RequestException(402, "pay first")), (client) -> {
				client.request(1, "poor.buy", "{}");
				assertThat(client.readResponse(1)).contains("402").contains("pay first");
			});
	}

	@Test
	void argumentsOfTheAppCanBeBound() {
		ArgumentResolver resolver = (parameter) -> (parameter.getParameterType() == StringBuilder.class)
				? (request) -> new StringBuilder("bound") : null;
		play(this.app.withBean(Custom.class).withBean(ArgumentResolver.class, () -> resolver), (client) -> {
			client.request(1, "custom.argument", "{}");
			assertThat(client.readResponse(1)).contains("bound");
		});
	}

	@Test
	void routesCanBeNamedByTheApp() {
		RouteNaming naming = (component, method) -> component + "/" + method.getName();
		play(this.app.withBean("own", RouteNaming.class, () -> naming), (client) -> {
			client.request(1, "room/greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).contains("Ada");
		});
	}

	@Test
	void anObserverOfTheAppSeesHandlersEnd() {
		List<String> handled = new CopyOnWriteArrayList<>();
		play(this.app.withBean(HandlerObserver.Factory.class,
				() -> (route) -> (outcome, nanos) -> handled.add(route + " " + outcome)), (client) -> {
					client.request(1, "room.greet", "{\"name\":\"Ada\"}")
						.request(2, "room.greet", "{\"name\":\"Ada\"}");
					client.readResponse(1);
					client.readResponse(2);
					assertThat(handled).contains("room.greet SUCCESS");
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
	void componentsAreToldOfStartAndStop() {
		Told told = new Told();
		this.app.withBean(Told.class, () -> told)
			.run((context) -> assertThat(told.steps).containsExactly("init", "afterInit"));
		assertThat(told.steps).containsExactly("init", "afterInit", "beforeShutdown", "shutdown");
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

	private void play(Play test, String... properties) {
		play(this.app, test, properties);
	}

	private static void play(ApplicationContextRunner app, Play test, String... properties) {
		app.withPropertyValues(properties).run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				test.with(client);
			}
		});
	}

	interface Play {

		void with(RawClient client) throws Exception;

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
	static class Poor {

		@Handler
		void buy() {
			throw new IllegalStateException("no money");
		}

	}

	@GameComponent
	static class Custom {

		@Handler
		Room.Greeting argument(StringBuilder words) {
			return new Room.Greeting(words.toString());
		}

	}

	@GameComponent
	static class Told implements ComponentLifecycle {

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
	static class Validators {

		@Bean
		@Order(2)
		HandshakeValidator second() {
			return (handshake) -> {
				if (!"first".equals(handshake.session().uid())) {
					throw new IllegalStateException("Asked before the first");
				}
			};
		}

		@Bean
		@Order(1)
		HandshakeValidator first() {
			return (handshake) -> handshake.session().bind("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean
		GameServer own(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers) {
			return GameServer.builder(payloads, lanes, sessions, timers)
				.address(new InetSocketAddress("127.0.0.1", 0))
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
