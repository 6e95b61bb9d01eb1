package io.nanogame.spring.security;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.Outcome;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.ErrorMapper;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.ArgumentResolver;
import io.nanogame.spring.GameComponents;
import io.nanogame.spring.RouteNaming;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A real server with secured components, one worker thread, and two players: ann, and
 * root who is an admin.
 */
final class SecuredGame implements AutoCloseable {

	final AnnotationConfigApplicationContext context;

	final ExecutorService worker = Executors.newSingleThreadExecutor();

	final Sessions sessions;

	final Queue<String> outcomes = new ConcurrentLinkedQueue<>();

	final GameServer server;

	/**
	 * Starts a game.
	 * @param beans components and configurations
	 */
	SecuredGame(Class<?>... beans) {
		this.context = new AnnotationConfigApplicationContext(
				Stream.concat(Stream.of(Security.class), Stream.of(beans)).toArray(Class<?>[]::new));
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		Lanes lanes = new Lanes(this.worker, 100);
		this.sessions = new Sessions(payloads, this.worker);
		GameComponents components = new GameComponents(this.context, payloads, lanes, RouteNaming.lowerCamelCase(),
				null, all(ArgumentResolver.class));
		this.server = GameServer
			.builder(payloads, lanes, this.sessions, new Timers(lanes.named("timer"), Duration.ofMillis(5)))
			.routes(components.routes())
			.interceptors(components.globalInterceptors())
			.handshakeValidators(all(HandshakeValidator.class))
			.errorMappers(all(ErrorMapper.class))
			.events(List.of(new ServerEvents() {

				@Override
				public HandlerObserver handler(String route) {
					return (session, outcome, nanos) -> handled(route, outcome);
				}

			}))
			.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", 0))))
			.build();
		this.server.start();
	}

	private <T> List<T> all(Class<T> type) {
		return this.context.getBeanProvider(type).orderedStream().toList();
	}

	private void handled(String route, Outcome outcome) {
		this.outcomes.add(route + " " + outcome);
	}

	RawClient guest() {
		return RawClient.tcp(this.server.port()).handshake();
	}

	RawClient player(String token) {
		RawClient client = RawClient.tcp(this.server.port());
		client.handshake("{\"user\":{\"token\":\"%s\"}}".formatted(token));
		return client;
	}

	static String call(RawClient client, String route) {
		return client.request(1, route, "").readResponse(1);
	}

	/** Returns the only session. */
	Session session() {
		Collection<Session> all = this.sessions.all();
		if (all.size() != 1) {
			throw new AssertionError("There are " + all.size() + " sessions");
		}
		return all.iterator().next();
	}

	@Override
	public void close() {
		this.server.stop();
		this.worker.shutdownNow();
		this.context.close();
	}

	record Credentials(@Nullable String token) {
	}

	/** The beans that an app and its auto-configuration define. */
	@Configuration(proxyBeanMethods = false)
	static class Security {

		@Bean
		static SecurityContextInterceptor securityContextInterceptor() {
			return new SecurityContextInterceptor(SecurityContextHolder.getContextHolderStrategy());
		}

		@Bean
		static SecurityReactorContext securityReactorContext() {
			return new SecurityReactorContext();
		}

		@Bean
		static SecurityErrors securityErrors() {
			return new SecurityErrors();
		}

		@Bean
		static AuthenticationArguments authenticationArguments(BeanFactory beans) {
			return new AuthenticationArguments(beans);
		}

		@Bean
		static HandshakeAuthenticator handshakeAuthenticator(AuthenticationManager manager) {
			return new HandshakeAuthenticator((handshake) -> {
				String token = handshake.request().user(Credentials.class).token();
				if ("".equals(token)) {
					throw new BadCredentialsException("secret: the token is empty");
				}
				return (token != null) ? UsernamePasswordAuthenticationToken.unauthenticated(token, token) : null;
			}, manager);
		}

		@Bean
		static AuthenticationManager authenticationManager() {
			return Security::authenticate;
		}

		private static Authentication authenticate(Authentication credentials) {
			UserDetails user = switch (credentials.getName()) {
				case "ann" -> User.withUsername("ann").password("secret").roles("PLAYER").build();
				case "root" -> User.withUsername("root").password("secret").roles("PLAYER", "ADMIN").build();
				case "down" -> throw new AuthenticationServiceException("secret: the database is down");
				default -> throw new BadCredentialsException("secret: nobody has this token");
			};
			return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
		}

	}

}
