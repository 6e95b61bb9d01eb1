package io.nanogame.memory;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class MemoryTransportTests {

	private static final byte[] HANDSHAKE = { 1, 0, 0, 0, 2, 0, 0, 0 };

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String NEWS = "x".repeat(50_000);

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Sessions sessions = new Sessions(this.payloads, this.threads.executor());

	private final GameServer server = server();

	private final MemoryTransport transport = new MemoryTransport(this.server.transport(), this.threads.executor(),
			this.time);

	private final ReceivedBytes received = new ReceivedBytes(LIMIT);

	private GameServer server() {
		Lanes lanes = new Lanes(this.threads.executor(), 1000);
		PushSettings pushes = new PushSettings(Duration.ZERO, Map.of("onRumour", PushPolicy.DROP),
				(route, value) -> null);
		GameServerBuilder builder = GameServer.builder(this.payloads, lanes, this.sessions,
				new Timers(lanes.named("timer"), Duration.ofMillis(1), this.time));
		return builder.listeners(List.of())
			.pushes(pushes)
			.routes(List.of(Route.of("test.echo", Request::body).on(Threading.EVENT_LOOP)))
			.build();
	}

	@AfterEach
	void stop() {
		this.server.stop();
		this.threads.close();
	}

	private MemoryClient connect() {
		MemoryClient client = this.transport.connect(this.received);
		client.send(HANDSHAKE);
		this.threads.awaitIdle(LIMIT);
		return client;
	}

	private Session session() {
		return this.sessions.all().iterator().next();
	}

	private static byte[] request(int id, String body) {
		return RawClient.packet(4, RawClient.message(0, id, "test.echo", body.getBytes()));
	}

	private int readPacket() throws IOException {
		DataInputStream in = new DataInputStream(this.received);
		int type = in.readUnsignedByte();
		in.skipNBytes(in.readUnsignedByte() << 16 | in.readUnsignedShort());
		return type;
	}

	@Test
	void bytesArriveHoweverTheyAreSplit() throws IOException {
		MemoryClient client = this.transport.connect(this.received);
		for (byte one : HANDSHAKE) {
			client.send(new byte[] { one });
		}
		assertThat(readPacket()).isEqualTo(1);
		assertThat(readPacket()).isEqualTo(3);
		this.threads.awaitIdle(LIMIT);
		assertThat(SessionHandle.of(session()).connection().transport()).isEqualTo("memory");
		assertThat(this.server.traffic().bytesReceived()).isEqualTo(HANDSHAKE.length);
	}

	@Test
	void aClientThatClosesEndsItsSessionAndItsStream() throws IOException {
		MemoryClient client = connect();
		assertThat(this.sessions.count()).isOne();
		client.close();
		this.threads.awaitIdle(LIMIT);
		assertThat(this.sessions.count()).isZero();
		assertThat(this.server.traffic().openConnections()).isZero();
		assertThat(this.received.readAllBytes()).isNotEmpty();
		assertThat(this.received.read()).isEqualTo(-1);
	}

	@Test
	void theServerEndsASilentClientWhenTheTimeHasCome() throws IOException {
		connect();
		this.time.advance(Duration.ofSeconds(70));
		assertThat(this.sessions.count()).isOne();
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.sessions.count()).isZero();
		assertThat(this.server.traffic().closed("heartbeat-timeout")).isOne();
		this.received.readAllBytes();
	}

	@Test
	void aClientThatDoesNotReadIsNotReadFromUntilItDoes() {
		MemoryClient client = connect();
		client.stopReading();
		int before = this.received.available();
		for (int id = 1; id <= 10; id++) {
			client.send(request(id, NEWS));
		}
		this.threads.awaitIdle(LIMIT);
		assertThat(this.received.available()).isEqualTo(before);
		assertThat(this.server.traffic().sent(MessageType.RESPONSE)).isEqualTo(2);
		client.resumeReading();
		this.threads.awaitIdle(LIMIT);
		assertThat(this.received.available() - before).isGreaterThan(10 * NEWS.length());
	}

	@Test
	void pushesToAClientThatDoesNotReadFollowTheirPolicy() {
		MemoryClient client = connect();
		client.stopReading();
		for (int i = 0; i < 100; i++) {
			session().push("onRumour", NEWS);
			this.threads.awaitIdle(LIMIT);
		}
		assertThat(this.server.traffic().pushesDropped()).isEqualTo(100 - 1_048_576 / (NEWS.length() + 15) - 1);
		client.resumeReading();
		this.threads.awaitIdle(LIMIT);
		assertThat(this.received.available()).isGreaterThan(1_048_576);
	}

	@Test
	void aClientThatReadsAgainReceivesEverythingBeforeItsEnd() throws IOException {
		MemoryClient client = connect();
		client.stopReading();
		session().push("onNews", NEWS);
		session().kick("enough");
		this.threads.awaitIdle(LIMIT);
		assertThat(this.server.traffic().openConnections()).isOne();
		client.resumeReading();
		assertThat(new String(this.received.readAllBytes())).contains(NEWS).endsWith("{\"reason\":\"enough\"}");
		this.threads.awaitIdle(LIMIT);
		assertThat(this.server.traffic().openConnections()).isZero();
	}

	@Test
	void aClientThatDoesNotReadItsEndIsCutOff() {
		MemoryClient client = connect();
		client.stopReading();
		session().kick("enough");
		this.time.advance(Duration.ofSeconds(4));
		assertThat(this.server.traffic().openConnections()).isZero();
	}

	@Test
	void bytesForAConnectionThatHasEndedAreDropped() {
		MemoryClient client = connect();
		client.close();
		client.close();
		assertThatNoException().isThrownBy(() -> client.send(HANDSHAKE));
		this.threads.awaitIdle(LIMIT);
		assertThat(this.server.traffic().bytesReceived()).isEqualTo(HANDSHAKE.length);
	}

	@Test
	void aReadThatWaitsEndsWithBytesOrWithTheTimeOut() throws IOException {
		ReceivedBytes in = new ReceivedBytes(LIMIT);
		CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> {
			try {
				return in.read();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		in.received(new byte[] { -1, 2, 3 });
		assertThat(reading).succeedsWithin(LIMIT).isEqualTo(255);
		assertThat(in.readNBytes(2)).containsExactly(2, 3);
		in.setTimeout(Duration.ofMillis(1));
		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(in::read);
	}

}
