package io.nanogame.server;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.protocol.MessageType;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * The last messages of clients when the server stops, in plain text and over TLS.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class GracefulStopTests {

	/** No bytes on a socket, and the reason on a WebSocket: clients may reconnect. */
	private static final List<String> STOPPED = List.of("end", "close 1001 the server is shutting down, end");

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final String TOO_LATE = "{\"code\":503,\"msg\":\"the server is shutting down\"}";

	private static final String UNKNOWN = "{\"code\":408,\"msg\":\"the server is shutting down\"}";

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CompletableFuture<String> result = new CompletableFuture<>();

	private final AtomicReference<Request> deferred = new AtomicReference<>();

	private final TestServer server = TestServer.inStillTime()
		.lane("test.wait", this::waitForTheGate)
		.loop("test.later", (request) -> this.result)
		.lane("test.defer", (request) -> {
			this.deferred.set(request.defer());
			return null;
		})
		.route(Route.of("test.probe", Request::body).on(Threading.EVENT_LOOP).concurrent(true))
		.route(Route.of("test.aside", this::waitForTheGate).concurrent(true));

	private CompletableFuture<Duration> stopped;

	GracefulStopTests(boolean secure) {
		this.server.settings(TestServer.settings((it) -> it.handshakeTimeout(SHORT)));
		if (secure) {
			this.server.secure();
		}
	}

	private Object waitForTheGate(Request request) throws InterruptedException {
		this.gate.await();
		return request.body();
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.result.complete("\"late\"");
		this.server.close();
	}

	/**
	 * Has a short handshake timeout, so that connections are swept often. Its time stands
	 * still.
	 */
	private void start(Duration gracePeriod) {
		this.server.with((builder) -> builder.gracePeriod(gracePeriod)).start();
	}

	private void stop() {
		this.stopped = CompletableFuture.supplyAsync(() -> {
			long began = System.nanoTime();
			this.server.server().stop();
			return Duration.ofNanos(System.nanoTime() - began);
		});
	}

	/** Stops, and returns when the server handles no further message of this client. */
	private void stop(RawClient witness) {
		stop();
		long id = 1000;
		while (!witness.request(++id, "test.probe", "{}").readResponse(id).equals(TOO_LATE)) {
			Thread.onSpinWait();
		}
	}

	/** Sends a request with a later response, and returns when only that is pending. */
	private void defer(RawClient client) {
		client.request(1, "test.defer", "");
		await().until(() -> this.deferred.get() != null);
		awaitBacklog(1);
	}

	private void awaitBacklog(int messages) {
		await().until(() -> this.server.server().transport().connections().backlog() == messages);
	}

	@Test
	void requestsReadBeforeTheStopGetResponsesBeforeTheClose() {
		start(Duration.ofSeconds(20));
		try (RawClient lane = this.server.tcp().handshake();
				RawClient later = this.server.webSocket().handshake();
				RawClient aside = this.server.tcp().handshake();
				RawClient defers = this.server.webSocket().handshake()) {
			defer(defers);
			lane.request(1, "test.wait", "1");
			for (int id = 2; id <= 100; id++) {
				lane.request(id, (id % 2 == 0) ? "test.echo" : "no.such", "2");
			}
			later.request(1, "test.later", "").request(2, "test.fastEcho", "2");
			aside.request(1, "test.aside", "1").request(2, "test.aside", "2");
			awaitBacklog(100 + 2 + 2 + 1);
			stop(lane);
			assertThat(this.stopped).isNotDone();

			this.gate.countDown();
			this.result.complete("late");
			this.deferred.get().reply("deferred");
			assertThat(lane.readResponse(1)).isEqualTo("1");
			for (int id = 2; id <= 100; id++) {
				assertThat(lane.readResponse(id)).contains((id % 2 == 0) ? "2" : "404");
			}
			assertThat(later.readResponse(1)).isEqualTo("\"late\"");
			assertThat(later.readResponse(2)).isEqualTo("2");
			assertThat(Stream.of(aside.readData(), aside.readData()).map(RawPacket::payload))
				.containsExactlyInAnyOrder("1", "2");
			assertThat(defers.readResponse(1)).isEqualTo("\"deferred\"");
			for (RawClient client : List.of(lane, later, aside, defers)) {
				assertThat(client.readEnd()).isIn(STOPPED);
			}
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void requestsReadAfterTheStopFailWith503AndAreNotHandled() {
		List<String> handled = new ArrayList<>();
		this.server.lane("test.note", (request) -> handled.add("note"));
		start(Duration.ofSeconds(20));
		try (RawClient busy = this.server.tcp().handshake()) {
			busy.request(1, "test.wait", "1");
			awaitBacklog(1);
			stop(busy);
			busy.notify("test.note", "").request(2, "test.note", "").request(3, "no.such", "").sendHex("03000000");
			assertThat(busy.readResponse(2)).isEqualTo(TOO_LATE);
			assertThat(busy.readResponse(3)).isEqualTo(TOO_LATE);
			assertThat(busy.read().type()).isEqualTo(RawPacket.HEARTBEAT);
			this.gate.countDown();
			assertThat(busy.readResponse(1)).isEqualTo("1");
			assertThat(busy.readEnd()).isIn(STOPPED);
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
		assertThat(handled).isEmpty();
	}

	@Test
	void noNewClientIsAccepted() {
		start(Duration.ofSeconds(20));
		int port = this.server.port();
		try (RawClient busy = this.server.tcp().handshake()) {
			busy.request(1, "test.wait", "1");
			awaitBacklog(1);
			stop(busy);
			assertThat(catchThrowable(() -> RawClient.tcp(port))).hasRootCauseInstanceOf(ConnectException.class);
			this.gate.countDown();
			assertThat(busy.readResponse(1)).isEqualTo("1");
			assertThat(busy.readEnd()).isIn(STOPPED);
		}
	}

	@Test
	void unfinishedRequestsFailInTimeWith503OnlyIfTheyHaveNotStarted() {
		start(Duration.ofSeconds(2));
		try (RawClient stuck = this.server.tcp().handshake();
				RawClient later = this.server.webSocket().handshake();
				RawClient aside = this.server.tcp().handshake();
				RawClient defers = this.server.webSocket().handshake()) {
			defer(defers);
			stuck.request(1, "test.wait", "1")
				.request(2, "test.echo", "2")
				.request(3, "no.such", "3")
				.notify("test.echo", "")
				.request(4, "test.echo", "4");
			later.request(1, "test.later", "").request(2, "test.fastEcho", "2");
			aside.request(1, "test.aside", "1");
			awaitBacklog(5 + 2 + 1 + 1);
			stop();
			assertThat(stuck.readResponse(1)).isEqualTo(UNKNOWN);
			assertThat(stuck.readResponse(2)).isEqualTo(TOO_LATE);
			assertThat(stuck.readResponse(3)).contains("404");
			assertThat(stuck.readResponse(4)).isEqualTo(TOO_LATE);
			assertThat(later.readResponse(1)).isEqualTo(UNKNOWN);
			assertThat(later.readResponse(2)).isEqualTo(TOO_LATE);
			assertThat(aside.readResponse(1)).isEqualTo(UNKNOWN);
			assertThat(defers.readResponse(1)).isEqualTo(UNKNOWN);
			for (RawClient client : List.of(stuck, later, aside, defers)) {
				assertThat(client.readEnd()).isIn(STOPPED);
			}
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((duration) -> assertThat(duration).isLessThan(Duration.ofSeconds(4)));
		assertThat(this.deferred.get().reply("too late")).isFalse();
	}

	@Test
	void theStopWaitsForTheOutputOfASlowReader() {
		byte[] large = new byte[15_000_000];
		Arrays.fill(large, (byte) '7');
		this.server.lane("test.large", (request) -> large);
		start(Duration.ofSeconds(20));
		try (RawClient slow = this.server.tcpWithSmallBuffer().handshake(); RawClient idle = this.server.tcp()) {
			idle.handshake();
			slow.request(1, "test.large", "");
			await().until(() -> this.server.server().traffic().sent(MessageType.RESPONSE) == 1);
			stop();
			// A client that has received everything and does not close is disconnected.
			this.server.advanceUntil(() -> this.server.server().transport().connections().count() == 1);
			assertThat(this.stopped).isNotDone();
			assertThat(slow.readResponse(1)).hasSize(large.length);
			assertThat(slow.readEnd()).isIn(STOPPED);
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void aClientThatNeverReadsDelaysTheStopAtMostByTheGracePeriod() {
		byte[] large = new byte[15_000_000];
		this.server.lane("test.large", (request) -> large);
		start(Duration.ofSeconds(2));
		try (RawClient deaf = this.server.tcpWithSmallBuffer().handshake()) {
			deaf.request(1, "test.large", "");
			await().until(() -> this.server.server().traffic().sent(MessageType.RESPONSE) == 1);
			stop();
			assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10))
				.satisfies(
						(duration) -> assertThat(duration).isBetween(Duration.ofMillis(1400), Duration.ofSeconds(4)));
		}
	}

	@Test
	void idleClientsAreClosedImmediately() {
		start(Duration.ofSeconds(20));
		List<RawClient> idle = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			idle.add(((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()).handshake());
		}
		stop();
		for (RawClient client : idle) {
			assertThat(client.readEnd()).isIn(STOPPED);
			client.close();
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((duration) -> assertThat(duration).isLessThan(Duration.ofSeconds(5)));
		assertThat(this.server.server().traffic().closed("shutdown")).isEqualTo(100);
	}

	@Test
	void theStopDoesNotWaitForAClientThatDoesNotClose() {
		start(Duration.ofSeconds(20));
		List<RawClient> dead = List.of(this.server.tcp().handshake(), this.server.webSocket().handshake(),
				this.server.tcp());
		await().until(() -> this.server.server().transport().connections().count() == 3);
		stop();
		this.server.advanceUntil(this.stopped::isDone);
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
		dead.forEach(RawClient::close);
	}

	@Test
	void theStopDoesNotWaitForIncompleteHandshakes() {
		HandshakeValidator slow = (handshake) -> {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		};
		this.server.with((builder) -> builder.handshakeValidators(List.of(slow)));
		start(Duration.ofSeconds(20));
		try (RawClient client = this.server.tcp()) {
			client.sendHex("01000000");
			await().until(() -> this.server.server().transport().connections().count() == 1);
			stop();
			assertThat(client.readEnd()).isIn(STOPPED);
		}
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void aPausedClientGetsResponsesToReadRequestsAndErrorsToTheRest() {
		this.server.settings(
				TestServer.settings((it) -> it.handshakeTimeout(SHORT).maxInflatedLength(64 * 1024).maxBacklog(4)));
		start(Duration.ofSeconds(20));
		try (RawClient eager = this.server.tcp().handshake(); RawClient other = this.server.tcp().handshake()) {
			for (int id = 1; id <= 20; id++) {
				eager.request(id, "test.wait", "1");
			}
			awaitBacklog(4);
			other.request(1, "test.later", "");
			awaitBacklog(5);
			stop(other);
			this.gate.countDown();
			// Errors need not wait for requests in flight.
			Map<Long, String> answers = new TreeMap<>();
			readAnswers(eager, (packet) -> answers.put(packet.id(), packet.payload()));
			assertThat(answers).hasSizeGreaterThanOrEqualTo(4)
				.allSatisfy((id, answer) -> assertThat(answer).isEqualTo((id <= 4) ? "1" : TOO_LATE));
			this.result.complete("late");
			assertThat(other.readResponse(1)).isEqualTo("\"late\"");
			assertThat(other.readEnd()).isIn(STOPPED);
		}
	}

	@Test
	void closeListenersRunBeforeTheServerHasStopped() {
		List<String> saved = new ArrayList<>();
		this.server.with((builder) -> builder.sessionListeners(List.of(new SessionListener() {

			@Override
			public void closed(Session session, CloseReason reason) {
				try {
					GracefulStopTests.this.gate.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				saved.add(reason.code());
			}

		})));
		start(Duration.ofSeconds(20));
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.count() == 1);
			stop();
			assertThat(client.readEnd()).isIn(STOPPED);
		}
		assertThat(this.stopped).isNotDone();
		this.gate.countDown();
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(10));
		assertThat(saved).containsExactly("shutdown");
	}

	/**
	 * Many clients send continuously to all kinds of routes while the server stops.
	 */
	@Test
	void everyReadRequestGetsAResponse() {
		this.gate.countDown();
		this.server.loop("test.soon", (request) -> CompletableFuture.supplyAsync(request::body, this.server.workers));
		start(Duration.ofSeconds(20));
		List<RawClient> clients = IntStream.range(0, 32)
			.mapToObj((i) -> ((i % 2 == 0) ? this.server.tcp() : this.server.webSocket()).handshake())
			.toList();
		List<CompletableFuture<Long>> answers = clients.stream()
			.map((client) -> CompletableFuture.supplyAsync(() -> play(client), (task) -> new Thread(task).start()))
			.toList();
		await().until(() -> this.server.server().traffic().received(MessageType.REQUEST) > 20_000);
		stop();
		assertThat(this.stopped).succeedsWithin(Duration.ofSeconds(20));
		long answered = answers.stream().mapToLong(CompletableFuture::join).sum();
		assertThat(answered).isEqualTo(this.server.server().traffic().received(MessageType.REQUEST));
		clients.forEach(RawClient::close);
	}

	/**
	 * Clients that have not read when the server stops, and still send.
	 */
	@Test
	void slowReadersReceiveAllSentResponses() {
		String large = "x".repeat(20_000);
		this.server.lane("test.page", (request) -> large);
		start(Duration.ofSeconds(20));
		List<RawClient> clients = IntStream.range(0, 20)
			.mapToObj((i) -> this.server.tcpWithSmallBuffer().handshake())
			.toList();
		clients.forEach((client) -> new Thread(() -> askWithoutEnd(client)).start());
		await().until(() -> this.server.server().traffic().sent(MessageType.RESPONSE) > 1000);
		stop();
		await().until(() -> !this.server.server().isRunning());
		List<CompletableFuture<Long>> answers = clients.stream().map((client) -> CompletableFuture.supplyAsync(() -> {
			AtomicLong count = new AtomicLong();
			readAnswers(client, (packet) -> count.incrementAndGet());
			return count.get();
		}, (task) -> new Thread(task).start())).toList();
		long read = answers.stream().mapToLong(CompletableFuture::join).sum();
		this.server.advanceUntil(this.stopped::isDone);
		assertThat(read).isEqualTo(this.server.server().traffic().sent(MessageType.RESPONSE));
		clients.forEach(RawClient::close);
	}

	private static void askWithoutEnd(RawClient client) {
		try {
			for (long id = 1;; id++) {
				client.request(id, "test.page", "{}");
			}
		}
		catch (UncheckedIOException ex) {
			// The connection is closed.
		}
	}

	/**
	 * Keeps a few requests in flight until the close, and returns the number of
	 * responses.
	 */
	private static long play(RawClient client) {
		List<String> routes = List.of("test.echo", "test.fastEcho", "test.soon", "test.aside", "no.such");
		AtomicLong sent = new AtomicLong();
		AtomicLong answered = new AtomicLong();
		Runnable ask = () -> {
			try {
				while (sent.get() - answered.get() < 8) {
					long id = sent.incrementAndGet();
					client.request(id, routes.get((int) (id % routes.size())), "{}");
				}
			}
			catch (UncheckedIOException ex) {
				// The server has closed; its last bytes are still to be read.
			}
		};
		ask.run();
		readAnswers(client, (packet) -> {
			answered.incrementAndGet();
			ask.run();
		});
		client.close();
		return answered.get();
	}

	private static void readAnswers(RawClient client, Consumer<RawPacket> action) {
		try {
			while (true) {
				RawPacket packet = client.readData();
				assertThat(packet.isResponse()).as("%s", packet).isTrue();
				action.accept(packet);
			}
		}
		catch (RawClient.ClosedException ex) {
			// The expected close.
		}
	}

}
