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
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that never reads costs no more memory than the high-water mark, and no time.
 */
class NonReadingClientTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final AtomicInteger keys = new AtomicInteger();

	private final MemoryServer server = new MemoryServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void pongsDoNotAccumulate() throws Exception {
		try (TestServer onSockets = new TestServer().start()) {
			pongsDoNotAccumulate(onSockets);
			onSockets.serves();
		}
	}

	private static void pongsDoNotAccumulate(TestServer onSockets) throws Exception {
		int total = 40 * MEGABYTE;
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress("127.0.0.1", onSockets.port()));
			RawClient client = RawClient.webSocket(socket, "/nano").handshake();
			byte[] pings = pings();
			for (int sent = 0; sent < total; sent += pings.length) {
				client.sendBytes(pings);
			}
			Traffic traffic = onSockets.server().traffic();
			await().until(() -> traffic.bytesReceived() >= total);
			assertThat(traffic.bytesSent()).isLessThan(total / 2);
		}
	}

	private static byte[] pings() {
		ByteArrayOutputStream pings = new ByteArrayOutputStream();
		while (pings.size() < MEGABYTE) {
			pings.writeBytes(RawWebSocketClient.frame(0x89, new byte[125]));
		}
		return pings.toByteArray();
	}

	@Test
	void aPendingStateIsNotRetriedRepeatedly() {
		start(4096);
		MemoryLink link = this.server.link();
		try (RawClient deaf = RawClient.on(link).handshake()) {
			Session session = session();
			link.stopReading();
			pushUntilItWaits(session);
			this.keys.set(0);
			this.server.advance(Duration.ofSeconds(10));
			assertThat(this.keys.get()).isLessThanOrEqualTo(1);
			session.push("onPosition", new Position("ann", "last"));
			link.resumeReading();
			while (!deaf.readPush("onPosition").contains("last")) {
				// What was pushed before.
			}
		}
	}

	@Test
	void emptyStatesDoNotAccumulate() {
		start(64 * 1024);
		MemoryLink link = this.server.link();
		try (RawClient deaf = RawClient.on(link)) {
			deaf.handshake();
			Session session = session();
			link.stopReading();
			pushUntilItWaits(session);
			int pushes = 0;
			while (session.isOpen()) {
				assertThat(pushes++).isLessThan(50_000);
				session.push("onGone", new byte[0]);
			}
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
		this.server.settle();
		return this.server.sessions.all().iterator().next();
	}

	/** Sends them one at a time, so that they only wait for the client. */
	private void pushUntilItWaits(Session session) {
		String padding = "x".repeat(2000);
		while (this.keys.get() == 0) {
			session.push("onPosition", new Position("ann", padding));
			this.server.settle();
		}
	}

	/**
	 * A position.
	 *
	 * @param who the player
	 * @param padding extends the message
	 */
	record Position(String who, String padding) {
	}

}
