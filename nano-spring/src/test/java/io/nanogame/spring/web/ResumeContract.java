package io.nanogame.spring.web;

import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions of clients on a web app's port outlive their connections.
 */
public interface ResumeContract {

	/**
	 * Starts a web server.
	 * @param game the game at {@code /nano}; closed with the web server
	 * @return a running server
	 */
	WebServer serve(WebGame game);

	private static Session onlySession(WebServer web) {
		await().until(() -> web.game().sessions.count() == 1);
		return web.game().sessions.all().iterator().next();
	}

	private static void cut(RawResumingClient client, Session session) {
		client.cut();
		await().until(() -> !session.isConnected());
	}

	@Test
	default void aSessionContinuesOnTheSamePort() {
		try (WebServer web = serve(new WebGame());
				RawResumingClient client = new RawResumingClient(web.client()).open()) {
			Session session = onlySession(web);
			session.push("onPush", 1);
			assertThat(client.read()).isEqualTo("1");
			cut(client, session);
			session.push("onPush", 2);
			client.lose(RawClient.packet(4, RawClient.message(0, 1, "test.echo", new byte[] { '3' })));
			client.resume(web.client());
			assertThat(client.read()).isEqualTo("2");
			assertThat(client.read()).isEqualTo("3");
			cut(client, session);
			client.resume(web.client()).request(2, "test.fastEcho", "4");
			assertThat(client.read()).isEqualTo("4");
			assertThat(session.isConnected()).isTrue();
		}
	}

	@Test
	default void aSessionMovesToTheGamePortAndBack() {
		try (WebServer web = serve(new WebGame());
				RawResumingClient client = new RawResumingClient(web.client()).open()) {
			Session session = onlySession(web);
			String transport = session.transport();
			client.resume(RawClient.tcp(web.game().server.port())).request(1, "test.echo", "1");
			assertThat(client.read()).isEqualTo("1");
			assertThat(session.transport()).isEqualTo("tcp");
			session.push("onPush", 2);
			assertThat(client.read()).isEqualTo("2");
			client.resume(web.client()).request(2, "test.echo", "3");
			assertThat(client.read()).isEqualTo("3");
			assertThat(session.transport()).isEqualTo(transport);
			assertThat(web.game().sessions.count()).isOne();
		}
	}

	@Test
	default void aWebSocketThatIsClosedNormallyEndsItsSession() {
		try (WebServer web = serve(new WebGame());
				RawResumingClient client = new RawResumingClient(web.client()).open()) {
			Session session = onlySession(web);
			((RawWebSocketClient) client.connection()).sendFrame(0x88, new byte[] { 3, (byte) 0xE8 });
			await().until(() -> !session.isOpen());
		}
	}

	@Test
	default void aPageThatGoesAwayIsCut() {
		try (WebServer web = serve(new WebGame());
				RawResumingClient client = new RawResumingClient(web.client()).open()) {
			Session session = onlySession(web);
			((RawWebSocketClient) client.connection()).sendFrame(0x88, new byte[] { 3, (byte) 0xE9 });
			await().until(() -> !session.isConnected());
			assertThat(session.isOpen()).isTrue();
			client.resume(web.client());
		}
	}

	@Test
	default void aKickReachesAClientThatHasResumed() {
		try (WebServer web = serve(new WebGame());
				RawResumingClient client = new RawResumingClient(web.client()).open()) {
			Session session = onlySession(web);
			client.resume(web.client()).request(1, "test.echo", "1");
			assertThat(client.read()).isEqualTo("1");
			session.kick("enough");
			assertThat(client.connection().readEnd()).contains("enough");
		}
	}

}
