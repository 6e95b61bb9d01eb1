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
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The next message of a session waits for the handler behind interceptors, whatever stage
 * those return.
 */
class InterceptedOrderTests {

	private static final long TIMEOUT = 1000;

	private static final String TIMED_OUT = "error 1 {\"code\":408,\"msg\":\"timed out\"}";

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final List<String> begun = new ArrayList<>();

	private final CompletableFuture<String> result = new CompletableFuture<>();

	private final CompletableFuture<Object> permission = new CompletableFuture<>();

	private long now;

	/** Handles 1 behind the interceptors, and 2 without. */
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
			this.begun.add(name);
			return answer;
		});
	}

	private void timeIsOver() {
		this.now = TIMEOUT + 1;
		this.session.work().expire(this.now);
		this.sessions.workers.runAll();
	}

	private static Interceptor decorating() {
		return (request, next) -> next.proceed(request).toCompletableFuture().thenApply((answer) -> answer + "!");
	}

	private void assertThatNextWaits() {
		assertThat(this.begun).containsExactly("test.first");
	}

	private void assertThatNextHasBegun() {
		assertThat(this.begun).containsExactly("test.first", "test.next");
		assertThat(this.connection.sent()).last().isEqualTo("response 2 \"next\"");
		assertThat(this.session.work().backlog()).isZero();
	}

	@Test
	void theHandlersOwnResultIsCancelledToo() {
		requests(this.result, decorating(), decorating());
		timeIsOver();
		assertThat(this.connection.sent()).first().isEqualTo(TIMED_OUT);
		assertThat(this.result).isCancelled();
		assertThatNextHasBegun();
	}

	@Test
	void aHandlerThatCannotBeCancelledIsWaitedForBehindInterceptorsThatCan() {
		requests(this.result.minimalCompletionStage(), decorating(), decorating());
		timeIsOver();
		assertThat(this.connection.sent()).containsExactly(TIMED_OUT);
		assertThatNextWaits();
		this.result.complete("late");
		this.sessions.workers.runAll();
		assertThatNextHasBegun();
	}

	@Test
	void anInterceptorThatAnswersBeforeTheHandlerHasEndedDoesNotEndIt() {
		requests(this.result, (request, next) -> {
			next.proceed(request);
			return CompletableFuture.completedFuture("accepted");
		});
		assertThat(this.connection.sent()).containsExactly("response 1 \"accepted\"");
		assertThatNextWaits();
		this.result.complete("done");
		this.sessions.workers.runAll();
		assertThatNextHasBegun();
	}

	@Test
	void aHandlerThatWasAnsweredForHasTheTimeOfItsRequest() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		requests(this.result, (request, next) -> {
			next.proceed(request);
			return answer;
		});
		answer.complete("accepted");
		assertThatNextWaits();
		timeIsOver();
		assertThat(this.result).isCancelled();
		assertThatNextHasBegun();
		assertThat(this.connection.sent()).containsExactly("response 1 \"accepted\"", "response 2 \"next\"");
	}

	@Test
	void noHandlerBeginsBehindTheNextMessage() {
		requests("first", asking());
		timeIsOver();
		assertThat(this.begun).containsExactly("test.next");
		this.permission.complete("granted");
		this.sessions.workers.runAll();
		assertThat(this.begun).containsExactly("test.next");
		assertThat(this.connection.sent()).containsExactly(TIMED_OUT, "response 2 \"next\"");
	}

	@Test
	void aResultThatIsTakenBackIsNotAskedForAgain() {
		requests(this.result,
				(request, next) -> next.proceed(request).exceptionallyCompose((failure) -> next.proceed(request)));
		timeIsOver();
		assertThat(this.result).isCancelled();
		assertThatNextHasBegun();
	}

	/** Lets pass when it may, and does not notice that its own stage was cancelled. */
	private Interceptor asking() {
		return (request, next) -> this.permission.thenCompose((granted) -> next.proceed(request))
			.thenApply((answer) -> answer);
	}

}
