package io.nanogame.sample.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import io.nanogame.test.AotApp;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the chat with code generated ahead of time.
 */
class AheadOfTimeTests {

	@Test
	void theProcessedChatServesPlayersAndItsPage(@TempDir Path directory) throws Exception {
		try (AotApp chat = new AotApp(ChatApplication.class.getName(), directory, "--server.port=0",
				"--server.address=127.0.0.1", "--nano.server.port=0", "--nano.server.address=127.0.0.1")) {
			chat.awaitLine("Starting AOT-processed ChatApplication");
			try (RawClient ann = RawClient.tcp(chat.gamePort());
					RawClient bob = RawClient.webSocket(chat.webPort(), "/nano")) {
				ann.handshake().request(1, "room.join", "{\"name\":\"Ann\",\"room\":\"tea\"}");
				assertThat(ann.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
				assertThat(bob.handshake()
					.request(1, "room.join", "{\"name\":\"Bob\",\"room\":\"tea\"}")
					.readPush("onMembers")).isEqualTo("{\"members\":[\"Ann\"]}");
				assertThat(bob.readResponse(1)).isEqualTo("{\"code\":0,\"result\":\"success\"}");
				assertThat(bob.request(2, "room.message", "{\"content\":\"\"}").readResponse(2))
					.contains("content must not be blank");
			}
			assertThat(get(chat.webPort(), "/")).contains("<html");
			assertThat(get(chat.webPort(), "/actuator/nano")).contains("room.join");
		}
	}

	private static String get(int port, String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					BodyHandlers.ofString())
			.body();
	}

}
