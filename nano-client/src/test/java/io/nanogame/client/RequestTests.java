package io.nanogame.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.protobuf.StringValue;
import io.nanogame.client.Game.Text;
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

/** Tests of requests and notifications with this project's server. */
class RequestTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(TIMEOUT);
		return client;
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void responsesAreReturnedAsMonoStageAndValue(String scheme) throws Exception {
		try (Game game = new Game();
				NanoClient client = connected(scheme.equals("ws") ? game.webSocket() : game.tcp())) {
			Text hello = new Text("hello");
			assertThat(client.request("test.echo", hello, Text.class).block(TIMEOUT)).isEqualTo(hello);
			assertThat(client.call("test.echo", Map.of("text", "map"), Text.class)).isEqualTo(new Text("map"));
			assertThat(
					client.requestAsync("test.echo", hello, Text.class).toCompletableFuture().get(20, TimeUnit.SECONDS))
				.isEqualTo(hello);
			assertThat(client.call("test.echo", null, byte[].class)).asString().isEqualTo("{}");
			assertThat(client.call("test.echo", hello, Void.class)).isNull();
		}
	}

	@Test
	void concurrentRequestsReceiveTheirOwnResponses() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			List<Text> all = IntStream.range(0, 1000).mapToObj((i) -> new Text("word " + i)).toList();
			assertThat(Flux.fromIterable(all)
				.flatMapSequential((text) -> client.request("test.echo", text, Text.class))
				.collectList()
				.block(TIMEOUT)).isEqualTo(all);
		}
	}

	@Test
	void notificationsArriveInOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.webSocket())) {
			for (int i = 0; i < 100; i++) {
				client.notify("test.notify", i);
			}
			await().until(() -> game.notified.size() == 100);
			assertThat(game.notified).isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void anErrorResponseIsAnExceptionWithCodeAndMessage(String scheme) {
		try (Game game = new Game();
				NanoClient client = connected(scheme.equals("ws") ? game.webSocket() : game.tcp())) {
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("test.fail", null, Text.class))
				.satisfies((ex) -> {
					assertThat(ex.status()).isEqualTo(403);
					assertThat(ex.code()).isEqualTo("403");
					assertThat(ex.serverMessage()).isEqualTo("not today");
				});
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("no.route", null, Text.class))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(404));
			assertThat(client.call("test.echo", new Text("alive"), Text.class)).isEqualTo(new Text("alive"));
		}
	}

	@Test
	void aResponseThatResemblesAnErrorIsAValue() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			for (String body : List.of("{\"code\":200,\"msg\":\"fine\"}", "{\"code\":\"x\"}", "{\"code\":")) {
				assertThat(client.call("test.echo", body.getBytes(StandardCharsets.UTF_8), byte[].class)).asString()
					.isEqualTo(body);
			}
		}
	}

	@Test
	void aResponseOfAnotherTypeFails() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatExceptionOfType(SerializationException.class)
				.isThrownBy(() -> client.call("test.echo", List.of(1), Text.class));
		}
	}

	@Test
	void aRequestTimesOutAndItsLateResponseIsDropped() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> client.request("test.wait", null, Text.class, Duration.ofMillis(50)).block(TIMEOUT))
				.withMessageContaining("test.wait was not answered within 50 ms");
			game.gate.countDown();
			assertThat(client.call("test.echo", new Text("next"), Text.class)).isEqualTo(new Text("next"));
		}
	}

	@Test
	void requestsInFlightAreLimited() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxRequestsInFlight(2))) {
			Disposable first = client.request("test.wait", null, Text.class).subscribe();
			Disposable second = client.request("test.wait", null, Text.class).subscribe();
			assertThatExceptionOfType(ClientOverloadedException.class)
				.isThrownBy(() -> client.call("test.echo", null, Void.class))
				.withMessage("2 requests are in flight, "
						+ "which is the limit set by NanoClientBuilder.maxRequestsInFlight");
			first.dispose();
			game.gate.countDown();
			assertThat(client.call("test.echo", new Text("room again"), Text.class)).isEqualTo(new Text("room again"));
			second.dispose();
		}
	}

	@Test
	void aBlockingCallOnAnEventLoopFails() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			assertThatIllegalStateException()
				.isThrownBy(() -> client.request("test.echo", null, Void.class)
					.then(Mono.fromCallable(() -> client.call("test.echo", null, byte[].class)))
					.block(TIMEOUT))
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
	void eachSubscriptionSendsTheRequestOnce() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			Mono<Void> a = client.request("test.notify", "a", Void.class);
			client.call("test.notify", "b", Void.class);
			assertThat(game.notified).containsExactly("\"b\"");
			a.block(TIMEOUT);
			a.block(TIMEOUT);
			assertThat(game.notified).containsExactly("\"b\"", "\"a\"", "\"a\"");
		}
	}

	@Test
	void aTimeoutThatElapsesAtOnceReleasesItsRequest() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxRequestsInFlight(1))) {
			for (int i = 0; i < 200; i++) {
				assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(
						() -> client.request("test.wait", null, Void.class, Duration.ofNanos(1)).block(TIMEOUT));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "tcp, 2000", "ws, 2000", "ws, 100000" })
	void aResponseAboveTheLimitFailsWithTheNameOfTheLimit(String scheme, int length) {
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
	void aMessageThatCannotBeSentFailsAndIsNotInFlight() {
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
	void aClientThatIsNotConnectedNamesTheRemedy() {
		try (Game game = new Game()) {
			NanoClient client = game.tcp().build();
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> client.call("test.echo", 1, Integer.class))
				.withMessage("This client is not connected: NEW; connect() first");
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.notify", 1));
			client.close();
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.notify", 1))
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

	/** A payload that no serializer can write. */
	private static final class Unwritable {

		@SuppressWarnings("unused")
		public String getText() {
			throw new IllegalStateException("planted");
		}

	}

}
