package io.nanogame.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.nanogame.lane.Lane;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.Outcome;
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
 * The deadline of a request counts from its receipt.
 */
class DeadlineTests {

	private static final long TIMEOUT = 1000;

	private static final String NOT_BEGUN = "{\"code\":503,\"msg\":\"not begun in time\"}";

	private static final String TIMED_OUT = "{\"code\":408,\"msg\":\"timed out\"}";

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final SessionHandle handle = SessionHandle.of(this.session);

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final List<String> started = new ArrayList<>();

	private final List<String> observed = new ArrayList<>();

	private final ManualExecutor threads = new ManualExecutor();

	private final Lane busy = new Lane("busy", this.threads, 100);

	private final CompletableFuture<String> result = new CompletableFuture<>();

	private long now;

	private final Dispatcher dispatcher = new Dispatcher(
			new RouteTable(List.of(route("test.echo", "echo"), route("test.lane", "lane").on(this.busy),
					route("test.aside", "aside").on(this.busy).concurrent(true), route("test.later", this.result),
					route("test.strange", new Strange()), route("test.endless", this.result.minimalCompletionStage()))),
			new UnknownRoute(), new FailureHandling(List.of()), () -> this.now);

	private Route route(String name, Object answer) {
		return Route.of(name, (request) -> {
			this.started.add(name + " " + request.id());
			return answer;
		}).observedBy(new HandlerObserver() {

			@Override
			public void waited(Session session, long nanos) {
				DeadlineTests.this.observed.add(name + " waited " + nanos);
			}

			@Override
			public void handled(Session session, Outcome outcome, long nanos) {
				DeadlineTests.this.observed.add(name + " " + outcome + " " + nanos);
			}

		});
	}

	private void request(long id, String route) {
		receive(Message.request(id, route, "{}".getBytes(StandardCharsets.UTF_8)));
	}

	private void receive(Message message) {
		this.dispatcher.receive(this.session, message, Map.of(), this.now, this.now + TIMEOUT);
	}

	/** Advances the time, and runs the sweep of the loop. */
	private void advance(long nanos) {
		this.now += nanos;
		this.handle.queue().expire(this.now);
	}

	@Test
	void aRequestThatHasNotStartedByItsDeadlineFailsWith503AndNeverStarts() {
		request(1, "test.lane");
		advance(TIMEOUT);
		assertThat(this.connection.sent()).isEmpty();
		advance(1);
		assertThat(this.connection.sent()).containsExactly("error 1 " + NOT_BEGUN);
		this.threads.runAll();
		advance(TIMEOUT);
		assertThat(this.started).isEmpty();
		assertThat(this.connection.sent()).hasSize(1);
		assertThat(this.observed).containsExactly("test.lane waited 1001", "test.lane REFUSED 0");
	}

	@Test
	void anExpiredRequestWhoseTurnComesBeforeTheSweepFailsWith503() {
		request(1, "test.lane");
		this.now += TIMEOUT + 1;
		this.threads.runAll();
		assertThat(this.started).isEmpty();
		assertThat(this.connection.sent()).containsExactly("error 1 " + NOT_BEGUN);
		assertThat(this.handle.queue().backlog()).isZero();
	}

	@Test
	void eachMessageAfterAHandlerThatDoesNotEndHasItsOwnDeadline() {
		request(1, "test.endless");
		this.sessions.workers.runAll();
		advance(500);
		request(2, "test.echo");
		advance(501);
		assertThat(this.connection.sent()).containsExactly("error 1 " + TIMED_OUT);
		request(3, "test.echo");
		advance(500);
		assertThat(this.connection.sent()).containsExactly("error 1 " + TIMED_OUT, "error 2 " + NOT_BEGUN);
		this.result.complete("late");
		this.sessions.workers.runAll();
		assertThat(this.started).containsExactly("test.endless 1", "test.echo 3");
		assertThat(this.connection.sent()).endsWith("response 3 \"echo\"").hasSize(3);
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.handle.queue().givenUp()).isZero();
	}

	@Test
	void aResultIsCancelledAtTheDeadline() {
		request(1, "test.later");
		request(2, "test.echo");
		this.sessions.workers.runAll();
		this.now += 1;
		this.handle.queue().expire(TIMEOUT + 1);
		this.sessions.workers.runAll();
		assertThat(this.result).isCancelled();
		assertThat(this.connection.sent()).startsWith("error 1 " + TIMED_OUT);
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.observed).contains("test.later waited 0", "test.later TIMED_OUT 1");
	}

	@Test
	void aNotifyThatHasNotStartedByItsDeadlineNeverStarts() {
		receive(Message.notify("test.lane", new byte[0]));
		advance(TIMEOUT + 1);
		this.threads.runAll();
		assertThat(this.started).isEmpty();
		assertThat(this.connection.sent()).isEmpty();
		assertThat(this.handle.queue().backlog()).isZero();
	}

	@Test
	void aConcurrentRequestThatHasNotStartedByItsDeadlineNeverStarts() {
		request(1, "test.aside");
		advance(TIMEOUT + 1);
		assertThat(this.connection.sent()).containsExactly("error 1 " + NOT_BEGUN);
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.handle.queue().givenUp()).isOne();
		this.threads.runAll();
		assertThat(this.started).isEmpty();
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.handle.queue().givenUp()).isZero();
	}

	@Test
	void aRefusedRequestFailsInItsTurnOrAtItsDeadline() {
		request(1, "test.lane");
		request(2, "no.such");
		advance(TIMEOUT + 1);
		assertThat(this.connection.sent()).containsExactly("error 1 " + NOT_BEGUN,
				"error 2 {\"code\":404,\"msg\":\"no such route\"}");
		assertThat(this.handle.queue().backlog()).as("read on").isZero();
		assertThat(this.connection.resumes()).isPositive();
		this.threads.runAll();
		this.sessions.loopThread.runAll();
		assertThat(this.connection.sent()).hasSize(2);
		assertThat(this.handle.queue().givenUp()).isZero();
		assertThat(this.handle.queue().mailbox().size()).isZero();
	}

	@Test
	void aStageThatThrowsAfterItsCallbackEndsOnce() {
		request(1, "test.strange");
		request(2, "test.later");
		request(3, "test.echo");
		this.sessions.workers.runAll();
		assertThat(this.connection.sent()).containsExactly("response 1 \"done\"");
		assertThat(this.started).as("one at a time").containsExactly("test.strange 1", "test.later 2");
		this.result.complete("late");
		this.sessions.workers.runAll();
		assertThat(this.connection.sent()).containsExactly("response 1 \"done\"", "response 2 \"late\"",
				"response 3 \"echo\"");
		assertThat(this.handle.queue().backlog()).isZero();
	}

	/** A stage that violates the contract. */
	private static final class Strange extends CompletableFuture<String> {

		@Override
		public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
			action.accept("done", null);
			throw new IllegalStateException("expected by this test");
		}

	}

}
