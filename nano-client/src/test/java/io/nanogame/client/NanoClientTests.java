package io.nanogame.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.protobuf.StringValue;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Words;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.SerializationException;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.HandshakeValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

/** A client of this project's server. */
class NanoClientTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(SOON);
		return client;
	}

	// Asking and telling

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
			assertThatExceptionOfType(SerializationException.class)
				.isThrownBy(() -> client.call("test.echo", new Object(), Words.class));
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
				.isThrownBy(() -> client.call("test.echo", null, Void.class));
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

	// Listening

	@Test
	void pushesReachListenersAndFluxInTheirOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.webSocket())) {
			ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
			ConcurrentLinkedQueue<String> flowed = new ConcurrentLinkedQueue<>();
			Disposable listening = client.on("onWords", Words.class, (push) -> heard.add(push.words()));
			client.on("onWords", Integer.class, (push) -> heard.add("not an integer"));
			client.on("onWords", Words.class, (push) -> {
				throw new IllegalStateException("a listener that fails");
			});
			client.pushes("onWords", Words.class).map(Words::words).subscribe(flowed::add);
			client.call("test.join", null, Void.class);
			List<String> all = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
			all.forEach((words) -> game.lobby.broadcast("onWords", new Words(words)));
			await().until(() -> flowed.size() == 50);
			assertThat(heard).containsExactlyElementsOf(all);
			assertThat(flowed).containsExactlyElementsOf(all);
			listening.dispose();
			game.lobby.broadcast("onWords", new Words("unheard"));
			await().until(() -> flowed.size() == 51);
			assertThat(heard).hasSize(50);
		}
	}

	@Test
	void aFluxOfPushesEndsWithTheClient() {
		try (Game game = new Game()) {
			NanoClient client = connected(game.tcp());
			CompletableFuture<List<Words>> all = client.pushes("onWords", Words.class).collectList().toFuture();
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onWords", new Words("one"));
			client.call("test.echo", null, Void.class);
			client.close();
			assertThat(all).succeedsWithin(SOON).asInstanceOf(LIST).containsExactly(new Words("one"));
		}
	}

	@Test
	void aFluxOfPushesFailsWhenItsSubscriberDoesNotTakeThem() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxBufferedPushes(2))) {
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			client.pushes("onWords", Words.class).doOnError(failure::complete).subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(1);
				}

				@Override
				protected void hookOnError(Throwable throwable) {
					// Seen already.
				}

			});
			client.call("test.join", null, Void.class);
			for (int i = 0; i < 10; i++) {
				game.lobby.broadcast("onWords", new Words("much"));
			}
			assertThat(failure).succeedsWithin(SOON).matches(Exceptions::isOverflow);
		}
	}

	// Handshake

	@Test
	void userDataGoesBothWays() {
		HandshakeValidator validator = (handshake) -> handshake
			.answerWith(Map.of("name", "player " + handshake.request().user().path("token").stringValue()));
		try (Game game = new Game((builder) -> builder.handshakeValidators(List.of(validator)));
				NanoClient client = game.tcp().user(Map.of("token", "seven")).build()) {
			HandshakeResponse response = client.connect().block(SOON);
			assertThat(response.user().path("name").stringValue()).isEqualTo("player seven");
			assertThat(response.heartbeatSeconds()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aClientThatIsRefusedIsClosedAndDoesNotAskAgain(String scheme) {
		HandshakeValidator validator = (handshake) -> {
			throw new io.nanogame.session.HandshakeRefusedException("log in first");
		};
		try (Game game = new Game((builder) -> builder.handshakeValidators(List.of(validator)));
				NanoClient client = (scheme.equals("ws") ? game.webSocket() : game.tcp()).build()) {
			assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(() -> client.connect().block(SOON))
				.satisfies((ex) -> {
					assertThat(ex.code()).isEqualTo(500);
					assertThat(ex.words()).isEqualTo("log in first");
				});
			assertThat(client.state().phase()).isEqualTo(Phase.CLOSED);
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.tell", 1))
				.withMessageContaining("CLOSED");
		}
	}

	@Test
	void routesOfTheDictionaryTravelAsCodes() {
		RouteDictionary dictionary = RouteDictionary.of(Map.of("test.echo", 1, "test.join", 300, "onWords", 2));
		try (Game game = Game.withDictionary(dictionary); NanoClient client = connected(game.tcp())) {
			ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
			client.on("onWords", Words.class, (push) -> heard.add(push.words()));
			long before = game.server.traffic().bytesReceived();
			assertThat(client.call("test.echo", new byte[] { 'x' }, byte[].class)).asString().isEqualTo("x");
			// Header, flag, id, code, body: the name of the route would not fit.
			assertThat(game.server.traffic().bytesReceived() - before).isEqualTo(4 + 1 + 1 + 2 + 1);
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onWords", new Words("by code"));
			await().until(() -> heard.contains("by code"));
		}
	}

	// Serializers

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

	// Many

	@Test
	void aThousandClientsShareOneEventLoop() {
		LoopResources loops = LoopResources.create("players", 1, true);
		try (Game game = new Game()) {
			List<NanoClient> clients = Flux.range(0, 1000).flatMap((i) -> {
				NanoClient client = game.tcp().loops(loops).build();
				return client.connect().thenReturn(client);
			}, 50).collectList().block(SOON);
			assertThat(clients).hasSize(1000);
			assertThat(game.sessions.count()).isEqualTo(1000);
			assertThat(Flux.fromIterable(clients)
				.flatMap((client) -> client.request("test.echo", new Words("all"), Words.class))
				.count()
				.block(SOON)).isEqualTo(1000);
			clients.forEach(NanoClient::close);
			await().until(() -> game.sessions.count() == 0);
		}
		finally {
			loops.disposeLater().block(SOON);
		}
	}

	// Bad settings

	@ParameterizedTest
	@ValueSource(strings = { "localhost:3250", "http://localhost", "tcp:", "tcp://" })
	void aServerHasAnAddressOfAKindThatIsKnown(String server) {
		assertThatIllegalArgumentException().isThrownBy(() -> NanoClient.builder(server)).isNotNull();
	}

	@Test
	void limitsAreAboveZero() {
		NanoClientBuilder builder = NanoClient.builder("tcp://localhost");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO))
			.withMessage("The request timeout must be above zero: PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRequestsInFlight(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPacketLength(1 << 24));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
	}

}
