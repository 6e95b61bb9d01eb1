package io.nanogame.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nanogame.connection.StillServer.Client;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.session.CloseReason;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients may have the server inflate: counted, not timed.
 */
class InflationTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final TransportSettings SETTINGS = TransportSettings.defaults();

	private static final int RATE = SETTINGS.connection().packets().maxInflateRate();

	private static final Duration HANDSHAKE_TIMEOUT = SETTINGS.connection().handshakeTimeout();

	private final AtomicInteger handled = new AtomicInteger();

	private StillServer server(TransportSettings settings) {
		return new StillServer(settings,
				Route.of("test.fast", (request) -> this.handled.incrementAndGet()).on(Threading.EVENT_LOOP),
				Route.of("test.free", Request::body).on(Threading.EVENT_LOOP),
				Route.of("test.slow", (request) -> this.handled.incrementAndGet()));
	}

	/** Each client as fast as its loop allows. */
	private static TransportSettingsBuilder unlimited() {
		return TransportSettings.builder().maxInflateRate(Integer.MAX_VALUE);
	}

	// A loop, a backlog

	@Test
	void pendingCompressedMessagesUseAtMostTheBacklogAndOneMessage() {
		StillServer server = server(unlimited().build());
		Client client = server.connect().handshake();
		client.send(300, Zipped.notify("test.slow", MEGABYTE - 1));
		for (int turn = 0; turn < 10 && server.hasTurn(); turn++) {
			server.nextTurn();
		}
		assertThat(client.isPaused()).isTrue();
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isBetween(1L, 2L * MEGABYTE);
		assertThat(server.traffic().bytesInflated()).isLessThanOrEqualTo(2L * MEGABYTE);
		server.finish();
		assertThat(this.handled).hasValue(300);
		assertThat(SessionHandle.of(server.session()).queue().backlogBytes()).isZero();
	}

	@Test
	void aLoopInflatesAtMostOneMaximumBodyPerTurn() {
		StillServer server = server(unlimited().build());
		Client client = server.connect().handshake().send(100, Zipped.notify("test.fast", 400_000));
		long before = server.traffic().bytesInflated();
		assertThat(before).isEqualTo(1_200_000);
		for (int turn = 0; server.hasTurn(); turn++) {
			server.nextTurn();
			long inflated = server.traffic().bytesInflated() - before;
			assertThat(inflated).as("turn %d", turn).isLessThanOrEqualTo(1_200_000);
			before += inflated;
		}
		assertThat(this.handled).hasValue(100);
		assertThat(client.isPaused()).isFalse();
	}

	@Test
	void clientsWithCompressedMessagesTakeTurns() {
		StillServer server = server(unlimited().build());
		List<Client> clients = IntStream.range(0, 50).mapToObj((i) -> server.connect().handshake()).toList();
		byte[] packet = Zipped.request(1, "test.fast", MEGABYTE - 1);
		for (int round = 0; round < 3; round++) {
			clients.forEach((client) -> client.queue(packet, packet));
		}
		for (int read = 0; read < 150; read++) {
			server.nextTurn();
		}
		assertThat(server.traffic().bytesInflated()).isLessThan(3L * MEGABYTE);
		for (int turn = 0; turn < 100; turn++) {
			server.nextTurn();
		}
		// Each has had its turn before any has had three more than another.
		long[] answers = clients.stream().mapToLong((client) -> client.packets(4)).sorted().toArray();
		assertThat(answers[0]).isGreaterThanOrEqualTo(2);
		assertThat(answers[answers.length - 1] - answers[0]).isLessThanOrEqualTo(3);
	}

	@Test
	void otherClientsAreServedInTheSameTurn() {
		StillServer server = server(unlimited().build());
		Client neighbour = server.connect().handshake();
		server.connect().handshake().send(10, Zipped.notify("test.fast", MEGABYTE - 1));
		neighbour.send(RawClient.packet(4, RawClient.message(0, 1, "test.free", new byte[] { '1' })));
		assertThat(neighbour.packets(4)).isOne();
	}

	@Test
	void aMessageAboveTheRateIsRejectedBeforeItsBodyIsRead() {
		TransportLimits limits = new TransportLimits(0, 0, 1, 5, Map.of(), OnExcess.ANSWER);
		StillServer server = server(unlimited().limits(limits).build());
		Client client = server.connect().handshake();
		byte[] packet = Zipped.request(1, "test.fast", MEGABYTE - 1);
		for (int i = 0; i < 1000; i++) {
			client.send(packet);
			server.runTurns();
		}
		assertThat(server.traffic().bytesInflated()).isEqualTo(5L * (MEGABYTE - 1));
		assertThat(client.packets(4)).as("answers").isEqualTo(1000);
	}

	@Test
	void aMaximumOfZeroRejectsCompressedMessages() {
		StillServer server = server(TransportSettings.builder().maxInflatedLength(0).build());
		Client client = server.connect().handshake().send(Zipped.notify("test.fast", 10));
		assertThat(client.isClosed()).isTrue();
		assertThat(client.text()).contains("protocol error: compressed bodies are not taken");
		assertThat(this.handled).hasValue(0);
	}

	// One client

	@Test
	void aClientAboveItsInflationRateIsThrottled() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake().send(16, Zipped.notify("test.fast", MEGABYTE - 1));
		for (int second = 0; second < 15; second++) {
			server.runTurns();
			assertThat(client.isPaused()).isTrue();
			assertThat(server.traffic().bytesInflated()).isLessThanOrEqualTo((second + 1L) * RATE + MEGABYTE);
			server.pass(Duration.ofSeconds(1));
		}
		assertThat(server.traffic().bytesInflated()).isGreaterThan(14L * RATE);
		for (int second = 0; second < 50; second++) {
			server.pass(Duration.ofSeconds(1));
			server.runTurns();
		}
		assertThat(this.handled).as("nothing is lost").hasValue(16);
		assertThat(client.isPaused()).isFalse();
	}

	@Test
	void aBodyThatBecomesShorterCountsAsReceived() {
		StillServer server = server(SETTINGS);
		byte[] packet = Zipped.emptyBlocks("test.fast", 50_000);
		Client client = server.connect().handshake().send(10, packet);
		server.runTurns();
		assertThat(client.isPaused()).isTrue();
		assertThat(server.traffic().bytesInflated()).isBetween((long) RATE, RATE + 50_000L);
	}

	@Test
	void aThrottledClientThatFallsSilentIsDisconnected() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake().send(60, Zipped.notify("test.fast", MEGABYTE - 1));
		for (int second = 0; !client.isClosed(); second++) {
			assertThat(second).isLessThan(80);
			server.runTurns();
			server.pass(Duration.ofSeconds(1));
		}
		assertThat(server.traffic().closed(CloseReason.HEARTBEAT_TIMEOUT.code())).isOne();
	}

	@Test
	void aClientBelowItsInflationRateIsNotThrottled() {
		StillServer server = server(SETTINGS);
		Client client = server.connect().handshake();
		for (int second = 1; second <= 100; second++) {
			client.send(100, Zipped.notify("test.fast", RATE / 100));
			assertThat(client.isPaused()).isFalse();
			assertThat(this.handled).hasValue(second * 100);
			server.pass(Duration.ofSeconds(1));
			server.runTurns();
		}
	}

	@Test
	void theInflationRateOfOneClientDoesNotDelayOthers() {
		StillServer server = server(SETTINGS);
		Client greedy = server.connect().handshake().send(5, Zipped.notify("test.fast", MEGABYTE - 1));
		Client neighbour = server.connect().handshake();
		server.runTurns();
		neighbour.send(Zipped.request(1, "test.fast", 1000));
		assertThat(greedy.isPaused()).isTrue();
		assertThat(neighbour.isPaused()).isFalse();
		assertThat(this.handled).hasValue(2);
	}

}
