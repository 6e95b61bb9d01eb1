package io.nanogame.server;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.UrlQuery;
import io.nanogame.limit.Limit;
import io.nanogame.session.UpgradeRequest;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients above the limit of connections.
 */
class ConnectionLimitTests {

	private static final String UPGRADE = "GET /nano HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(int total, int perAddress) {
		TransportLimits limits = new TransportLimits(total, perAddress, 0, 0, Map.of(), OnExcess.ANSWER);
		this.server.settings(TestServer.settings((it) -> it.limits(limits))).start();
	}

	private long exceeded(String name) {
		return this.server.server()
			.transport()
			.limits()
			.stream()
			.filter((limit) -> limit.name().equals(name))
			.mapToLong(Limit::timesExceeded)
			.sum();
	}

	private static void echoes(RawClient client, long id) {
		assertThat(client.request(id, "test.echo", "{}").readResponse(id)).isEqualTo("{}");
	}

	@Test
	void aConnectionAboveTheLimitIsRejectedAndTheOthersAreServed() {
		start(2, 0);
		try (RawClient first = this.server.tcp().handshake();
				RawClient second = this.server.webSocket().handshake();
				RawClient third = this.server.tcp();
				RawClient fourth = this.server.tcp()) {
			assertThat(third.sendHex("01000000 02000000").readEnd()).isEqualTo("end");
			assertThat(fourth.sendBytes(TestServer.bytes(UPGRADE)).readText()).startsWith("HTTP/1.1 503 ")
				.contains("There are too many connections.");
			echoes(first, 1);
			echoes(second, 1);
			assertThat(exceeded("connections")).isEqualTo(2);
			assertThat(exceeded("connections-per-address")).isZero();
			assertThat(this.server.server().traffic().openConnections()).isEqualTo(2);
			assertThat(this.server.sessions.count()).isEqualTo(2);
		}
	}

	@Test
	void theConnectionsOfAnAddressAreLimited() {
		start(0, 1);
		try (RawClient first = this.server.tcp().handshake(); RawClient second = this.server.tcp()) {
			assertThat(second.sendHex("01000000").readEnd()).isEqualTo("end");
			echoes(first, 1);
			assertThat(exceeded("connections-per-address")).isOne();
			assertThat(exceeded("connections")).isZero();
		}
	}

	@Test
	void aDisconnectReleasesTheSlot() {
		start(1, 1);
		for (int i = 0; i < 20; i++) {
			RawClient client = (i % 2 == 0) ? this.server.tcp().handshake() : this.server.webSocket().handshake();
			echoes(client, 1);
			if (i % 3 == 0) {
				client.reset();
			}
			else {
				client.close();
			}
			await().until(() -> this.server.server().traffic().openConnections() == 0);
			await().until(() -> !this.server.server().transport().connectionSlots().rejects(null));
		}
		assertThat(exceeded("connections-per-address")).isZero();
	}

	@Test
	void aRejectedClientOccupiesNoSlot() {
		start(1, 1);
		try (RawClient first = this.server.tcp().handshake()) {
			for (int i = 0; i < 5; i++) {
				try (RawClient other = this.server.tcp()) {
					assertThat(other.sendHex("01000000").readEnd()).isEqualTo("end");
				}
			}
			echoes(first, 1);
		}
		await().until(() -> !this.server.server().transport().connectionSlots().rejects(null));
		this.server.serves();
	}

	@Test
	void aClientOfAWebServerAboveTheLimitReceivesTheReason() {
		start(1, 0);
		InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1);
		Protocol protocol = this.server.server().transport().protocols().find("pomelo");
		UpgradeRequest request = UpgradeRequest.of("/nano", Stream.empty());
		EmbeddedChannel first = new EmbeddedChannel();
		EmbeddedChannel second = new EmbeddedChannel();
		this.server.server()
			.loops()
			.takeOverWebSocket(first, protocol, new UrlQuery(null), request, false, address, null);
		this.server.server()
			.loops()
			.takeOverWebSocket(second, protocol, new UrlQuery(null), request, false, address, null);
		assertThat(first.<ByteBuf>readOutbound()).isNull();
		ByteBuf farewell = second.readOutbound();
		assertThat(farewell.toString(StandardCharsets.UTF_8)).endsWith("too many connections");
		farewell.release();
		second.close();
		first.close();
		assertThat(this.server.server().transport().connectionSlots().rejects(address)).isFalse();
	}

	@Test
	void aHundredRejectedClientsReceiveTheReasonAndOthersAreClosedImmediately() {
		start(1, 0);
		try (RawClient first = this.server.tcp().handshake()) {
			List<RawClient> others = IntStream.range(0, 120).mapToObj((i) -> this.server.tcp()).toList();
			await().until(() -> exceeded("connections") == 120);
			assertThat(others.stream().filter(ConnectionLimitTests::isTold)).hasSize(100);
			await().until(() -> this.server.server().traffic().closed("too-many-connections") == 120);
			echoes(first, 1);
			others.forEach(RawClient::close);
		}
		await().until(() -> !this.server.server().transport().connectionSlots().rejects(null));
		this.server.serves();
	}

	private static boolean isTold(RawClient client) {
		try {
			return client.sendBytes(TestServer.bytes(UPGRADE)).readText().startsWith("HTTP/1.1 503 ");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

}
