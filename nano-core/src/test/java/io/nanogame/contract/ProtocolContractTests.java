package io.nanogame.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportSettingsBuilder;
import io.nanogame.contract.ProtocolClient.Kind;
import io.nanogame.contract.ProtocolClient.Received;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.server.Line;
import io.nanogame.server.TestServer;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The contract of all protocols, on every transport of the game port. Those that can be
 * detected share one port here.
 */
class ProtocolContractTests {

	private static final String TRANSPORTS = "io.nanogame.contract.ProtocolTransport#all";

	private final AtomicInteger counted = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final TestServer server = Line.open(new TestServer())
		.lane("test.count", (request) -> this.counted.incrementAndGet())
		.lane("test.pushes", ProtocolContractTests::pushes)
		.lane("test.fail", (request) -> {
			throw new RequestException(418, "a teapot");
		})
		.lane("test.later", Request::defer)
		.lane("test.wait", this::awaitGate)
		.lane("test.kick", (request) -> {
			request.session().kick("enough \"quoted\" \u00e9\ud83d\ude00");
			return null;
		})
		.lane("test.join", this::join)
		.listener((listener) -> listener.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
		.lengthId(LengthIdClient.IDS, LengthIdClient.ERROR)
		.beside(Line.TCP.only("length-id"))
		.beside(Line.WEBSOCKET.only("length-id"))
		.beside(Line.TLS.only("length-id"))
		.beside(Line.TLS_WEBSOCKET.only("length-id"));

	private static Object pushes(Request request) {
		for (int i = 0; i < 100; i++) {
			request.session().push("onNumber", i);
		}
		return "behind them";
	}

	private Object awaitGate(Request request) throws InterruptedException {
		this.gate.await(10, TimeUnit.SECONDS);
		return "waited";
	}

	private Object join(Request request) {
		this.server.groups.find("all").orElseThrow().add(request.session());
		return "joined";
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
	}

	private ProtocolClient client(ProtocolTransport transport) {
		return transport.connect(this.server).handshake();
	}

	private void start(UnaryOperator<TransportSettingsBuilder> change) {
		this.server.settings(TestServer.settings(change)).start();
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void responsesAreInTheOrderOfTheRequests(ProtocolTransport transport) {
		this.server.start();
		try (ProtocolClient client = client(transport)) {
			for (int id = 1; id <= 500; id++) {
				client.request(id, (id % 2 == 0) ? "test.echo" : "test.fastEcho", "{\"n\":" + id + "}");
			}
			for (int id = 1; id <= 500; id++) {
				assertThat(client.read()).isEqualTo(Received.response(id, "{\"n\":" + id + "}"));
			}
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aNotifyIsHandledWithoutAResponse(ProtocolTransport transport) {
		this.server.start();
		try (ProtocolClient client = client(transport)) {
			client.notify("test.count", "{}");
			client.request(1, "test.count", "{}");
			assertThat(client.read()).isEqualTo(Received.response(1, "2"));
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void errorsContainTheIdOfTheirRequest(ProtocolTransport transport) {
		start((it) -> it.requestTimeout(Duration.ofMillis(100)));
		try (ProtocolClient client = client(transport)) {
			client.request(1, "test.missing", "{}");
			assertThat(client.read()).satisfies((error) -> isError(error, 1, 404));
			client.request(2, "test.fail", "{}");
			assertThat(client.read()).isEqualTo(Received.error(2, "{\"code\":418,\"msg\":\"a teapot\"}"));
			client.request(3, "test.later", "{}");
			assertThat(client.read()).satisfies((error) -> isError(error, 3, 408));
		}
	}

	private static void isError(Received received, long id, int code) {
		assertThat(received.kind()).isEqualTo(Kind.ERROR);
		assertThat(received.id()).isEqualTo(id);
		assertThat(received.body()).startsWith("{\"code\":" + code + ",");
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void pushesOfAHandlerArriveInOrderBeforeItsResponse(ProtocolTransport transport) {
		this.server.start();
		try (ProtocolClient client = client(transport)) {
			client.request(1, "test.pushes", "{}");
			for (int i = 0; i < 100; i++) {
				assertThat(client.read()).isEqualTo(Received.push("onNumber", Integer.toString(i)));
			}
			assertThat(client.read()).isEqualTo(Received.response(1, "\"behind them\""));
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aKickContainsTheReasonAndEndsTheConnection(ProtocolTransport transport) {
		this.server.start();
		try (ProtocolClient client = client(transport)) {
			client.notify("test.kick", "{}");
			assertThat(client.read()).satisfies((kick) -> {
				assertThat(kick.kind()).isEqualTo(Kind.FAREWELL);
				assertThat(kick.body()).startsWith("enough ");
			});
			assertThat(client.read()).isEqualTo(Received.end());
			await().until(() -> this.server.sessions.count() == 0);
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aTooLongOrInvalidMessageEndsTheConnection(ProtocolTransport transport) {
		start((it) -> it.maxPacketLength(2000));
		try (ProtocolClient client = client(transport); ProtocolClient other = client(transport)) {
			client.request(1, "test.echo", '"' + "x".repeat(1900) + '"');
			assertThat(client.read().id()).isEqualTo(1);
			client.sendTooLong(2100);
			assertThat(client.read().body()).contains("packet too large");
			assertThat(client.read()).isEqualTo(Received.end());
			other.request(1, "test.echo", "1");
			assertThat(other.read()).isEqualTo(Received.response(1, "1"));
			other.sendInvalid();
			assertThat(other.read().body()).contains("protocol error");
			assertThat(other.read()).isEqualTo(Received.end());
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aRequestAboveTheRateFailsWith429(ProtocolTransport transport) {
		TransportLimits limits = new TransportLimits(0, 0, 1, 3000, Map.of("test.count", 1000), OnExcess.ANSWER);
		start((it) -> it.limits(limits));
		try (ProtocolClient client = client(transport)) {
			for (int id = 1; id <= 4; id++) {
				client.request(id, "test.count", "{}");
			}
			// The error may overtake the responses to pending requests.
			List<Received> received = List.of(client.read(), client.read(), client.read(), client.read());
			assertThat(received.stream().filter((it) -> it.kind() == Kind.ERROR)).singleElement()
				.satisfies((error) -> isError(error, 4, 429));
			assertThat(this.counted).hasValue(3);
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void readingPausesForAClientThatDoesNotReadWithoutLoss(ProtocolTransport transport) {
		start((it) -> it.highWaterMark(64 * 1024));
		String body = '"' + "x".repeat(60_000) + '"';
		try (ProtocolClient client = client(transport)) {
			int count = 500;
			AtomicInteger sent = new AtomicInteger();
			Thread sender = new Thread(() -> {
				while (sent.get() < count) {
					client.request(sent.incrementAndGet(), "test.echo", body);
				}
			});
			sender.start();
			AtomicInteger last = new AtomicInteger();
			await().during(Duration.ofMillis(200)).until(sent::get, (now) -> now > 0 && now == last.getAndSet(now));
			assertThat(sent).hasValueLessThan(count);
			for (int id = 1; id <= count; id++) {
				assertThat(client.read()).isEqualTo(Received.response(id, body));
			}
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aStoppingServerRepliesToPendingRequests(ProtocolTransport transport) throws InterruptedException {
		this.server.start();
		try (ProtocolClient client = client(transport)) {
			client.request(1, "test.wait", "{}");
			await().until(() -> this.server.sessions.count() == 1
					&& SessionHandle.of(this.server.sessions.all().iterator().next()).queue().owesReplies());
			Thread stopping = new Thread(() -> this.server.server().stop());
			stopping.start();
			await().until(() -> !this.server.server().isRunning());
			this.gate.countDown();
			assertThat(client.read()).isEqualTo(Received.response(1, "\"waited\""));
			List<Received> rest = new ArrayList<>();
			do {
				rest.add(client.read());
			}
			while (rest.get(rest.size() - 1).kind() != Kind.END);
			assertThat(rest).hasSizeLessThanOrEqualTo(2);
			client.wire().close();
			stopping.join();
		}
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void everyProtocolAppliesTheHandshakeValidators(ProtocolTransport transport) {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			throw new HandshakeRefusedException(401, "members only");
		}))).start();
		try (ProtocolClient client = transport.connect(this.server)) {
			if (client instanceof PomeloClient pomelo) {
				pomelo.wire().sendHex("01000000 02000000");
			}
			client.request(1, "test.count", "{}");
			assertThat(client.read()).satisfies((refusal) -> {
				assertThat(refusal.kind()).isIn(Kind.REFUSAL, Kind.ERROR);
				assertThat(refusal.body()).contains("401", "members only");
			});
			assertThat(client.read()).isEqualTo(Received.end());
		}
		assertThat(this.counted).hasValue(0);
		assertThat(this.server.sessions.count()).isZero();
	}

	@ParameterizedTest
	@MethodSource(TRANSPORTS)
	void aSilentClientIsDisconnected(ProtocolTransport transport) {
		// Long enough for TLS on a busy machine.
		start((it) -> it.handshakeTimeout(Duration.ofMillis(500)));
		try (ProtocolClient client = transport.connect(this.server)) {
			await().until(() -> this.server.server().traffic().closed("handshake-timeout") == 1);
			assertThat(client.read().kind()).isIn(Kind.END, Kind.FAREWELL);
		}
	}

	@Test
	void oneGroupReachesTheClientsOfAllProtocols() {
		this.server.start();
		Group group = this.server.groups.create("all");
		List<ProtocolClient> clients = ProtocolTransport.all().map(this::client).toList();
		for (ProtocolClient client : clients) {
			client.request(1, "test.join", "{}");
			assertThat(client.read()).isEqualTo(Received.response(1, "\"joined\""));
		}
		for (int i = 0; i < 100; i++) {
			group.broadcast("onNews", Map.of("number", i));
		}
		for (ProtocolClient client : clients) {
			for (int i = 0; i < 100; i++) {
				assertThat(client.read()).isEqualTo(Received.push("onNews", "{\"number\":" + i + "}"));
			}
		}
		this.server.sessions.all().forEach((session) -> session.kick("over"));
		for (ProtocolClient client : clients) {
			assertThat(client.read()).isEqualTo(Received.farewell("over"));
			assertThat(client.read()).isEqualTo(Received.end());
			client.close();
		}
	}

}
