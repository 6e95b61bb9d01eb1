package io.nanogame.spring;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Components on a real server, tested by clients.
 */
class ServedComponentsTests {

	private AnnotationConfigApplicationContext context;

	private RawClient client;

	@BeforeEach
	void start() {
		this.context = new AnnotationConfigApplicationContext(Engine.class, LocalValidatorFactoryBean.class,
				Lobby.class, Threads.class, Counting.class);
		this.client = connect();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.context.close();
	}

	private RawClient connect() {
		return RawClient.tcp(this.context.getBean(GameServer.class).port()).handshake();
	}

	private String call(String route, String body) {
		return this.client.request(1, route, body).readResponse(1);
	}

	@Test
	void theResultOfAHandlerIsTheReply() {
		assertThat(call("lobby.join", "{\"name\":\"ada\"}")).isEqualTo("{\"members\":1}");
	}

	@Test
	void aNotifyReachesItsHandlerWhichPushesToOthers() {
		try (RawClient other = connect()) {
			call("lobby.join", "{\"name\":\"ada\"}");
			other.request(1, "lobby.join", "{\"name\":\"bob\"}").readResponse(1);
			this.client.notify("lobby.say", "\"hello\"");
			assertThat(other.readPush("onSay")).isEqualTo("\"ada: hello\"");
		}
	}

	@Test
	void aHandlerWithoutAResultRepliesWithAnEmptyObject() {
		assertThat(call("lobby.say", "\"hello\"")).isEqualTo("{}");
		assertThat(call("lobby.later", "{}")).isEqualTo("{}");
	}

	@Test
	void anInvalidPayloadFailsWith400() {
		assertThat(call("lobby.join", "{\"name\":\"\"}"))
			.isEqualTo("{\"code\":400,\"msg\":\"name must not be blank\"}");
		assertThat(call("lobby.join", "nonsense")).contains("\"code\":400").doesNotContain("nonsense");
	}

	@Test
	void anExceptionFailsWith500AndIsNotDisclosed() {
		assertThat(call("lobby.fail", "")).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
		assertThat(call("lobby.refuse", "")).isEqualTo("{\"code\":409,\"msg\":\"not now\"}");
	}

	@Test
	void annotationsDecideTheThreadOfAHandler() {
		assertThat(call("threads.worker", "")).startsWith("\"worker");
		assertThat(call("threads.fast", "")).startsWith("\"nano-");
		assertThat(call("threads.mono", "")).startsWith("\"nano-");
		assertThat(call("threads.stage", "")).startsWith("\"nano-");
	}

	@Test
	void globalInterceptorsReceiveEveryMessage() {
		call("lobby.say", "\"a\"");
		call("threads.fast", "");
		assertThat(this.context.getBean(Counting.class).seen).containsExactly("lobby.say", "threads.fast");
	}

	@Test
	void componentsAreNotifiedOfTheServersLifecycleInTheirOrder() {
		List<String> events = this.context.getBean("lifecycle", LifecycleEvents.class).events();
		assertThat(events).containsExactly("threads init", "lobby init");
		this.context.close();
		assertThat(events).containsExactly("threads init", "lobby init", "lobby shutdown", "threads shutdown");
	}

	record LifecycleEvents(List<String> events) {
	}

	record Join(@NotBlank String name) {
	}

	record Joined(int members) {
	}

	@GameComponent
	static class Lobby implements ComponentLifecycle {

		private final Group members;

		private final LifecycleEvents lifecycle;

		Lobby(Groups groups, LifecycleEvents lifecycle) {
			this.members = groups.create("lobby");
			this.lifecycle = lifecycle;
		}

		@Override
		public void init() {
			this.lifecycle.events().add("lobby init");
		}

		@Override
		public void shutdown() {
			this.lifecycle.events().add("lobby shutdown");
		}

		@Handler
		Joined join(Session session, @Valid Join join) {
			session.bind(join.name());
			this.members.add(session);
			return new Joined(this.members.count());
		}

		@Handler
		void say(Session session, String text) {
			this.members.broadcast("onSay", session.uid() + ": " + text);
		}

		@Handler
		Mono<Void> later() {
			return Mono.empty();
		}

		@Handler
		void fail() {
			throw new IllegalStateException("secret");
		}

		@Handler
		void refuse() {
			throw new RequestException(409, "not now");
		}

	}

	@GameComponent
	@Order(1)
	static class Threads implements ComponentLifecycle {

		private final LifecycleEvents lifecycle;

		Threads(LifecycleEvents lifecycle) {
			this.lifecycle = lifecycle;
		}

		@Override
		public void init() {
			this.lifecycle.events().add("threads init");
		}

		@Override
		public void shutdown() {
			this.lifecycle.events().add("threads shutdown");
		}

		@Handler
		String worker() {
			return Thread.currentThread().getName();
		}

		@Handler
		@NonBlocking
		String fast() {
			return Thread.currentThread().getName();
		}

		@Handler
		Mono<String> mono() {
			return Mono.just(Thread.currentThread().getName());
		}

		@Handler
		CompletableFuture<String> stage() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	static class Counting implements Interceptor {

		final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			this.seen.add(request.route());
			return next.proceed(request);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Engine {

		@Bean
		LifecycleEvents lifecycle() {
			return new LifecycleEvents(new CopyOnWriteArrayList<>());
		}

		@Bean(destroyMethod = "shutdownNow")
		ExecutorService workers() {
			return Executors.newFixedThreadPool(4, (task) -> new Thread(task, "worker"));
		}

		@Bean
		Lanes lanes(ExecutorService workers) {
			return new Lanes(workers, 1000);
		}

		@Bean
		Sessions sessions(ExecutorService workers) {
			return new Sessions(TestGame.PAYLOADS, workers);
		}

		@Bean
		Groups groups(Lanes lanes) {
			return new Groups(TestGame.PAYLOADS, new Timers(lanes.named("timer"), Duration.ofMillis(1)));
		}

		@Bean
		GameComponents gameComponents(ListableBeanFactory beans, Lanes lanes, SmartValidator validator) {
			return new GameComponents(beans, TestGame.PAYLOADS, lanes, RouteNaming.lowerCamelCase(), validator,
					List.of());
		}

		@Bean(initMethod = "start", destroyMethod = "stop")
		GameServer gameServer(GameComponents components, Lanes lanes, Sessions sessions) {
			Timers timers = new Timers(lanes.named("timer"), Duration.ofMillis(10));
			return GameServer.builder(TestGame.PAYLOADS, lanes, sessions, timers)
				.routes(components.routes())
				.components(components.lifecycles())
				.interceptors(components.globalInterceptors())
				.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", 0))))
				.build();
		}

	}

}
