package io.nanogame.docs;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the components and the configuration of the guide with clients of netman's
 * packets and WebSockets.
 */
@SpringBootTest(classes = RunningGuides.App.class, webEnvironment = WebEnvironment.NONE,
		properties = { "spring.config.location=file:src/test/java/io/nanogame/docs/ComingFromNetmanGuide.yml",
				"nano.listeners.netman.port=0", "nano.listeners.netman.allow-unauthenticated=true",
				"nano.listeners.netman.address=127.0.0.1", "nano.listeners.sockets.port=0",
				"nano.listeners.sockets.address=127.0.0.1" })
@ExtendWith(OutputCaptureExtension.class)
class ComingFromNetmanGuideTests {

	@Value("${local.nano.listeners.netman.port}")
	private int packets;

	@Value("${local.nano.listeners.sockets.port}")
	private int sockets;

	private RawLengthIdClient client() {
		return RawLengthIdClient.of(RawClient.tcp(this.packets));
	}

	@Test
	void packetsReachTheHandlersOfTheirIds(CapturedOutput output) {
		try (RawLengthIdClient client = client()) {
			assertThat(client.send(0, "hello").read()).hasToString("0 hello");
			assertThat(client.send(1, "hey").read()).hasToString("10 hey");
			assertThat(client.send(3, "lift-off").read()).hasToString("3 lift-off");
			assertThat(output).contains(" opened").contains(" ns");
			client.send(2, "");
			assertThat(client.wire().readEnd()).isEqualTo("end");
		}
		await().until(() -> output.toString().contains("closed by the server"));
	}

	@Test
	void clientsOfBothKindsAreTogether() {
		try (RawWebSocketClient page = (RawWebSocketClient) RawClient.webSocket(this.sockets, "/any?token=xxx");
				RawLengthIdClient client = client()) {
			// Sent by the guide of sessions.
			assertThat(page.readTextMessage()).startsWith("Welcome");
			page.sendFrame(0x81, "text".getBytes());
			assertThat(page.readTextMessage()).isEqualTo("text");
			client.send(1, "hey");
			assertThat(page.readBinaryMessage()).asString().isEqualTo("hey");
		}
	}

}
