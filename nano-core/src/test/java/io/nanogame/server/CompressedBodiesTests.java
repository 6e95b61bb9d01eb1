package io.nanogame.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.InflaterInputStream;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.group.Group;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompressedBodiesTests {

	private static final String PITAYA = "{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"}}";

	private static final String JAVA = "{\"sys\":{\"type\":\"nano-java\"}}";

	private static final int COMPRESSED = 0x10;

	private static final String LONG = "\"" + "round and round ".repeat(20) + "\"";

	private static final String SHORT = "\"" + "x".repeat(97) + "\"";

	private final MemoryServer server = new MemoryServer();

	private Group group;

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawClient connect(String handshake, Method... methods) {
		this.server.settings(TestServer
			.settings((it) -> it.compression(new CompressionSettings(Set.of(methods), SHORT.length() + 1))));
		this.server.loop("test.push", CompressedBodiesTests::push).loop("test.fail", CompressedBodiesTests::fail);
		this.server.start();
		this.group = this.server.groups.create("lobby");
		return join(handshake);
	}

	private static Object push(Request request) {
		request.session().push("onNews", LONG.substring(1, LONG.length() - 1));
		return request.body();
	}

	private static Object fail(Request request) {
		throw new RequestException(400, LONG);
	}

	private RawClient join(String handshake) {
		RawClient client = this.server.connect();
		client.handshake(handshake);
		this.server.sessions.all()
			.stream()
			.filter((session) -> !this.group.members().contains(session))
			.forEach(this.group::add);
		return client;
	}

	private static boolean isCompressed(RawPacket packet) {
		return (packet.body()[0] & COMPRESSED) != 0;
	}

	/** Inflates the body behind the first bytes of a message. */
	private static String inflated(RawPacket packet, int head) {
		byte[] body = packet.body();
		try (InflaterInputStream zlib = new InflaterInputStream(
				new ByteArrayInputStream(Arrays.copyOfRange(body, head, body.length)))) {
			return new String(zlib.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void receivesUncompressed(RawClient client) {
		client.request(1, "test.fastEcho", LONG);
		RawPacket response = client.readData();
		assertThat(isCompressed(response)).isFalse();
		assertThat(response.payload()).isEqualTo(LONG);
	}

	@Test
	void aLongResponseToPitayaIsCompressed() {
		RawClient client = connect(PITAYA, Method.POMELO);
		client.request(1, "test.fastEcho", LONG);
		RawPacket response = client.readData();
		assertThat(isCompressed(response)).isTrue();
		assertThat(response.body()).hasSizeLessThan(100);
		assertThat(inflated(response, 2)).isEqualTo(LONG);
	}

	@Test
	void aLongErrorIsCompressedAndStillAnError() {
		RawClient client = connect(PITAYA, Method.POMELO);
		client.request(1, "test.fail", "1");
		RawPacket response = client.readData();
		assertThat(isCompressed(response)).isTrue();
		assertThat(response.hasErrorFlag()).isTrue();
		assertThat(inflated(response, 2)).contains("round and round");
	}

	@Test
	void aLongPushIsCompressed() {
		RawClient client = connect(JAVA, Method.POMELO);
		client.request(1, "test.push", "1");
		RawPacket push = client.readData();
		assertThat(push.isPush()).isTrue();
		assertThat(isCompressed(push)).isTrue();
		assertThat(inflated(push, 8)).isEqualTo(LONG);
	}

	@Test
	void aBroadcastIsCompressedForThoseWhoReadIt() {
		RawClient pitaya = connect(PITAYA, Method.POMELO);
		RawClient java = join(JAVA);
		RawClient javascript = join("{\"sys\":{\"type\":\"js-websocket\",\"compression\":\"zlib\"}}");
		RawClient browser = join("{\"sys\":{\"type\":\"js-websocket\"}}");
		this.group.broadcast("onNews", LONG.substring(1, LONG.length() - 1));
		assertThat(inflated(pitaya.readData(), 8)).isEqualTo(LONG);
		assertThat(inflated(java.readData(), 8)).isEqualTo(LONG);
		assertThat(inflated(javascript.readData(), 8)).isEqualTo(LONG);
		assertThat(browser.readPush("onNews")).isEqualTo(LONG);
	}

	@Test
	void aShortOrIncompressibleBodyIsSentAsItIs() {
		RawClient client = connect(PITAYA, Method.POMELO);
		String noise = "\"" + "Qj7#kPz0vW!m4RtY9bXs2&LdGhC6uN8fAeKo3*iT5wJqB1yZr^cVxS$MpDaEgFnHlIOuU%Q"
				+ "(){}[]<>;:,.?/~|" + "0a9b8c7d6eZfYgX\"";
		client.request(1, "test.fastEcho", SHORT);
		assertThat(client.readData().payload()).isEqualTo(SHORT);
		client.request(2, "test.fastEcho", noise);
		assertThat(client.readData().payload()).isEqualTo(noise).hasSizeGreaterThan(SHORT.length());
	}

	@Test
	void otherClientsReceiveUncompressedBodies() {
		receivesUncompressed(connect("{\"sys\":{\"type\":\"js-websocket\"}}", Method.POMELO));
	}

	@Test
	void byDefaultNothingIsCompressed() {
		receivesUncompressed(connect(PITAYA));
	}

}
