package io.nanogame.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.Map;

import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InterceptorsTests {

	private final TestSessions sessions = new TestSessions();

	private final List<String> calls = new ArrayList<>();

	private final RouteHandler handler = (request) -> {
		this.calls.add("handler " + request.payload());
		return "result";
	};

	private static Interceptor refusing() {
		return (request, next) -> {
			throw new RequestException(403, "not you");
		};
	}

	private Interceptor layer(String name) {
		return (request, next) -> {
			this.calls.add(name + " in");
			return next.proceed(request).whenComplete((result, failure) -> this.calls.add(name + " out"));
		};
	}

	private Request request() {
		Route route = Route.of("room.join", this.handler)
			.reading((body) -> new String(body, StandardCharsets.UTF_8).toUpperCase());
		return new Request(this.sessions.open(), Message.request(1, "room.join", bytes("hi")), Map.of(), route, 0);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Object result(RouteHandler around, Request request) throws Exception {
		Object result = around.handle(request);
		return (result instanceof CompletionStage<?> stage) ? stage.toCompletableFuture().join() : result;
	}

	private Object result(RouteHandler around) throws Exception {
		return result(around, request());
	}

	@Test
	void withoutInterceptorsTheHandlerIsNotWrapped() {
		assertThat(Interceptors.around(this.handler, List.of())).isSameAs(this.handler);
	}

	@Test
	void theFirstInterceptorIsTheOutermost() throws Exception {
		RouteHandler around = Interceptors.around(this.handler, List.of(layer("a"), layer("b"), layer("c")));
		assertThat(result(around)).isEqualTo("result");
		assertThat(this.calls).containsExactly("a in", "b in", "c in", "handler HI", "c out", "b out", "a out");
	}

	@Test
	void aPlainResultIsACompletedStage() throws Exception {
		List<Boolean> done = new ArrayList<>();
		RouteHandler around = Interceptors.around(this.handler, List.of((request, next) -> {
			CompletionStage<Object> stage = next.proceed(request);
			done.add(stage.toCompletableFuture().isDone());
			return stage;
		}));
		assertThat(result(around)).isEqualTo("result");
		assertThat(done).containsExactly(true);
	}

	@Test
	void aPendingStageIsPassedOnAndCompletedFromTheInside() throws Exception {
		CompletableFuture<Object> later = new CompletableFuture<>();
		RouteHandler around = Interceptors.around((request) -> later, List.of(layer("a"), layer("b")));
		CompletableFuture<?> result = ((CompletionStage<?>) around.handle(request())).toCompletableFuture();
		assertThat(this.calls).containsExactly("a in", "b in");
		assertThat(result).isNotDone();
		later.complete("late");
		assertThat(result.getNow(null)).isEqualTo("late");
		assertThat(this.calls).containsExactly("a in", "b in", "b out", "a out");
	}

	@Test
	void aHandlerWithoutAResultCompletesWithNull() throws Exception {
		RouteHandler around = Interceptors.around((request) -> null, List.of(layer("a")));
		assertThat(result(around)).isNull();
	}

	@Test
	void theResultMayBeReplaced() throws Exception {
		Interceptor shout = (request, next) -> next.proceed(request).thenApply((result) -> result + "!");
		assertThat(result(Interceptors.around(this.handler, List.of(shout, shout)))).isEqualTo("result!!");
	}

	@Test
	void anInterceptorMayReplyInsteadOfTheHandler() throws Exception {
		Interceptor cache = (request, next) -> CompletableFuture.completedFuture("cached");
		RouteHandler around = Interceptors.around(this.handler, List.of(layer("a"), cache, layer("never")));
		assertThat(result(around)).isEqualTo("cached");
		assertThat(this.calls).containsExactly("a in", "a out");
	}

	@Test
	void anExceptionOfAnInterceptorIsAFailedStageForOuterInterceptors() {
		List<Throwable> seen = new ArrayList<>();
		Interceptor outer = (request, next) -> next.proceed(request)
			.whenComplete((result, failure) -> seen.add(failure));
		RouteHandler around = Interceptors.around(this.handler, List.of(outer, refusing()));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> result(around))
			.withCauseInstanceOf(RequestException.class);
		assertThat(seen).singleElement().isInstanceOf(RequestException.class);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void anExceptionOfTheHandlerMayBecomeAReply() throws Exception {
		RouteHandler failing = (request) -> {
			throw new IllegalStateException("broken");
		};
		Interceptor saviour = (request, next) -> next.proceed(request).exceptionally(Throwable::getMessage);
		assertThat(result(Interceptors.around(failing, List.of(saviour)))).isEqualTo("broken");
	}

	@Test
	void anErrorOfTheOutermostInterceptorIsNotThrown() throws Exception {
		Object result = Interceptors.around(this.handler, List.of((request, next) -> {
			throw new StackOverflowError("expected by this test");
		})).handle(request());
		assertThat((CompletableFuture<?>) result).isCompletedExceptionally();
	}

	@Test
	void anInterceptorThatReturnsNullFails() {
		RouteHandler around = Interceptors.around(this.handler, List.of((request, next) -> null));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> result(around))
			.withMessageContaining("An interceptor returned no stage");
	}

	@Test
	void thePayloadMayBeReplacedAsTheHandlersValue() throws Exception {
		RouteHandler around = Interceptors.around(this.handler, List.of((request, next) -> {
			this.calls.add("was " + request.payload());
			request.payload("OTHER");
			return next.proceed(request);
		}));
		result(around);
		assertThat(this.calls).containsExactly("was HI", "handler OTHER");
	}

	@Test
	void thePayloadMayBeReplacedAsBytes() throws Exception {
		RouteHandler around = Interceptors.around(this.handler, List.of((request, next) -> {
			this.calls.add("was " + request.payload());
			request.body(bytes("decrypted"));
			return next.proceed(request);
		}));
		result(around);
		assertThat(this.calls).containsExactly("was HI", "handler DECRYPTED");
	}

	@Test
	void theyShareDataByAttributesOfTheRequest() throws Exception {
		Request request = request();
		RouteHandler around = Interceptors.around((handled) -> handled.attributes().get("start"),
				List.of((handled, next) -> {
					handled.attributes().put("start", 7L);
					return next.proceed(handled)
						.whenComplete((result, failure) -> this.calls.add("took " + handled.attributes().get("start")));
				}));
		assertThat(result(around, request)).isEqualTo(7L);
		assertThat(this.calls).containsExactly("took 7");
		assertThat(request().attributes()).as("another request has its own").isEmpty();
	}

}
