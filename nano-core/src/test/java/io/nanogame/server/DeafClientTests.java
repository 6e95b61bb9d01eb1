package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.transport.Traffic;
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

}
