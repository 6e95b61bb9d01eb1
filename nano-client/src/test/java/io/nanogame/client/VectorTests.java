package io.nanogame.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.client.ClientState.Phase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests the client against the golden vectors of the protocol family: the bytes that it
 * sends, and its reaction to those that it receives.
 */
class VectorTests {

	private static final JsonNode FILE = load();

	/** The first byte of a message: the bits of its type. */
	private static final int TYPE = 0x0e;

	private static final int RESPONSE = 0x04;

	private static final int PUSH = 0x06;

	private static JsonNode load() {
		try (InputStream in = VectorTests.class.getResourceAsStream("/vectors.json")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	record Vector(JsonNode json) {

		boolean isMessage(String type) {
			return this.json.path("layer").asString().equals("message") && decoded("type").equals(type);
		}

		boolean isResponseWithSmallId() {
			return isMessage("response") && decoded("id").length() <= 3 && !decoded("id").equals("0");
		}

		boolean isSentByOtherClients() {
			return this.json.has("encodersAgree");
		}

		boolean isBadFromServer() {
			String hex = hex();
			int type = hex.isEmpty() ? 0 : Integer.parseInt(hex.substring(0, 2), 16) & TYPE;
			return this.json.path("layer").asString().equals("message") && this.json.has("error")
					&& (type == RESPONSE || type == PUSH || type > PUSH);
		}

		boolean isKick() {
			return this.json.path("name").asString().startsWith("packet_kick");
		}

		boolean isBadPacket() {
			return this.json.path("layer").asString().equals("packet") && this.json.has("error");
		}

		String hex() {
			JsonNode repeat = this.json.path("repeat");
			return this.json.path("hex").asString()
					+ repeat.path("byte").asString().repeat(repeat.path("count").asInt());
		}

		String decoded(String field) {
			return this.json.path("decoded").path(field).asString();
		}

		byte[] body() {
			return HexFormat.of().parseHex(decoded("body"));
		}

		@Override
		public String toString() {
			return this.json.path("name").asString();
		}

	}

	private static Stream<Vector> vectors(Predicate<Vector> which) {
		List<Vector> found = FILE.path("vectors").valueStream().map(Vector::new).filter(which).toList();
		assertThat(found).hasSizeGreaterThan(1);
		return found.stream();
	}

	static Stream<Vector> notifies() {
		return vectors((vector) -> vector.isMessage("notify") && vector.isSentByOtherClients());
	}

	static Stream<Vector> firstRequests() {
		return vectors((vector) -> vector.isMessage("request") && vector.isSentByOtherClients()
				&& vector.decoded("id").equals("1"));
	}

	static Stream<Vector> responses() {
		return vectors(Vector::isResponseWithSmallId);
	}

	static Stream<Vector> pushes() {
		return vectors((vector) -> vector.isMessage("push"));
	}

	static Stream<Vector> badMessages() {
		return vectors(Vector::isBadFromServer);
	}

	static Stream<Vector> kicks() {
		return vectors(Vector::isKick);
	}

	static Stream<Vector> badPackets() {
		return vectors(Vector::isBadPacket);
	}

	private static NanoClient open(FakeServer server) throws IOException {
		NanoClient client = server.client().noReconnect().maxPacketLength(64 * 1024).build();
		CompletableFuture<?> connected = client.connect().toFuture();
		server.acceptHandshake("{\"dict\":%s}".formatted(FILE.path("dictionary")));
		assertThat(connected).succeedsWithin(Duration.ofSeconds(20));
		return client;
	}

	private static void sendMessage(FakeServer server, String hex) {
		server.sendHex("04%06x".formatted(hex.length() / 2) + hex);
	}

	@ParameterizedTest
	@MethodSource("notifies")
	void notificationsAreEncodedAsByOtherClients(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			client.notify(vector.decoded("route"), vector.body());
			assertThat(server.readData()).asHexString().isEqualToIgnoringCase(vector.hex());
		}
	}

	@ParameterizedTest
	@MethodSource("firstRequests")
	void requestsAreEncodedAsByOtherClients(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			client.request(vector.decoded("route"), vector.body(), byte[].class).onErrorComplete().subscribe();
			assertThat(server.readData()).asHexString().isEqualToIgnoringCase(vector.hex());
		}
	}

	@ParameterizedTest
	@MethodSource("responses")
	void aResponseCompletesItsRequest(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			List<CompletableFuture<byte[]>> responses = new ArrayList<>();
			for (int id = 1; id <= Integer.parseInt(vector.decoded("id")); id++) {
				responses.add(client.requestAsync("a.b", new byte[] { 1 }, byte[].class).toCompletableFuture());
			}
			CompletableFuture<byte[]> last = responses.get(responses.size() - 1);
			sendMessage(server, vector.hex());
			if (vector.json().path("decoded").path("error").asBoolean()) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> last.get(20, TimeUnit.SECONDS))
					.havingCause()
					.isInstanceOfSatisfying(ErrorResponseException.class,
							(error) -> assertThat(error.body()).isEqualTo(vector.body()));
			}
			else {
				assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(vector.body());
			}
			assertThat(responses.subList(0, responses.size() - 1)).noneMatch(CompletableFuture::isDone);
		}
	}

	@ParameterizedTest
	@MethodSource("pushes")
	void aPushReachesItsListener(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
			client.on(vector.decoded("route"), byte[].class, received::add);
			sendMessage(server, vector.hex());
			assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(vector.body());
		}
	}

	@ParameterizedTest
	@MethodSource("badMessages")
	void aBadMessageEndsTheConnectionWithItsReason(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			sendMessage(server, vector.hex());
			assertLost(client, vector);
		}
	}

	@ParameterizedTest
	@MethodSource("badPackets")
	void aBadPacketEndsTheConnectionWithItsReason(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			// The beginning of a long packet suffices: the client does not wait for the
			// end.
			server.sendHex(vector.hex().substring(0, Math.min(vector.hex().length(), 200)));
			assertLost(client, vector);
		}
	}

	private static void assertLost(NanoClient client, Vector vector) {
		await().until(() -> client.state().phase() == Phase.CLOSED);
		assertThat(client.state().reason()).isInstanceOf(ConnectionLostException.class)
			.hasMessage(message(vector.json().path("error").asString()));
	}

	private static String message(String error) {
		return error.equals("packet too large")
				? "The server sent more than 65536 bytes in one packet, "
						+ "which is the limit set by NanoClientBuilder.maxPacketLength"
				: "The server violated the protocol: " + error;
	}

	@ParameterizedTest
	@MethodSource("kicks")
	void kicksAreReadWithAndWithoutAReason(Vector vector) throws Exception {
		try (FakeServer server = new FakeServer(); NanoClient client = open(server)) {
			server.sendHex(vector.hex());
			await().until(() -> client.state().phase() == Phase.CLOSED);
			assertThat(client.state().reason()).isInstanceOfSatisfying(KickedException.class,
					(kick) -> assertThat(kick.reason()).isEqualTo(vector.toString().endsWith("empty") ? "" : "kick"));
		}
	}

}
