package io.nanogame.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.Map;
import java.util.stream.IntStream;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestTests {

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final SessionHandle handle = SessionHandle.of(this.session);

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final Route route = Route.of("room.join", (request) -> null)
		.reading(this.sessions.payloads.reader(Integer.class));

	private final Request request = request("7");

	private final Request notify = new Request(this.session, Message.notify("room.join", bytes("7")), Map.of(),
			this.route, 0);

	private Request request(String body) {
		return new Request(this.session, Message.request(5, "room.join", bytes(body)), Map.of(), this.route, 1000);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	// Payload

	@Test
	void aRequestExposesSessionRouteAndId() {
		assertThat(this.request.session()).isSameAs(this.session);
		assertThat(this.request.route()).isEqualTo("room.join");
		assertThat(this.request.id()).isEqualTo(5);
		assertThat(this.request.body()).isEqualTo(bytes("7"));
		assertThat(this.notify.id()).isZero();
	}

	@Test
	void thePayloadIsReadOnce() {
		AtomicInteger reads = new AtomicInteger();
		Route counting = this.route.reading((body) -> reads.incrementAndGet());
		Request counted = new Request(this.session, Message.request(5, "room.join", bytes("x")), Map.of(), counting, 0);
		assertThat(counted.payload()).isEqualTo(1);
		assertThat(counted.payload()).isEqualTo(1);
		counted.body(bytes("y"));
		assertThat(counted.payload()).as("read again, because the bytes are others").isEqualTo(2);
		counted.payload("value");
		assertThat(counted.payload()).isEqualTo("value");
	}

	@Test
	void aHandlerWithoutAPayloadReceivesTheBytes() {
		Request bare = new Request(this.session, Message.request(5, "room.join", bytes("x")), Map.of(),
				this.route.reading(null), 0);
		assertThat(bare.payload()).isEqualTo(bytes("x"));
	}

	@Test
	void aBodyOfAnotherTypeFailsWith400() {
		for (String body : List.of("\"seven\"", "null", "{", "")) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> request(body).payload())
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(400))
				.withMessageStartingWith("The body ");
		}
	}

	// The answer

	@Test
	void onlyTheFirstReplyIsSent() {
		assertThat(this.request.isSettled()).isFalse();
		assertThat(this.request.reply(List.of(1))).isTrue();
		assertThat(this.request.isSettled()).isTrue();
		assertThat(this.request.reply(List.of(2))).isFalse();
		assertThat(this.request.fail(500, "no")).isFalse();
		this.request.expire(Long.MAX_VALUE);
		assertThat(this.connection.sent()).containsExactly("response 5 [1]");
	}

	@Test
	void aRequestMayFail() {
		assertThat(this.request.fail(403, "not you")).isTrue();
		assertThat(this.request.reply("late")).isFalse();
		assertThat(this.connection.sent()).containsExactly("error 5 {\"code\":403,\"msg\":\"not you\"}");
	}

	@Test
	void aPitayaClientReceivesPitayasCodes() {
		Session pitaya = this.sessions.open(TestSessions.PITAYA);
		new Request(pitaya, Message.request(5, "room.join", bytes("7")), Map.of(), this.route, 0).fail(403, "not you");
		assertThat(TestSessions.connection(pitaya).sent())
			.containsExactly("error 5 {\"code\":\"PIT-403\",\"msg\":\"not you\"}");
	}

	@Test
	void oneOfSeveralConcurrentRepliesIsSent() {
		List<CompletableFuture<Boolean>> answers = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture
				.supplyAsync(() -> (i % 2 == 0) ? this.request.reply(i) : this.request.fail(500, "no")))
			.toList();
		assertThat(answers.stream().filter(CompletableFuture::join)).hasSize(1);
		assertThat(this.connection.sent()).hasSize(1);
	}

	@Test
	void anUnserializableReplyThrowsAndFailsTheRequest() {
		Object endless = new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				return this;
			}

		};
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.request.reply(endless));
		assertThat(this.connection.sent()).containsExactly("error 5 {\"code\":500,\"msg\":\"internal error\"}");
		assertThat(this.request.reply("again")).isFalse();
	}

	@Test
	void aRequestOfADisconnectedClientReceivesNoReply() {
		this.session.close();
		assertThat(this.request.reply("late")).isFalse();
		assertThat(this.connection.sent()).isEmpty();
	}

	@Test
	void aNotifyReceivesNoReply() {
		Request unanswerable = new Request(this.session, Message.request(0, "room.join", bytes("7")), Map.of(),
				this.route, 0);
		for (Request silent : List.of(this.notify, unanswerable)) {
			assertThat(silent.expectsReply()).isFalse();
			assertThat(silent.isSettled()).isTrue();
			assertThat(silent.reply("x")).isFalse();
			assertThat(silent.fail(500, "x")).isFalse();
			assertThat(silent.defer()).isSameAs(silent);
			silent.expire(Long.MAX_VALUE);
		}
		assertThat(this.connection.sent()).isEmpty();
		assertThat(this.handle.queue().backlog()).isZero();
	}

	// Later

	@Test
	void aDeferredRequestIsPendingInItsSession() {
		assertThat(this.request.defer()).isSameAs(this.request);
		this.request.defer();
		assertThat(this.request.isSettled()).isTrue();
		assertThat(this.handle.queue().backlog()).isOne();
		assertThat(this.request.reply("late")).isTrue();
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.session.respond(5, "later")).isFalse();
		assertThat(this.connection.sent()).containsExactly("response 5 \"late\"");
	}

	@Test
	void aDeferredRequestReceivesAReplyByItsId() {
		this.request.defer();
		assertThat(this.session.respond(5, "late")).isTrue();
		assertThat(this.request.reply("later")).isFalse();
		assertThat(this.connection.sent()).containsExactly("response 5 \"late\"");
	}

	@Test
	void aRequestCannotBeDeferredAfterItsReply() {
		this.request.reply("now");
		this.request.defer();
		assertThat(this.handle.queue().backlog()).isZero();
	}

	@Test
	void aFailedDeferredRequestIsNotPending() {
		this.request.defer().fail(409, "too late");
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.connection.sent()).containsExactly("error 5 {\"code\":409,\"msg\":\"too late\"}");
	}

	@Test
	void anOverdueRequestFailsWith408() {
		this.request.defer();
		assertThat(this.request.isOverdue(1000)).isFalse();
		this.handle.queue().expire(1000);
		assertThat(this.connection.sent()).isEmpty();
		assertThat(this.request.isOverdue(1001)).isTrue();
		this.handle.queue().expire(1001);
		assertThat(this.request.reply("too late")).isFalse();
		assertThat(this.connection.sent()).containsExactly("error 5 {\"code\":408,\"msg\":\"timed out\"}");
		assertThat(this.handle.queue().backlog()).isZero();
	}

	@Test
	void theClockMayOverflow() {
		Request late = new Request(this.session, Message.request(5, "room.join", bytes("7")), Map.of(), this.route,
				Long.MAX_VALUE);
		assertThat(late.isOverdue(Long.MIN_VALUE)).isTrue();
		assertThat(late.isOverdue(Long.MAX_VALUE - 1)).isFalse();
	}

	@Test
	void aRequestExceptionWithoutAMessageHasAnEmptyText() {
		assertThat(new RequestException(400, null).message()).isEmpty();
		assertThat(new RequestException(400, "bad", new IllegalStateException()).message()).isEqualTo("bad");
	}

}
