package io.nanogame.game;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Players on sockets that are not resumable, and whose sessions their logins continue.
 */
@SpringBootTest(properties = { "nano.server.port=0", "nano.session.login=continue" })
@AutoConfigureNanoTestClient(timeout = "10s")
class ContinuedLoginsOnSocketsTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private Sessions sessions;

	private Session login(NanoTestClient client, String uid) {
		TestPlayer player = client.connect();
		player.request("post.login", uid).expectResponse();
		return this.sessions.findByUid(uid).iterator().next();
	}

	@Test
	void aPlayerOnTcpLeavesItsSessionToTheNextLogin() {
		Session session = login(this.players, "ann");
		this.players.closeAll();
		await().until(() -> !session.isConnected());
		assertThat(session.isOpen()).isTrue();
		login(this.players, "ann");
		// The client moves after the response.
		await().until(session::isConnected);
		await().until(() -> this.sessions.count() == 1);
		session.close();
	}

	@Test
	void aPlayerOnAWebSocketEndsItsSession() {
		Session session = login(this.players.webSocket(), "bob");
		this.players.closeAll();
		await().until(() -> !session.isOpen());
	}

	@Test
	void aResumablePlayerEndsItsSession() {
		Session session = login(this.players.resumable(), "cid");
		this.players.closeAll();
		await().until(() -> !session.isOpen());
	}

}
