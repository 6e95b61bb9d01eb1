package io.nanogame.spring.web;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What pages without a library expect of the web app's port.
 */
public interface JsonWebSocketContract {

	WebServer serve(WebGame game);

	private static RawJsonClient client(WebServer web) throws IOException {
		return RawJsonClient.webSocket(new Socket("127.0.0.1", web.port()), "/nano");
	}

	@Test
	default void textMessagesAreAnsweredByTextMessages() throws IOException {
		String body = "\"" + "\u20ac\ud83d\ude00".repeat(5000) + "\"";
		try (WebServer web = serve(new WebGame()); RawJsonClient client = client(web)) {
			client.send("{\"route\":\"test.echo\",\"id\":1,\"body\":1}");
			assertThat(client.read()).isEqualTo("{\"id\":1,\"body\":1}");
			client.send("{\"route\":\"test.echo\",\"id\":2,\"body\":" + body + "}");
			assertThat(JsonMapper.shared().readTree(client.read()).get("body").toString()).isEqualTo(body);
			client.send("{\"route\":\"test.kick\",\"body\":\"out\"}");
			assertThat(client.read()).isEqualTo("{\"kick\":{\"reason\":\"\\\"out\\\"\"}}");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
	}

	@Test
	default void bothProtocolsShareAGroup() throws IOException {
		try (WebServer web = serve(new WebGame());
				RawJsonClient json = client(web);
				RawClient pomelo = web.client().handshake()) {
			json.send("{\"route\":\"test.join\",\"id\":1}");
			json.read();
			pomelo.request(1, "test.join", "").readResponse(1);
			web.game().lobby.broadcast("onNews", 7);
			assertThat(json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":7}");
			assertThat(pomelo.readPush("onNews")).isEqualTo("7");
		}
	}

	@Test
	default void aPageThatDoesNotAnswerPingsHasToGo() throws IOException {
		try (WebServer web = serve(WebGame.withHeartbeat(Duration.ofSeconds(1))); RawJsonClient client = client(web)) {
			client.send("{\"route\":\"test.echo\",\"id\":1,\"body\":1}").read();
			assertThat(client.read()).isEqualTo("{\"kick\":{\"reason\":\"no heartbeat\",\"reconnect\":true}}");
			assertThat(client.pings()).isOne();
			await().until(() -> web.game().sessions.count() == 0);
		}
	}

}
