package io.nanogame.connection;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nanogame.connection.StillServer.Client;
import io.nanogame.protocol.InvalidRouteDictionaryException;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.session.CloseReason;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What one connection and one session may hold, and what they may have the server do:
 * counted, not timed.
 */
class BudgetTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final TransportSettings SETTINGS = TransportSettings.defaults();

	private static final Duration HANDSHAKE_TIMEOUT = SETTINGS.connection().handshakeTimeout();

	private final AtomicInteger handled = new AtomicInteger();

	private StillServer server(TransportSettings settings) {
		return new StillServer(settings,
				Route.of("test.fast", (request) -> this.handled.incrementAndGet()).on(Threading.EVENT_LOOP),
				Route.of("test.free", Request::body).on(Threading.EVENT_LOOP),
				Route.of("test.slow", (request) -> this.handled.incrementAndGet()));
	}

	@Test
	void uncompressedMessagesAreCountedToo() {
		StillServer server = server(SETTINGS);
		byte[] packet = RawClient.packet(4, RawClient.message(2, -1, "test.slow", new byte[60_000]));
		Client client = server.connect().handshake().send(255, packet);
		assertThat(client.isPaused()).isTrue();
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isLessThanOrEqualTo(MEGABYTE + 60_000);
		server.finish();
		assertThat(this.handled).hasValue(255);
	}

	@Test
	void deferredRequestsCountUntilTheirReply() {
		StillServer server = new StillServer(SETTINGS, Route.of("test.defer", (request) -> {
			request.defer();
			return null;
		}).on(Threading.EVENT_LOOP));
		byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.defer", new byte[60_000]));
		Client client = server.connect().handshake().send(30, packet);
		assertThat(client.isPaused()).isTrue();
		assertThat(SessionHandle.of(server.session()).queue().backlog()).isEqualTo(18);
		for (int i = 0; i < 10; i++) {
			assertThat(server.session().respond(1, "later")).isTrue();
		}
		server.runTurns();
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isGreaterThan(MEGABYTE);
		assertThat(SessionHandle.of(server.session()).queue().backlog()).as("read from again").isEqualTo(18);
	}

	@Test
	void aRequestThatFailedBeforeItsTurnDoesNotCount() {
		StillServer server = server(SETTINGS);
		byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.slow", new byte[60_000]));
		Client client = server.connect().handshake().send(18, packet);
		assertThat(client.isPaused()).isTrue();
		server.pass(SETTINGS.dispatch().requestTimeout().plusMillis(1));
		client.sweep();
		server.runTurns();
		assertThat(client.packets(4)).as("answers").isEqualTo(18);
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isZero();
		assertThat(client.isPaused()).isFalse();
		server.workers.runAll();
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isZero();
		assertThat(this.handled).hasValue(0);
	}

	@Test
	void aHandshakeAboveTheLimitIsRejectedByItsHeader() {
		StillServer server = server(SETTINGS);
		byte[] longest = Arrays.copyOf("{}".getBytes(), 8192);
		Arrays.fill(longest, 2, 8192, (byte) ' ');
		Client client = server.connect().send(RawClient.packet(1, longest));
		assertThat(client.packets(1)).isOne();
		assertThat(client.isClosed()).isFalse();
		for (String header : List.of("\1\0\40\1", "\4\0\40\1", "\3\0\40\1")) {
			Client greedy = server.connect().send(header.getBytes());
			assertThat(greedy.isClosed()).isTrue();
			assertThat(greedy.text()).contains((header.charAt(0) == 1) ? "handshake too large" : "packet too large");
		}
	}

	@Test
	void afterTheHandshakeOnlyMessagesMayBeLonger() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake();
		client.send(RawClient.packet(4, RawClient.message(2, -1, "test.fast", new byte[60_000])));
		assertThat(this.handled).hasValue(1);
		client.send(RawClient.packet(3, new byte[9000]));
		assertThat(client.text()).contains("packet too large");
	}

	@Test
	void aPacketBelowTheReceiveRateEndsTheConnection() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake();
		byte[] packet = RawClient.packet(4, RawClient.message(2, -1, "test.fast", new byte[60_000]));
		for (int i = 0; !client.isClosed(); i++) {
			assertThat(i).isLessThan(100);
			client.send(Arrays.copyOfRange(packet, i, i + 1));
			server.pass(Duration.ofSeconds(10));
		}
		assertThat(server.traffic().closed(CloseReason.PACKET_TIMEOUT.code())).isOne();
	}

	@Test
	void aPacketAtTheReceiveRateIsAccepted() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake();
		byte[] packet = RawClient.packet(4, RawClient.message(2, -1, "test.fast", new byte[60_000]));
		for (int from = 0; from < packet.length; from += 1024) {
			client.send(Arrays.copyOfRange(packet, from, Math.min(packet.length, from + 1024)));
			server.pass(Duration.ofSeconds(1));
		}
		assertThat(client.isClosed()).isFalse();
		assertThat(this.handled).hasValue(1);
		server.pass(HANDSHAKE_TIMEOUT.multipliedBy(2));
		assertThat(client.isClosed()).as("nothing is on its way").isFalse();
	}

	@Test
	void anIncompleteHeaderTimesOutLikeAHandshake() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake().send(new byte[] { 4, 0 });
		server.pass(HANDSHAKE_TIMEOUT);
		assertThat(client.isClosed()).isFalse();
		server.pass(Duration.ofMillis(1));
		client.sweep();
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void aPacketBehindPendingOnesDoesNotTimeOut() {
		StillServer server = server(SETTINGS);
		byte[] packet = RawClient.packet(4, RawClient.message(2, -1, "test.slow", new byte[60_000]));
		Client client = server.connect().handshake().send(18, packet).send(new byte[] { 4, 0 });
		assertThat(client.isPaused()).isTrue();
		server.pass(HANDSHAKE_TIMEOUT.multipliedBy(2));
		assertThat(client.isClosed()).isFalse();
		server.finish();
		assertThat(client.isPaused()).isFalse();
		client.sweep();
		assertThat(client.isClosed()).as("its time begins when it is read").isFalse();
	}

	@Test
	void aRepeatedHandshakeReceivesOneReplyPerHeartbeat() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake();
		for (int i = 0; i < 1000; i++) {
			client.send(new byte[] { 1, 0, 0, 0 });
		}
		assertThat(client.packets(1)).isEqualTo(2);
		server.pass(SETTINGS.connection().heartbeat());
		client.send(10, new byte[] { 1, 0, 0, 0 });
		assertThat(client.packets(1)).isEqualTo(3);
		assertThat(client.isClosed()).isFalse();
	}

	@Test
	void aDictionaryAboveThePacketLimitIsRejected() {
		Map<String, Integer> codes = new HashMap<>();
		IntStream.rangeClosed(1, 65_535).forEach((code) -> codes.put("route.%0200d".formatted(code), code));
		RouteDictionary dictionary = RouteDictionary.of(codes);
		assertThatExceptionOfType(InvalidRouteDictionaryException.class)
			.isThrownBy(() -> new StillServer(SETTINGS, dictionary))
			.withMessageContaining("65535 routes");
	}

}
