package io.nanogame.spring.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.session.CloseReason;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The contract of raw WebSockets on the web app's port.
 */
public interface RawWebSocketContract {

	WebServer serveRaw(WebGame game);

	private static RawWebSocketClient client(WebServer web) {
		return (RawWebSocketClient) RawClient.webSocket(web.port(), "/nano");
	}

	private static void receives(RawWebSocketClient client, int first, byte[] payload) {
		if (first == 0x81) {
			assertThat(bytes(client.readTextMessage())).isEqualTo(payload);
			return;
		}
		Frame frame = client.receiveFrame();
		assertThat(frame.first()).isEqualTo(first);
		assertThat(frame.payload()).isEqualTo(payload);
	}

	private static void closes(RawWebSocketClient client, int code) {
		Frame frame = client.receiveFrame();
		assertThat(frame.first()).isEqualTo(0x88);
		assertThat(ByteBuffer.wrap(frame.payload()).getShort()).isEqualTo((short) code);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	default void messagesKeepTheirBoundsAndTypes() {
		byte[] large = bytes("\u20ac".repeat(20_000));
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			client.sendFrame(0x81, bytes("hello"));
			client.sendFrame(0x82, new byte[] { 0, -1 });
			client.sendFrame(0x81, bytes(""));
			client.sendFrame(0x81, large);
			client.sendFrame(0x01, bytes("frag"));
			client.sendFrame(0x80, bytes("ment"));
			receives(client, 0x81, bytes("hello"));
			receives(client, 0x82, new byte[] { 0, -1 });
			receives(client, 0x81, bytes(""));
			receives(client, 0x81, large);
			receives(client, 0x81, bytes("fragment"));
		}
	}

	@Test
	default void pushesAndBroadcastsAreMessagesWithoutRoute() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			web.game().sessions.all().forEach((session) -> {
				session.push("any", "text");
				session.push("any", new byte[] { 1 });
				session.push("any", List.of(1));
				web.game().lobby.add(session);
			});
			receives(client, 0x81, bytes("text"));
			receives(client, 0x82, new byte[] { 1 });
			receives(client, 0x81, bytes("[1]"));
			web.game().lobby.broadcast("any", "to all");
			receives(client, 0x81, bytes("to all"));
		}
	}

	@Test
	default void theGameAndErrorsCloseWithACode() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient closed = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			web.game().sessions.all().forEach((session) -> session.close(CloseReason.webSocket(4001, "bye")));
			closes(closed, 4001);
			try (RawWebSocketClient failed = client(web)) {
				failed.sendFrame(0x81, bytes("fail"));
				closes(failed, 1011);
			}
			try (RawWebSocketClient invalid = client(web)) {
				invalid.sendFrame(0x81, new byte[] { (byte) 0xFF });
				closes(invalid, 1007);
			}
			try (RawWebSocketClient large = client(web)) {
				large.sendFrame(0x82, new byte[64 * 1024 + 1]);
				closes(large, 1009);
				assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(large::receiveFrame);
			}
		}
	}

}
