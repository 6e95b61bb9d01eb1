package io.nanogame.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Text;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests with the bytes of other servers and of servers that violate the protocol. */
class StrangeServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static NanoClient open(FakeServer server, NanoClientBuilder builder, String sys) throws IOException {
		NanoClient client = builder.build();
		CompletableFuture<?> connected = client.connect().toFuture();
		server.acceptHandshake(sys);
		assertThat(connected).succeedsWithin(TIMEOUT);
		return client;
	}

	@Test
	void theHandshakeNamesTheClient() throws IOException {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().resume(false).build()) {
			client.connect().subscribe();
			assertThat(server.accept()).isEqualTo("{\"sys\":{\"type\":\"nano-java\",\"version\":\"0.1.0\"}}");
		}
	}

	@Test
	void compressedPacketsAndErrorsOfPitayaAreRead() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			server.sendDeflated(1, new byte[0],
					"{\"code\":200,\"sys\":{\"heartbeat\":1,\"dict\":{\"room.join\":7},\"serializer\":\"json\"}}");
			server.read();
			assertThat(connected).succeedsWithin(TIMEOUT);
			CompletableFuture<Text> response = client.requestAsync("room.join", "x", Text.class).toCompletableFuture();
			// Type request with a route code, id 1, code 7.
			assertThat(server.readData()).startsWith(1, 1, 0, 7);
			server.sendDeflated(4, new byte[] { 0x14, 1 }, "{\"text\":\"inflated\"}");
			assertThat(response).succeedsWithin(TIMEOUT).isEqualTo(new Text("inflated"));
			CompletableFuture<Text> refused = client.requestAsync("room.join", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendData(new byte[] { 0x24, 2 }, "{\"code\":\"PIT-404\",\"msg\":\"no such room\"}");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(refused::get)
				.havingCause()
				.isInstanceOfSatisfying(ErrorResponseException.class, (ex) -> {
					assertThat(ex.code()).isEqualTo("PIT-404");
					assertThat(ex.status()).isEqualTo(404);
				});
		}
	}

	@Test
	void unmarkedErrorsOfPomeloAreRead() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			CompletableFuture<Text> response = client.requestAsync("room.join", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendData(new byte[] { 4, 1 }, "{\"code\":500}");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(response::get)
				.havingCause()
				.isInstanceOfSatisfying(ErrorResponseException.class, (ex) -> assertThat(ex.status()).isEqualTo(500));
		}
	}

	@Test
	void packetsMayArriveInFragmentsAndTogether() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			client.on("on", Text.class, (push) -> received.add(push.text()));
			String push = "04" + "%06x".formatted(4 + 12) + "06026f6e" + "7b2274657874223a2261227d";
			for (int i = 0; i < push.length(); i += 2) {
				server.sendHex(push.substring(i, i + 2));
			}
			server.sendHex(push + push + "03000000" + push.substring(0, 10));
			server.sendHex(push.substring(10));
			await().until(() -> received.size() == 4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// unknown packet types
			"ff000001", "0048545450",
			// malformed messages
			"040000010c", "0400000400ffffff", "0400000208ff", "0400000307ffff" })
	void malformedBytesEndTheConnectionButNotTheClient(String hex) throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server,
						server.client().reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))), "{}")) {
			CompletableFuture<Text> pending = client.requestAsync("a.b", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendHex(hex);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(ConnectionLostException.class)
				.withMessageContaining("violated the protocol");
			server.acceptHandshake("{}");
			await().until(() -> client.state().phase() == Phase.OPEN);
		}
	}

	@Test
	void aPacketAboveTheLimitEndsTheConnectionWithTheNameOfTheLimit() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().noReconnect().maxPacketLength(1000), "{}")) {
			CompletableFuture<Text> pending = client.requestAsync("a.b", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendHex("040003e9");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(ConnectionLostException.class)
				.withMessageContaining("1000 bytes")
				.withMessageContaining("NanoClientBuilder.maxPacketLength");
		}
	}

	@Test
	void anInflatedBodyAboveTheLimitEndsTheConnectionWithTheNameOfTheLimit() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().noReconnect().maxPacketLength(1000), "{}")) {
			CompletableFuture<Text> pending = client.requestAsync("a.b", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendDeflated(4, new byte[] { 0x14, 1 }, "x".repeat(1001));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withMessageContaining("NanoClientBuilder.maxPacketLength");
		}
	}

	@Test
	void unexpectedResponsesAndPushesWithoutListenerAreDropped() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			server.sendData(new byte[] { 4, 99 }, "{}");
			server.sendData(new byte[] { 6, 2, 'o', 'n' }, "{}");
			CompletableFuture<Text> response = client.requestAsync("a.b", "x", Text.class).toCompletableFuture();
			server.readData();
			server.sendData(new byte[] { 4, 1 }, "{\"text\":\"mine\"}");
			assertThat(response).succeedsWithin(TIMEOUT).isEqualTo(new Text("mine"));
		}
	}

	@Test
	void dataBeforeTheHandshakeViolatesTheProtocol() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().noReconnect().build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			server.sendData(new byte[] { 6, 2, 'o', 'n' }, "{}");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withCauseInstanceOf(ConnectionLostException.class);
		}
	}

	@Test
	void aHandshakeWithoutReplyTimesOut() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = server.client().noReconnect().connectTimeout(Duration.ofSeconds(2)).build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withMessageContaining("did not reply to the handshake in time");
		}
	}

	@Test
	void aClientSendsHeartbeatsAndDetectsASilentServer() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().noReconnect(), "{\"heartbeat\":1}")) {
			assertThat(server.readType()).isEqualTo(3);
			assertThat(server.readType()).isEqualTo(3);
			await().until(() -> client.state().phase() == Phase.CLOSED);
			assertThat(client.state().reason()).hasMessageContaining("No packet was received for two heartbeats");
		}
	}

	@Test
	void pendingBytesAreLimitedWhenTheServerDoesNotRead() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().maxPendingBytes(64 * 1024), "{}")) {
			byte[] much = new byte[32 * 1024];
			assertThatExceptionOfType(ClientOverloadedException.class).isThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					client.notify("a.b", much);
				}
			}).withMessageContaining("65536 pending bytes").withMessageContaining("NanoClientBuilder.maxPendingBytes");
			assertThat(client.state().phase()).isEqualTo(Phase.OPEN);
		}
	}

	@Test
	void aClientClosesEvenIfTheServerDoesNotRead() throws Exception {
		try (FakeServer server = new FakeServer(); OneLoop loop = new OneLoop()) {
			NanoClient client = open(server, server.client().loops(loop).maxPendingBytes(64 * 1024), "{}");
			assertThat(loop.channels()).isOne();
			assertThatExceptionOfType(ClientOverloadedException.class).isThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					client.notify("a.b", new byte[32 * 1024]);
				}
			});
			client.close();
			await().until(() -> loop.channels() == 0);
		}
	}

	@Test
	void aRequestDuringTheCloseDoesNotReportALimit() throws Exception {
		try (FakeServer server = new FakeServer(); OneLoop loop = new OneLoop()) {
			NanoClient client = open(server,
					server.client().loops(loop).maxRequestsInFlight(1_000_000).maxPendingBytes(64 * 1024 * 1024), "{}");
			EventLoop thread = loop.onServer(false).next();
			Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
			CountDownLatch end = new CountDownLatch(1);
			thread.execute(new Runnable() {
				@Override
				public void run() {
					if (client.state().phase() != Phase.OPEN) {
						end.countDown();
						return;
					}
					// After the close of the channel, and before the client is notified
					// of it.
					thread.execute(this);
					client.request("a.b", new byte[0], byte[].class).subscribe((response) -> {
					}, failures::add);
				}
			});
			server.disconnect();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(failures).isNotEmpty().hasOnlyElementsOfType(ConnectionLostException.class);
		}
	}

}
