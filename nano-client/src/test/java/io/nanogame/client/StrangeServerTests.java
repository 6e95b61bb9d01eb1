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
import io.nanogame.client.Game.Words;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Servers of others, and such as do not behave, byte by byte. */
class StrangeServerTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static NanoClient open(FakeServer server, NanoClientBuilder builder, String sys) throws IOException {
		NanoClient client = builder.build();
		CompletableFuture<?> connected = client.connect().toFuture();
		server.letIn(sys);
		assertThat(connected).succeedsWithin(SOON);
		return client;
	}

	@Test
	void theHandshakeSaysWhoItIs() throws IOException {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().build()) {
			client.connect().subscribe();
			assertThat(server.accept()).isEqualTo("{\"sys\":{\"type\":\"nano-java\",\"version\":\"0.1.0\"}}");
		}
	}

	@Test
	void pitayasCompressedHandshakeAndCompressedBodiesAndErrorsAreRead() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			server.sendDeflated(1, new byte[0],
					"{\"code\":200,\"sys\":{\"heartbeat\":1,\"dict\":{\"room.join\":7},\"serializer\":\"json\"}}");
			server.read();
			assertThat(connected).succeedsWithin(SOON);
			CompletableFuture<Words> answer = client.requestAsync("room.join", "x", Words.class).toCompletableFuture();
			// Type request with a route code, id 1, code 7.
			assertThat(server.readData()).startsWith(1, 1, 0, 7);
			server.sendDeflated(4, new byte[] { 0x14, 1 }, "{\"words\":\"inflated\"}");
			assertThat(answer).succeedsWithin(SOON).isEqualTo(new Words("inflated"));
			CompletableFuture<Words> refused = client.requestAsync("room.join", "x", Words.class).toCompletableFuture();
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
	void pomelosErrorsAreReadThoughNothingMarksThem() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			CompletableFuture<Words> answer = client.requestAsync("room.join", "x", Words.class).toCompletableFuture();
			server.readData();
			server.sendData(new byte[] { 4, 1 }, "{\"code\":500}");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get)
				.havingCause()
				.isInstanceOfSatisfying(ErrorResponseException.class, (ex) -> assertThat(ex.status()).isEqualTo(500));
		}
	}

	@Test
	void packetsMayComeInPiecesAndTogether() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
			client.on("on", Words.class, (push) -> heard.add(push.words()));
			String push = "04" + "%06x".formatted(4 + 13) + "06026f6e" + "7b22776f726473223a2261227d";
			for (int i = 0; i < push.length(); i += 2) {
				server.sendHex(push.substring(i, i + 2));
			}
			server.sendHex(push + push + "03000000" + push.substring(0, 10));
			server.sendHex(push.substring(10));
			await().until(() -> heard.size() == 4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// no packet type
			"ff000001", "0048545450",
			// messages that are none
			"040000010c", "0400000400ffffff", "0400000208ff", "0400000307ffff" })
	void rubbishEndsTheConnectionAndNotTheClient(String hex) throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server,
						server.client().reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))), "{}")) {
			CompletableFuture<Words> pending = client.requestAsync("a.b", "x", Words.class).toCompletableFuture();
			server.readData();
			server.sendHex(hex);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(ConnectionLostException.class)
				.withMessageContaining("not this protocol");
			server.letIn("{}");
			await().until(() -> client.state().phase() == Phase.OPEN);
		}
	}

	@Test
	void aPacketAboveTheLimitEndsTheConnectionWithTheNameOfTheLimit() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().noReconnect().maxPacketLength(1000), "{}")) {
			CompletableFuture<Words> pending = client.requestAsync("a.b", "x", Words.class).toCompletableFuture();
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
			CompletableFuture<Words> pending = client.requestAsync("a.b", "x", Words.class).toCompletableFuture();
			server.readData();
			server.sendDeflated(4, new byte[] { 0x14, 1 }, "x".repeat(1001));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withMessageContaining("NanoClientBuilder.maxPacketLength");
		}
	}

	@Test
	void anAnswerNobodyAskedForAndAPushNobodyWantsAreDropped() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server, server.client(), "{}")) {
			server.sendData(new byte[] { 4, 99 }, "{}");
			server.sendData(new byte[] { 6, 2, 'o', 'n' }, "{}");
			CompletableFuture<Words> answer = client.requestAsync("a.b", "x", Words.class).toCompletableFuture();
			server.readData();
			server.sendData(new byte[] { 4, 1 }, "{\"words\":\"mine\"}");
			assertThat(answer).succeedsWithin(SOON).isEqualTo(new Words("mine"));
		}
	}

	@Test
	void dataInFrontOfTheHandshakeIsNotThisProtocol() throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = server.client().noReconnect().build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			server.sendData(new byte[] { 6, 2, 'o', 'n' }, "{}");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withCauseInstanceOf(ConnectionLostException.class);
		}
	}

	@Test
	void aServerThatDoesNotAnswerTheHandshakeIsGivenUp() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = server.client().noReconnect().connectTimeout(Duration.ofSeconds(2)).build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withMessageContaining("did not answer the handshake in time");
		}
	}

	@Test
	void aClientSendsHeartbeatsAndNoticesAServerThatIsSilent() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().noReconnect(), "{\"heartbeat\":1}")) {
			assertThat(server.readType()).isEqualTo(3);
			assertThat(server.readType()).isEqualTo(3);
			await().until(() -> client.state().phase() == Phase.CLOSED);
			assertThat(client.state().reason()).hasMessageContaining("not heard of for two heartbeats");
		}
	}

	@Test
	void whatAServerDoesNotReadIsNotPiledUp() throws Exception {
		try (FakeServer server = new FakeServer();
				NanoClient client = open(server, server.client().maxPendingBytes(64 * 1024), "{}")) {
			byte[] much = new byte[32 * 1024];
			assertThatExceptionOfType(ClientOverloadedException.class).isThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					client.notify("a.b", much);
				}
			}).withMessageContaining("65536 bytes").withMessageContaining("NanoClientBuilder.maxPendingBytes");
			assertThat(client.state().phase()).isEqualTo(Phase.OPEN);
		}
	}

	@Test
	void aServerThatDoesNotReadCannotKeepAClientFromLeaving() throws Exception {
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
	void aRequestAtTheMomentOfTheEndDoesNotBlameALimit() throws Exception {
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
					// Behind the end of the channel, and ahead of the news of it.
					thread.execute(this);
					client.request("a.b", new byte[0], byte[].class).subscribe((answer) -> {
					}, failures::add);
				}
			});
			server.hangUp();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(failures).isNotEmpty().hasOnlyElementsOfType(ConnectionLostException.class);
		}
	}

}
