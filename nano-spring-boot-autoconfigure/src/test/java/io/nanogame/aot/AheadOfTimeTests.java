package io.nanogame.aot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import io.nanogame.test.AotApp;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An app with all features, processed ahead of time.
 */
class AheadOfTimeTests {

	private static final String KEY = "0123456789abcdef0123456789abcdef";

	@Test
	void anAppWithAllFeaturesIsProcessedAheadOfTimeAndServes(@TempDir Path directory) throws Exception {
		try (NatsServer nats = new NatsServer();
				AotApp app = new AotApp(EverythingApp.class.getName(), directory, "--server.port=0",
						"--server.address=127.0.0.1", "--nano.server.port=0", "--nano.server.address=127.0.0.1",
						"--spring.docker.compose.enabled=false", "--nano.web.path=/game",
						"--nano.push-api.enabled=true", "--nano.push-api.keys=" + KEY, "--nano.cluster.enabled=true",
						"--nano.cluster.servers=" + nats.url(), "--nano.room.client-access=true")) {
			app.awaitLine("Starting AOT-processed EverythingApp");
			try (RawClient player = RawClient.tcp(app.gamePort());
					RawClient browser = RawClient.webSocket(app.webPort(), "/game")) {
				player.handshake("{\"user\":{\"token\":\"ann\"}}");
				assertAnswers(player);
				assertRoom(player);
				browser.handshake();
				assertMatch(player, browser);
				assertThat(browser.request(1, "game.length", "\"abc\"").readResponse(1)).isEqualTo("3");
				assertThat(push(app.webPort()).body()).contains("gateways");
				assertThat(player.readPush("onNews")).isEqualTo("{\"n\":1}");
			}
		}
	}

	private static void assertAnswers(RawClient player) {
		assertThat(player.request(1, "game.greet", "{\"name\":\"ann\"}").readResponse(1)).isEqualTo("\"Hello ann\"");
		assertThat(player.request(2, "game.greet", "{\"name\":\"\"}").readResponse(2))
			.contains("name must not be blank");
		assertThat(player.request(3, "game.length", "\"\"").readResponse(3)).contains("400");
		assertThat(player.request(4, "game.shapes", "").readResponse(4))
			.isEqualTo("[{\"kind\":\"circle\",\"radius\":1}]");
		assertThat(player.request(5, "game.best", "").readResponse(5)).isEqualTo("[\"ann\"]");
		assertThat(player.request(6, "game.victories", "\"ann\"").readResponse(6)).isEqualTo("3");
		assertThat(player.request(7, "game.counted", "").readResponse(7)).isEqualTo("true");
		assertThat(player.request(8, "game.who", "").readResponse(8)).isEqualTo("\"ann\"");
		assertThat(player.request(9, "game.secret", "").readResponse(9)).contains("403");
	}

	private static void assertRoom(RawClient player) {
		assertThat(player.request(1, "rooms.joinOrCreate", "{\"kind\":\"table\"}").readResponse(1))
			.contains("\"seats\":2");
		assertThat(player.request(2, "table.join", "{\"name\":\"\"}").readResponse(2)).contains("400");
		player.request(3, "rooms.joinOrCreate", "{\"kind\":\"table\"}").readResponse(3);
		assertThat(player.request(4, "table.join", "{\"name\":\"ann\"}").readResponse(4)).isEqualTo("3");
		assertThat(player.readPush("room.state")).contains("\"ticks\":");
		assertThat(player.request(5, "table.cheat", "").readResponse(5)).contains("403");
	}

	private static void assertMatch(RawClient player, RawClient browser) {
		player.request(6, "table.leave", "").readResponse(6);
		browser.request(2, "game.greet", "{\"name\":\"bob\"}").readResponse(2);
		player.request(7, "game.pair", "7").readResponse(7);
		browser.request(3, "game.pair", "7").readResponse(3);
		assertThat(player.readPush("match.found")).contains("\"ann\"", "\"bob\"");
	}

	private static HttpResponse<String> push(int port) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/nano/push/user"))
			.header("Authorization", "Bearer " + KEY)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"uid\":\"ann\",\"route\":\"onNews\",\"body\":{\"n\":1}}"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
