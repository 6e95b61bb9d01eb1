package io.nanogame.server;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.connection.TransportSettings;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Broken values, serializers and error mappers affect only their own request.
 */
class BrokenPayloadTests {

	@Test
	void anUnserializableErrorValueCausesA500() {
		try (TestServer server = new MemoryServer().lane("test.now", (request) -> new Broken())
			.loop("test.later", (request) -> CompletableFuture.supplyAsync(Broken::new))
			.lane("test.deferred", BrokenPayloadTests::deferred)
			.start(); RawClient client = server.connect().handshake()) {
			client.request(1, "test.now", "").request(2, "test.echo", "2");
			assertThat(client.readResponse(1)).contains("500");
			assertThat(client.readResponse(2)).isEqualTo("2");
			client.request(3, "test.later", "").request(4, "test.echo", "4");
			assertThat(client.readResponse(3)).contains("500");
			assertThat(client.readResponse(4)).isEqualTo("4");
			client.request(5, "test.deferred", "");
			assertThat(client.readResponse(5)).contains("500");
		}
	}

	private static Object deferred(Request request) {
		Request later = request.defer();
		CompletableFuture.runAsync(() -> later.reply(new Broken()));
		return "";
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aPayloadThatIsTooLongForAPacketCausesA500AndAffectsNoOtherMessage(String transport) {
		byte[] tooLong = new byte[1 << 24];
		OutboundInterceptor replacing = (session, message) -> message.route().equals("onLong")
				? message.withValue(tooLong) : message;
		try (TestServer server = TestServer.withLongPayloads(2 * tooLong.length)
			.with((builder) -> builder.outboundInterceptors(List.of(replacing)))
			.lane("test.long", (request) -> tooLong); RawClient client = server.lane("test.push", (request) -> {
				server.groups.get("all").add(request.session());
				server.groups.get("all").broadcast("onLong", 1);
				return "pushed";
			}).start().connect(transport).handshake()) {
			client.request(1, "test.long", "").request(2, "test.push", "").request(3, "test.echo", "3");
			assertThat(client.readResponse(1)).contains("500");
			assertThat(client.readResponse(2)).isEqualTo("\"pushed\"");
			assertThat(client.readResponse(3)).isEqualTo("3");
		}
	}

	@Test
	void anErrorMapperThatThrowsAnErrorCausesA500() {
		try (TestServer server = new MemoryServer().with((builder) -> builder.errorMappers(List.of((failure) -> {
			throw new NoClassDefFoundError("mapper");
		}))).loop("test.later", (request) -> CompletableFuture.supplyAsync(() -> {
			throw new IllegalArgumentException();
		})).start(); RawClient client = server.connect().handshake()) {
			client.request(1, "test.later", "").request(2, "test.echo", "2");
			assertThat(client.readResponse(1)).contains("500");
			assertThat(client.readResponse(2)).isEqualTo("2");
		}
	}

	@Test
	void unserializableErrorsDoNotBlockTheSession() {
		GameThreads threads = new GameThreads();
		ManualTime time = new ManualTime(threads);
		Payloads payloads = new Payloads(new BytesOnly());
		Lanes lanes = new Lanes(threads.executor(), 1000);
		Sessions sessions = new Sessions(payloads, threads.executor());
		TransportSettings settings = TestServer.settings((it) -> it.requestTimeout(Duration.ofSeconds(10)));
		GameServer server = GameServer
			.builder(payloads, lanes, sessions, new Timers(lanes.named("timer"), Duration.ofMillis(1), time))
			.routes(List.of(Route.of("test.echo", Request::body),
					Route.of("test.failed", (request) -> CompletableFuture.supplyAsync(() -> {
						throw new IllegalArgumentException();
					})).on(Threading.EVENT_LOOP),
					Route.of("test.never", (request) -> new CompletableFuture<>()).on(Threading.EVENT_LOOP),
					Route.of("test.deferred", Request::defer)))
			.settings(settings)
			.listeners(List.of())
			.build();
		server.start();
		MemoryTransport transport = new MemoryTransport(server.transport(), threads.executor(), time);
		try (RawClient client = RawClient.on(new MemoryLink(transport)).handshake()) {
			client.request(1, "test.failed", "").request(2, "test.echo", "2");
			assertThat(client.readResponse(2)).isEqualTo("2");
			client.request(3, "test.never", "");
			time.advance(Duration.ofSeconds(11));
			assertThat(server.transport().connections().backlog()).isZero();
			client.request(4, "test.echo", "4");
			assertThat(client.readResponse(4)).isEqualTo("4");
			client.request(5, "test.deferred", "");
			client.request(6, "test.echo", "6");
			assertThat(client.readResponse(6)).isEqualTo("6");
			time.advance(Duration.ofSeconds(11));
			assertThat(server.transport().connections().backlog()).isZero();
		}
		finally {
			server.stop();
			threads.close();
		}
	}

	/** A value whose class cannot be initialised. */
	static final class Broken {

		public String getName() {
			throw new NoClassDefFoundError("name");
		}

	}

	/** Serializes only bytes, and no errors. */
	private static final class BytesOnly implements Serializer {

		@Override
		public String name() {
			return "bytes";
		}

		@Override
		public byte[] serialize(Object value) {
			throw new ClassCastException(value.getClass().getName());
		}

		@Override
		public PayloadReader reader(Type type) {
			return (body) -> body;
		}

		@Override
		public byte[] empty() {
			return new byte[0];
		}

		@Override
		public byte[] serializeError(ErrorBody error) {
			return serialize(error);
		}

	}

}
