package io.nanogame.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.server.GameServer;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.spring.ArgumentResolver;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.RouteNaming;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static io.nanogame.boot.autoconfigure.GameRunner.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Beans of an app, one of each kind.
 */
class GameBeansTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Room.class);

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
	void sessionListenersOfTheAppAreNotified() {
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
	void outboundInterceptorsCanChangeMessages() {
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
	void exceptionsOfTheAppCanBeMappedToErrors() {
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
	void allListenersOfTheAppForEventsOfTheServerAreNotifiedInOrder() {
		List<String> handled = new CopyOnWriteArrayList<>();
		play(this.app.withBean("second", Watcher.class, () -> new Watcher(2, handled))
			.withBean("first", Watcher.class, () -> new Watcher(1, handled)), (client) -> {
				client.request(1, "room.greet", "{\"name\":\"Ada\"}").readResponse(1);
				await().untilAsserted(() -> assertThat(handled).containsExactly("1 opened", "2 opened",
						"1 room.greet SUCCESS", "2 room.greet SUCCESS"));
			});
	}

	private record Watcher(int number, List<String> lines) implements ServerEvents, Ordered {

		@Override
		public int getOrder() {
			return this.number;
		}

		@Override
		public void sessionOpened(Session session) {
			this.lines.add(this.number + " opened");
		}

		@Override
		public HandlerObserver handler(String route) {
			return (session, outcome, nanos) -> this.lines.add(this.number + " " + route + " " + outcome);
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

}
