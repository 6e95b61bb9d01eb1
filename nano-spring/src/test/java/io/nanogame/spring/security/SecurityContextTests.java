package io.nanogame.spring.security;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.SessionHandle;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

import static io.nanogame.spring.security.SecuredGame.call;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The security context is set while a handler runs, and only then.
 */
class SecurityContextTests {

	private static @Nullable String current() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : null;
	}

	private static @Nullable String currentOn(Executor executor) throws Exception {
		return CompletableFuture.supplyAsync(SecurityContextTests::current, executor).get(10, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "context.worker", "context.loop", "context.stage", "context.mono", "context.lane" })
	void aHandlerFindsTheAuthentication(String route) {
		try (SecuredGame game = new SecuredGame(Context.class, LaneContext.class);
				RawClient guest = game.guest();
				RawClient ann = game.player("ann")) {
			assertThat(call(guest, route)).isEqualTo("\"anonymousUser\"");
			assertThat(call(ann, route)).isEqualTo("\"ann\"");
			assertThat(call(guest, route)).isEqualTo("\"anonymousUser\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "context.worker", "context.fail", "context.lane" })
	void noContextRemainsOnTheWorker(String route) throws Exception {
		try (SecuredGame game = new SecuredGame(Context.class, LaneContext.class); RawClient ann = game.player("ann")) {
			call(ann, route);
			assertThat(currentOn(game.worker)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "context.loop", "context.stage", "context.mono", "context.pending" })
	void noContextRemainsOnTheEventLoop(String route) throws Exception {
		try (SecuredGame game = new SecuredGame(Context.class); RawClient ann = game.player("ann")) {
			call(ann, route);
			assertThat(currentOn(SessionHandle.of(game.session()).connection().loop()::execute)).isNull();
		}
	}

	@Test
	void sessionListenersHaveNoContext() throws Exception {
		try (SecuredGame game = new SecuredGame(Context.class); RawClient ann = game.player("ann")) {
			call(ann, "context.worker");
			CompletableFuture<String> listener = new CompletableFuture<>();
			game.session().onClose((session) -> listener.complete(String.valueOf(current())));
			ann.reset();
			assertThat(listener.get(10, TimeUnit.SECONDS)).isEqualTo("null");
		}
	}

	@Test
	void interceptorsOfTheGameHaveTheContext() {
		try (SecuredGame game = new SecuredGame(Context.class, Outermost.class); RawClient ann = game.player("ann")) {
			assertThat(call(ann, "context.seen")).isEqualTo("\"ann\"");
		}
	}

	@Test
	void aNestedMessageRestoresTheContext() throws Exception {
		try (SecuredGame game = new SecuredGame(Context.class); RawClient ann = game.player("ann")) {
			call(ann, "context.worker");
			Interceptor interceptor = game.context.getBean(SecurityContextInterceptor.class);
			Request request = request(game);
			CompletionStage<@Nullable Object> result = interceptor.intercept(request, (outer) -> {
				String before = current();
				interceptNested(interceptor, request);
				return CompletableFuture.completedFuture(before + " and " + current());
			});
			assertThat(result).isCompletedWithValue("ann and ann");
			assertThat(current()).isNull();
		}
	}

	private static Request request(SecuredGame game) {
		Route route = Objects.requireNonNull(game.server.routes().find("context.worker"));
		return new Request(game.session(), Message.request(1, route.name(), new byte[0]), Map.of(), route,
				System.nanoTime());
	}

	private static void interceptNested(Interceptor interceptor, Request request) {
		try {
			interceptor.intercept(request, (inner) -> CompletableFuture.completedFuture(null));
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@GameComponent("context")
	static class Context {

		@Handler
		@Nullable String worker() {
			return current();
		}

		@Handler
		@NonBlocking
		@Nullable String loop() {
			return current();
		}

		@Handler
		CompletionStage<@Nullable String> stage() {
			return CompletableFuture.completedFuture(current());
		}

		@Handler
		CompletionStage<@Nullable String> pending() {
			String name = current();
			return CompletableFuture.supplyAsync(() -> name);
		}

		@Handler
		Mono<String> mono() {
			return Mono.fromSupplier(() -> String.valueOf(current()));
		}

		@Handler
		void fail() {
			throw new IllegalStateException("expected by a test");
		}

		@Handler
		@Nullable Object seen(Request request) {
			return request.attributes().get("seen");
		}

	}

	@GameComponent(name = "laneContext", lane = "one")
	static class LaneContext {

		@Handler("context.lane")
		@Nullable String lane() {
			return current();
		}

	}

	@Component
	@Order(-1000)
	static class Outermost implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			request.attributes().put("seen", String.valueOf(current()));
			return next.proceed(request);
		}

	}

}
