package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.Traffic;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that never reads costs no more memory than the high-water mark allows, and no
 * time.
 */
class DeafClientTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final AtomicInteger keys = new AtomicInteger();

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void pongsDoNotPileUp() throws Exception {
		this.server.start();
		int total = 40 * MEGABYTE;
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress("127.0.0.1", this.server.port()));
			RawClient client = RawClient.webSocket(socket, "/nano").handshake();
			byte[] pings = pings();
			for (int sent = 0; sent < total; sent += pings.length) {
				client.sendBytes(pings);
			}
			Traffic traffic = this.server.server().traffic();
			await().until(() -> traffic.bytesReceived() >= total);
			assertThat(traffic.bytesSent()).isLessThan(total / 2);
		}
		this.server.serves();
	}

	private static byte[] pings() {
		ByteArrayOutputStream pings = new ByteArrayOutputStream();
		while (pings.size() < MEGABYTE) {
			pings.writeBytes(RawWebSocketClient.frame(0x89, new byte[125]));
		}
		return pings.toByteArray();
	}

	@Test
	void aStateThatWaitsIsNotTriedAgainAndAgain() {
		start(4096);
		try (RawClient deaf = RawClient.tcpWithSmallBuffer(this.server.port()).handshake()) {
			Session session = session();
			pushUntilItWaits(session);
			await().during(Duration.ofMillis(300)).until(() -> this.keys.getAndSet(0) <= 1);
			session.push("onPosition", new Position("ann", "last"));
			while (!deaf.readPush("onPosition").contains("last")) {
				// What was pushed before.
			}
		}
	}

	@Test
	void statesWithoutWordsDoNotPileUpEither() {
		start(64 * 1024);
		try (RawClient deaf = RawClient.tcpWithSmallBuffer(this.server.port())) {
			deaf.handshake();
			Session session = session();
			pushUntilItWaits(session);
			for (int i = 0; i < 50_000 && session.isOpen(); i++) {
				session.push("onGone", new byte[0]);
			}
			await().until(() -> !session.isOpen());
			assertThat(session.closeReason().code()).isEqualTo("slow-consumer");
		}
	}

	private void start(int highWaterMark) {
		PushSettings pushes = new PushSettings(Duration.ZERO,
				Map.of("onPosition", PushPolicy.COALESCE, "onGone", PushPolicy.COALESCE), (route, value) -> {
					int key = this.keys.incrementAndGet();
					return (value instanceof Position position) ? position.who : key;
				});
		this.server.settings(TestServer.settings((it) -> it.highWaterMark(highWaterMark)))
			.with((builder) -> builder.pushes(pushes))
			.start();
	}

	private Session session() {
		await().until(() -> this.server.sessions.count() == 1);
		return this.server.sessions.all().iterator().next();
	}

	/** One after the other, so that nothing waits anywhere but for the client. */
	private void pushUntilItWaits(Session session) {
		Traffic traffic = this.server.server().traffic();
		String padding = "x".repeat(2000);
		while (this.keys.get() == 0) {
			long sent = traffic.sent(MessageType.PUSH);
			session.push("onPosition", new Position("ann", padding));
			await().pollInterval(Duration.ofMillis(1))
				.until(() -> traffic.sent(MessageType.PUSH) > sent || this.keys.get() > 0);
		}
	}

	/**
	 * Where somebody is.
	 *
	 * @param who whose position
	 * @param padding makes it long
	 */
	record Position(String who, String padding) {
	}

}
