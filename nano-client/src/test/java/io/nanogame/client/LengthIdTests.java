package io.nanogame.client;

import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Text;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.protocol.ProtocolException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nanogame.client.LengthIdServer.ERROR;
import static io.nanogame.client.LengthIdServer.JOIN;
import static io.nanogame.client.LengthIdServer.LEAVE;
import static io.nanogame.client.LengthIdServer.ON_NEWS;
import static io.nanogame.client.LengthIdServer.TYPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the protocol {@code length-id} with servers that send what a test prescribes.
 */
class LengthIdTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static NanoClient open(LengthIdServer server, NanoClientBuilder builder) throws IOException {
		NanoClient client = builder.build();
		CompletableFuture<?> connected = client.connect().toFuture();
		server.accept();
		assertThat(connected).succeedsWithin(TIMEOUT);
		return client;
	}

	private static NanoClient open(LengthIdServer server) throws IOException {
		return open(server, server.client().noReconnect());
	}

	private static CompletableFuture<Text> request(NanoClient client, String route, Object payload) {
		return client.requestAsync(route, payload, Text.class).toCompletableFuture();
	}

	private static <T extends Throwable> ThrowableAssertAlternative<?> failure(CompletableFuture<?> request,
			Class<T> type) {
		return assertThatExceptionOfType(ExecutionException.class).isThrownBy(request::get).withCauseInstanceOf(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LITTLE_ENDIAN", "BIG_ENDIAN" })
	void packetsMayBeSplitAtEachByte(String order) throws Exception {
		try (LengthIdServer server = new LengthIdServer(
				order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
				NanoClient client = open(server)) {
			List<String> news = new CopyOnWriteArrayList<>();
			client.on("onNews", Text.class, (push) -> news.add(push.text()));
			for (int i = 1; i <= 3; i++) {
				CompletableFuture<Text> response = request(client, "room.join", new Text("a"));
				assertThat(server.read()).isEqualTo("7 {\"text\":\"a\"}");
				for (byte next : server.packet(ON_NEWS, "{\"text\":\"news\"}")) {
					server.send(new byte[] { next });
				}
				for (byte next : server.packet(JOIN, "{\"text\":\"b\"}")) {
					server.send(new byte[] { next });
				}
				assertThat(response).succeedsWithin(TIMEOUT).isEqualTo(new Text("b"));
				assertThat(news).hasSize(i);
			}
		}
	}

	@Test
	void repliesAreMatchedByTheirOrderAndErrorsTakeTheirPlace() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			List<CompletableFuture<Text>> joins = IntStream.range(0, 3)
				.mapToObj((i) -> request(client, "room.join", i))
				.toList();
			CompletableFuture<Text> leave = request(client, "room.leave", null);
			for (int i = 0; i < 4; i++) {
				server.read();
			}
			server.send(JOIN, "{\"text\":\"0\"}")
				.send(ERROR, "{\"code\":409,\"msg\":\"full\"}")
				.send(ON_NEWS, "{}")
				.send(JOIN, "{\"text\":\"2\"}")
				.send(LEAVE, "{\"text\":\"left\"}");
			assertThat(joins.get(0)).succeedsWithin(TIMEOUT).isEqualTo(new Text("0"));
			assertThat(joins.get(2)).succeedsWithin(TIMEOUT).isEqualTo(new Text("2"));
			assertThat(leave).succeedsWithin(TIMEOUT).isEqualTo(new Text("left"));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(joins.get(1)::get)
				.havingCause()
				.isInstanceOfSatisfying(ErrorResponseException.class, (ex) -> {
					assertThat(ex.status()).isEqualTo(409);
					assertThat(ex.serverMessage()).isEqualTo("full");
				});
		}
	}

	@Test
	void requestsOfTwoThreadsReceiveTheirOwnResponses() throws Exception {
		int count = 2000;
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server, server.client().maxRequestsInFlight(2 * count))) {
			Thread echo = new Thread(() -> {
				try {
					for (int i = 0; i < 2 * count; i++) {
						server.send(JOIN, server.read().substring(2));
					}
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			echo.start();
			IntFunction<CompletableFuture<Text>> send = (i) -> request(client, "room.join", new Text("" + i));
			CompletableFuture<List<CompletableFuture<Text>>> other = CompletableFuture
				.supplyAsync(() -> IntStream.range(0, count).mapToObj(send).toList());
			List<CompletableFuture<Text>> mine = IntStream.range(count, 2 * count).mapToObj(send).toList();
			List<CompletableFuture<Text>> all = Stream.concat(other.get().stream(), mine.stream()).toList();
			for (int i = 0; i < all.size(); i++) {
				assertThat(all.get(i)).succeedsWithin(TIMEOUT).isEqualTo(new Text("" + i));
			}
			echo.join();
		}
	}

	@Test
	void requestsOfAListenerAndOfAnotherThreadReceiveTheirOwnResponses() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			List<CompletableFuture<Text>> requests = new CopyOnWriteArrayList<>();
			List<String> sent = new CopyOnWriteArrayList<>();
			IntFunction<Boolean> send = (i) -> sent.add("" + i)
					& requests.add(request(client, "room.join", new Text("" + i)));
			client.on("onNews", Text.class, (push) -> send.apply(1));
			for (int i = 0; i < 200; i++) {
				server.send(ON_NEWS, "{\"text\":\"\"}");
				CompletableFuture<Text> own = request(client, "room.join", new Text("own"));
				for (int j = 0; j < 2; j++) {
					server.send(JOIN, server.read().substring(2));
				}
				assertThat(own).succeedsWithin(TIMEOUT).isEqualTo(new Text("own"));
			}
			await().until(() -> requests.size() == 200);
			for (CompletableFuture<Text> request : requests) {
				assertThat(request).succeedsWithin(TIMEOUT).isEqualTo(new Text("1"));
			}
		}
	}

	@Test
	void aLateReplyIsNotGivenToTheNextRequest() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			CompletableFuture<Text> late = client.request("room.join", 1, Text.class, Duration.ofMillis(1)).toFuture();
			server.read();
			failure(late, RequestTimeoutException.class);
			CompletableFuture<Text> next = request(client, "room.join", 2);
			server.read();
			server.send(JOIN, "{\"text\":\"late\"}").send(JOIN, "{\"text\":\"next\"}");
			assertThat(next).succeedsWithin(TIMEOUT).isEqualTo(new Text("next"));
		}
	}

	@Test
	void aRequestFailsWhenALaterOneReceivesItsReply() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			CompletableFuture<Text> first = request(client, "room.leave", null);
			CompletableFuture<Text> second = request(client, "room.join", null);
			server.read();
			server.read();
			server.send(JOIN, "{\"text\":\"joined\"}");
			assertThat(second).succeedsWithin(TIMEOUT);
			failure(first, NoReplyException.class).withMessageContaining("room.leave has no reply");
		}
	}

	@Test
	void aNotifyIsAPacketAndAwaitsNoReply() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			client.notify("chat.typing", null);
			client.notify("chat.typing", new byte[] { 'a' });
			CompletableFuture<Text> join = request(client, "room.join", "x");
			assertThat(server.read()).isEqualTo(TYPING + " {}");
			assertThat(server.read()).isEqualTo(TYPING + " a");
			assertThat(server.read()).isEqualTo(JOIN + " \"x\"");
			server.send(JOIN, "{\"text\":\"joined\"}");
			assertThat(join).succeedsWithin(TIMEOUT);
		}
	}

	@Test
	void anEmptyBodyIsNull() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			CompletableFuture<Text> text = request(client, "room.join", null);
			CompletableFuture<byte[]> bytes = client.requestAsync("room.join", null, byte[].class)
				.toCompletableFuture();
			server.read();
			server.read();
			server.send(JOIN, "").send(JOIN, "");
			assertThat(text).succeedsWithin(TIMEOUT).isNull();
			assertThat(bytes).succeedsWithin(TIMEOUT).isEqualTo(new byte[0]);
		}
	}

	@Test
	void unknownIdsAndErrorsWithoutRequestAreDropped() throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server)) {
			List<String> pushes = new CopyOnWriteArrayList<>();
			client.onAny((route, body) -> pushes.add(route));
			server.send(77, "?").send(ERROR, "{\"code\":500}").send(JOIN, "{}").send(ON_NEWS, "not JSON");
			await().until(() -> pushes.equals(List.of("room.join", "onNews")));
			CompletableFuture<Text> join = request(client, "room.join", null);
			server.read();
			server.send(JOIN, "{\"text\":\"joined\"}");
			assertThat(join).succeedsWithin(TIMEOUT).isEqualTo(new Text("joined"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 })
	void aLengthAboveTheLimitEndsTheConnectionWithTheNameOfTheLimit(int length) throws Exception {
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server, server.client().noReconnect().maxPacketLength(1000))) {
			CompletableFuture<Text> first = request(client, "room.join", null);
			CompletableFuture<Text> second = request(client, "room.leave", null);
			server.sendHeader(length, JOIN);
			failure(first, ConnectionLostException.class).withMessageContaining("1000 bytes")
				.withMessageContaining("NanoClientBuilder.maxPacketLength");
			failure(second, ConnectionLostException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 8, 20, 3 * 1024 * 1024 })
	void aServerThatEndsWithinAPacketFailsAllRequests(int sent) throws Exception {
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server, server.client().noReconnect().maxPacketLength(8 * 1024 * 1024))) {
			CompletableFuture<Text> first = request(client, "room.join", null);
			CompletableFuture<Text> second = request(client, "room.join", null);
			server.read();
			server.read();
			byte[] packet = server.packet(JOIN, "x".repeat(4 * 1024 * 1024));
			server.send(Arrays.copyOf(packet, sent)).finish();
			for (CompletableFuture<Text> request : List.of(first, second)) {
				failure(request, ConnectionLostException.class).withMessageContaining("closed");
			}
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			401, CLOSED,  HandshakeRefusedException
			403, CLOSED,  KickedException
			503, WAITING, KickedException
			404, WAITING, ConnectionLostException
			""")
	void theLastErrorIsTheReasonOfTheClose(int code, Phase phase, String reason) throws Exception {
		try (LengthIdServer server = new LengthIdServer(); NanoClient client = open(server, server.client())) {
			CompletableFuture<ClientState> end = client.states()
				.filter((state) -> state.reason() != null)
				.next()
				.toFuture();
			CompletableFuture<Text> first = request(client, "room.join", null);
			CompletableFuture<Text> second = request(client, "room.join", null);
			server.read();
			server.read();
			server.send(ERROR, "{\"code\":%d,\"msg\":\"the reason\"}".formatted(code)).finish();
			failure(first, ErrorResponseException.class).withMessageContaining("the reason");
			failure(second, NanoClientException.class);
			assertThat(end).succeedsWithin(TIMEOUT).satisfies((state) -> {
				assertThat(state.phase()).isEqualTo(phase);
				assertThat(state.reason().getClass().getSimpleName()).isEqualTo(reason);
			});
		}
	}

	@Test
	void aClientReconnects() throws Exception {
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server,
						server.client().reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))))) {
			request(client, "room.join", null);
			server.finish();
			server.accept();
			await().until(() -> client.state().phase() == Phase.OPEN);
			CompletableFuture<Text> join = request(client, "room.leave", null);
			server.read();
			server.send(LEAVE, "{\"text\":\"left\"}");
			assertThat(join).succeedsWithin(TIMEOUT).isEqualTo(new Text("left"));
		}
	}

	@Test
	void theDelayGrowsWhileTheServerClosesEachConnection() throws Exception {
		Duration first = Duration.ofMillis(1);
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = server.client().reconnect(new Backoff(first, Duration.ofSeconds(1))).build()) {
			List<ClientState> states = new CopyOnWriteArrayList<>();
			client.states().subscribe(states::add);
			client.connect().subscribe();
			while (states.stream().noneMatch((state) -> state.delay().compareTo(first.multipliedBy(2)) > 0)) {
				assertThat(states).hasSizeLessThan(1000);
				server.accept();
				server.finish();
			}
		}
	}

	@Test
	void whatCannotBeSentFails() throws Exception {
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server, server.client()
					.lengthId(new LengthIdFormat(true, 1, 2, true, Counts.ID_AND_BODY), Map.of("a.b", 1L), null))) {
			assertThatIllegalArgumentException().isThrownBy(() -> client.call("b.c", null, Void.class))
				.withMessage("The route b.c has no id; NanoClientBuilder.lengthId sets it");
			assertThatIllegalArgumentException().isThrownBy(() -> client.notify("b.c", null));
			assertThatIllegalArgumentException().isThrownBy(() -> client.on("onOther", Text.class, (push) -> {
			}));
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> client.call("a.b", new byte[254], Void.class));
			client.notify("a.b", new byte[253]);
		}
	}

	@Test
	void impossibleIdsAreRejected() {
		NanoClientBuilder builder = NanoClient.builder("tcp://127.0.0.1");
		LengthIdFormat small = new LengthIdFormat(false, 4, 1, false, Counts.BODY);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.lengthId(small, Map.of("a.b", 256L), null))
			.withMessage("The id 256 of a.b must be 0 to 255");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.lengthId(small, Map.of("a.b", -1L), null));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.lengthId(small, Map.of("a.b", 5L), 5L))
			.withMessage("The id 5 of a.b is also that of errors");
		builder.lengthId(LengthIdFormat.defaults(), Map.of("a.b", 0xFFFF_FFFFL), 0L)
			.maxPacketLength(Integer.MAX_VALUE - 100);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPacketLength(Integer.MAX_VALUE));
	}

	@Test
	void theWireTapReceivesWholePackets() throws Exception {
		List<String> tapped = new CopyOnWriteArrayList<>();
		try (LengthIdServer server = new LengthIdServer();
				NanoClient client = open(server,
						server.client().wireTap((sent, packet) -> tapped.add(sent + " " + packet.length)))) {
			CompletableFuture<Text> join = request(client, "room.join", "x");
			server.read();
			server.send(JOIN, "{\"text\":\"joined\"}");
			assertThat(join).succeedsWithin(TIMEOUT);
			assertThat(tapped).containsExactly("true 11", "false 25");
		}
	}

}
