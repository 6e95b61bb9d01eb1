package io.nanogame.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.protobuf.StringValue;
import io.nanogame.client.Game.Words;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.SerializationException;
import io.nanogame.serialize.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** Asking and telling, at this project's server. */
class RequestTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(SOON);
		return client;
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aRequestIsAnsweredInAllForms(String scheme) throws Exception {
		try (Game game = new Game();
				NanoClient client = connected(scheme.equals("ws") ? game.webSocket() : game.tcp())) {
			Words hello = new Words("hello");
			assertThat(client.request("test.echo", hello, Words.class).block(SOON)).isEqualTo(hello);
			assertThat(client.call("test.echo", Map.of("words", "map"), Words.class)).isEqualTo(new Words("map"));
			assertThat(client.requestAsync("test.echo", hello, Words.class)
				.toCompletableFuture()
				.get(20, TimeUnit.SECONDS)).isEqualTo(hello);
			assertThat(client.call("test.echo", null, byte[].class)).asString().isEqualTo("{}");
			assertThat(client.call("test.echo", hello, Void.class)).isNull();
		}
	}

	@Test
	void manyRequestsAtATimeAreEachAnsweredTheirOwn() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			List<Words> all = IntStream.range(0, 1000).mapToObj((i) -> new Words("word " + i)).toList();
			assertThat(Flux.fromIterable(all)
				.flatMapSequential((words) -> client.request("test.echo", words, Words.class))
				.collectList()
				.block(SOON)).isEqualTo(all);
		}
	}

	@Test
	void notifiesArriveInTheirOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.webSocket())) {
			for (int i = 0; i < 100; i++) {
				client.notify("test.tell", i);
			}
			await().until(() -> game.told.size() == 100);
			assertThat(game.told).isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void anErrorAnswerIsAnExceptionWithItsCodeAndWords(String scheme) {
		try (Game game = new Game();
				NanoClient client = connected(scheme.equals("ws") ? game.webSocket() : game.tcp())) {
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("test.fail", null, Words.class))
				.satisfies((ex) -> {
					assertThat(ex.status()).isEqualTo(403);
					assertThat(ex.code()).isEqualTo("403");
					assertThat(ex.words()).isEqualTo("not today");
				});
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("no.route", null, Words.class))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(404));
			assertThat(client.call("test.echo", new Words("alive"), Words.class)).isEqualTo(new Words("alive"));
		}
	}

	@Test
	void anAnswerMayLookLikeAnErrorAndBeNone() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			for (String body : List.of("{\"code\":200,\"msg\":\"fine\"}", "{\"code\":\"x\"}", "{\"code\":")) {
				assertThat(client.call("test.echo", body.getBytes(StandardCharsets.UTF_8), byte[].class)).asString()
					.isEqualTo(body);
			}
		}
	}

	@Test
	void anAnswerThatIsNotOfItsTypeFails() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatExceptionOfType(SerializationException.class)
				.isThrownBy(() -> client.call("test.echo", List.of(1), Words.class));
		}
	}

	@Test
	void aRequestThatIsNotAnsweredTimesOutAndItsLateAnswerIsNobodys() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> client.request("test.wait", null, Words.class, Duration.ofMillis(50)).block(SOON))
				.withMessageContaining("test.wait was not answered within 50 ms");
			game.gate.countDown();
			assertThat(client.call("test.echo", new Words("next"), Words.class)).isEqualTo(new Words("next"));
		}
	}

	@Test
	void noMoreRequestsWaitThanMay() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxRequestsInFlight(2))) {
			Disposable first = client.request("test.wait", null, Words.class).subscribe();
			Disposable second = client.request("test.wait", null, Words.class).subscribe();
			assertThatExceptionOfType(ClientOverloadedException.class)
				.isThrownBy(() -> client.call("test.echo", null, Void.class))
				.withMessage("2 requests wait for their answers, "
						+ "which is the limit set by NanoClientBuilder.maxRequestsInFlight");
			first.dispose();
			game.gate.countDown();
			assertThat(client.call("test.echo", new Words("room again"), Words.class))
				.isEqualTo(new Words("room again"));
			second.dispose();
		}
	}

	@Test
	void whoMustNotWaitIsToldSo() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatIllegalStateException()
				.isThrownBy(() -> client.request("test.echo", null, Void.class)
					.then(Mono.fromCallable(() -> client.call("test.echo", null, byte[].class)))
					.block(SOON))
				.withMessageContaining("blocking");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aLongPayloadComesBackWhole(String scheme) {
		try (Game game = new Game();
				NanoClient client = connected(scheme.equals("ws") ? game.webSocket() : game.tcp())) {
			byte[] body = new byte[60_000];
			body[59_999] = 1;
			assertThat(client.call("test.echo", body, byte[].class)).isEqualTo(body);
		}
	}

	@Test
	void nothingIsSentBeforeSomebodySubscribesAndOnceForEachWhoDoes() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			Mono<Void> a = client.request("test.tell", "a", Void.class);
			client.call("test.tell", "b", Void.class);
			assertThat(game.told).containsExactly("\"b\"");
			a.block(SOON);
			a.block(SOON);
			assertThat(game.told).containsExactly("\"b\"", "\"a\"", "\"a\"");
		}
	}

	@Test
	void aTimeThatIsOverAtOnceIsNoticedToo() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxRequestsInFlight(1))) {
			for (int i = 0; i < 200; i++) {
				assertThatExceptionOfType(RequestTimeoutException.class)
					.isThrownBy(() -> client.request("test.wait", null, Void.class, Duration.ofNanos(1)).block(SOON));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "tcp, 2000", "ws, 2000", "ws, 100000" })
	void anAnswerAboveTheLimitFailsWithTheNameOfTheLimit(String scheme, int length) {
		try (Game game = new Game()) {
			NanoClientBuilder builder = (scheme.equals("ws") ? game.webSocket() : game.tcp()).noReconnect();
			try (NanoClient client = connected(builder.maxPacketLength(1000))) {
				assertThatExceptionOfType(ConnectionLostException.class)
					.isThrownBy(() -> client.call("test.long", length, Void.class))
					.withMessage("The server sent more than 1000 bytes in one packet, "
							+ "which is the limit set by NanoClientBuilder.maxPacketLength");
			}
		}
	}

	@Test
	void whatCannotBeSentFailsAndTakesNoPlace() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxRequestsInFlight(1))) {
			String longRoute = "x".repeat(256);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(SerializationException.class)
					.isThrownBy(() -> client.call("test.echo", new Unwritable(), Void.class));
				assertThatExceptionOfType(ProtocolException.class)
					.isThrownBy(() -> client.call(longRoute, 1, Void.class))
					.withMessage("route too long");
				assertThatExceptionOfType(ProtocolException.class)
					.isThrownBy(() -> client.call("test.echo", new byte[1 << 24], Void.class))
					.withMessage("packet too large");
				assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> client.notify(longRoute, 1));
			}
			assertThat(client.call("test.echo", 1, Integer.class)).isOne();
		}
	}

	@Test
	void whoIsNotConnectedIsToldWhatToDo() {
		try (Game game = new Game()) {
			NanoClient client = game.tcp().build();
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> client.call("test.echo", 1, Integer.class))
				.withMessage("This client is not connected: NEW; connect() first");
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.tell", 1));
			client.close();
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.tell", 1))
				.withMessage("This client is not connected: CLOSED: This client is closed");
		}
	}

	@Test
	void protobufMessagesAndErrorsAreRead() {
		try (Game game = new Game(new ProtobufSerializer());
				NanoClient client = connected(game.tcp().serializer(new ProtobufSerializer()))) {
			StringValue hello = StringValue.of("hello");
			assertThat(client.call("test.echo", hello, StringValue.class)).isEqualTo(hello);
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("test.fail", null, StringValue.class))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(403))
				.withMessageContaining("not today");
		}
	}

	@Test
	void rawBodiesAndErrorsAreRead() {
		Serializer raw = new RawSerializer();
		try (Game game = new Game(raw); NanoClient client = connected(game.webSocket().serializer(raw))) {
			assertThat(client.call("test.echo", "as it is", String.class)).isEqualTo("as it is");
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("test.fail", null, String.class))
				.withMessageContaining("not today");
		}
	}

	/** No serializer can make bytes of it. */
	private static final class Unwritable {

		@SuppressWarnings("unused")
		public String getWords() {
			throw new IllegalStateException("planted");
		}

	}

}
