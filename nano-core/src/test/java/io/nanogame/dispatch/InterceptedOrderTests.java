package io.nanogame.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.Interceptors;
import io.nanogame.protocol.Message;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The next message of a session waits for the handler below interceptors, whatever stage
 * these return.
 */
class InterceptedOrderTests {

	private static final long TIMEOUT = 1000;

	private static final String TIMED_OUT = "error 1 {\"code\":408,\"msg\":\"timed out\"}";

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final List<String> started = new ArrayList<>();

	private final CompletableFuture<String> result = new CompletableFuture<>();

	private final CompletableFuture<Object> permission = new CompletableFuture<>();

	private long now;

	/** Sends request 1 to a route with the interceptors, and request 2 to one without. */
	private void requests(Object answer, Interceptor... interceptors) {
		Route first = route("test.first", answer).wrapped((handler) -> {
			return Interceptors.around(handler, List.of(interceptors));
		});
		Dispatcher dispatcher = new Dispatcher(new RouteTable(List.of(first, route("test.next", "next"))),
				new UnknownRoute(), new FailureHandling(List.of()), () -> this.now);
		byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
		dispatcher.receive(this.session, Message.request(1, "test.first", body), Map.of(), 0, TIMEOUT);
		dispatcher.receive(this.session, Message.request(2, "test.next", body), Map.of(), 0, 2 * TIMEOUT);
		this.sessions.workers.runAll();
	}

	private Route route(String name, Object answer) {
		return Route.of(name, (request) -> {
			this.started.add(name);
			return answer;
		});
	}

	private void expire() {
		this.now = TIMEOUT + 1;
		SessionHandle.of(this.session).queue().expire(this.now);
		this.sessions.workers.runAll();
	}

	private static Interceptor decorating() {
		return (request, next) -> next.proceed(request).toCompletableFuture().thenApply((answer) -> answer + "!");
	}

	private void assertThatNextWaits() {
		assertThat(this.started).containsExactly("test.first");
	}

	private void assertThatNextHasStarted() {
		assertThat(this.started).containsExactly("test.first", "test.next");
		assertThat(this.connection.sent()).last().isEqualTo("response 2 \"next\"");
		assertThat(SessionHandle.of(this.session).queue().backlog()).isZero();
	}

	@Test
	void theHandlersOwnResultIsCancelledToo() {
		requests(this.result, decorating(), decorating());
		expire();
		assertThat(this.connection.sent()).first().isEqualTo(TIMED_OUT);
		assertThat(this.result).isCancelled();
		assertThatNextHasStarted();
	}

	@Test
	void theNextMessageWaitsForAnUncancellableHandlerBelowInterceptors() {
		requests(this.result.minimalCompletionStage(), decorating(), decorating());
		expire();
		assertThat(this.connection.sent()).containsExactly(TIMED_OUT);
		assertThatNextWaits();
		this.result.complete("late");
		this.sessions.workers.runAll();
		assertThatNextHasStarted();
	}

	@Test
	void anEarlyResultOfAnInterceptorDoesNotEndTheHandler() {
		requests(this.result, (request, next) -> {
			next.proceed(request);
			return CompletableFuture.completedFuture("accepted");
		});
		assertThat(this.connection.sent()).containsExactly("response 1 \"accepted\"");
		assertThatNextWaits();
		this.result.complete("done");
		this.sessions.workers.runAll();
		assertThatNextHasStarted();
	}

	@Test
	void aHandlerBelowAnEarlyResultIsCancelledAtTheDeadline() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		requests(this.result, (request, next) -> {
			next.proceed(request);
			return answer;
		});
		answer.complete("accepted");
		assertThatNextWaits();
		expire();
		assertThat(this.result).isCancelled();
		assertThatNextHasStarted();
		assertThat(this.connection.sent()).containsExactly("response 1 \"accepted\"", "response 2 \"next\"");
	}

	@Test
	void noHandlerStartsAfterTheNextMessage() {
		requests("first", permitting());
		expire();
		assertThat(this.started).containsExactly("test.next");
		this.permission.complete("granted");
		this.sessions.workers.runAll();
		assertThat(this.started).containsExactly("test.next");
		assertThat(this.connection.sent()).containsExactly(TIMED_OUT, "response 2 \"next\"");
	}

	@Test
	void aRetryAfterACancellationDoesNotStartTheHandlerAgain() {
		requests(this.result,
				(request, next) -> next.proceed(request).exceptionallyCompose((failure) -> next.proceed(request)));
		expire();
		assertThat(this.result).isCancelled();
		assertThatNextHasStarted();
	}

	/** Proceeds after the permission, also when its own stage was cancelled. */
	private Interceptor permitting() {
		return (request, next) -> this.permission.thenCompose((granted) -> next.proceed(request))
			.thenApply((answer) -> answer);
	}

}
