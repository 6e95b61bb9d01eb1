package io.nanogame.spring.web;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawResumingJsonClient;
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
	default void aSessionContinuesAlsoOnTheGamePort() throws IOException {
		try (WebServer web = serve(new WebGame());
				RawResumingJsonClient client = new RawResumingJsonClient(client(web)).open()) {
			await().until(() -> web.game().sessions.count() == 1);
			Session session = web.game().sessions.all().iterator().next();
			web.game().lobby.add(session);
			client.cut();
			await().until(() -> !session.isConnected());
			session.push("onPush", 1);
			web.game().lobby.broadcast("onNews", 2);
			client.lose("{\"route\":\"test.fastEcho\",\"id\":1,\"body\":3}");
			client.resume(client(web));
			assertThat(client.read()).isEqualTo("{\"route\":\"onPush\",\"body\":1}");
			assertThat(client.read()).isEqualTo("{\"route\":\"onNews\",\"body\":2}");
			assertThat(client.read()).isEqualTo("{\"id\":1,\"body\":3}");
			web.game().lobby.broadcast("onNews", 4);
			client.resume(RawJsonClient.tcp(new Socket("127.0.0.1", web.game().server.port())));
			assertThat(client.read()).isEqualTo("{\"route\":\"onNews\",\"body\":4}");
			client.resume(client(web)).leave();
			await().until(() -> !session.isOpen());
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
