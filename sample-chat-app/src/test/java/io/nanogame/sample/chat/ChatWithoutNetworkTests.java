package io.nanogame.sample.chat;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the chat page shows a lost network and reconnects.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "nano.server.port=0", "nano.heartbeat=1s" })
class ChatWithoutNetworkTests {

	@Value("${local.server.port}")
	private int port;

	@Test
	void thePageShowsALostConnectionAndRejoinsTheRoom() throws Exception {
		try (Network network = new Network(this.port); Browser ann = new Browser(); Browser bob = new Browser()) {
			ann.open("http://127.0.0.1:" + network.port() + "/?maxReconnectDelay=500").join("Ann", "lobby");
			bob.open("http://127.0.0.1:" + this.port).join("Bob", "lobby");
			ann.send("Can you hear me?");
			bob.awaitText("messages", "Can you hear me?");

			network.lose();
			ann.awaitState("reconnecting");
			assertThat(ann.text("state")).startsWith("Connection lost");
			bob.awaitText("messages", "Ann has left");
			assertThat(bob.members()).containsExactly("Bob");
			bob.send("Nobody is here.");
			int before = network.refused();
			await().until(() -> network.refused() > before + 3);

			network.restore();
			ann.awaitState("connected");
			ann.awaitText("messages", "Connected again: you are back in lobby");
			bob.await("Ann is back", (page) -> page.members().contains("Ann"));
			assertThat(ann.members()).containsExactlyInAnyOrder("Ann", "Bob");
			ann.send("Here I am again.");
			bob.send("Welcome back.");
			ann.awaitText("messages", "Welcome back.");
			bob.awaitText("messages", "Here I am again.");
			assertThat(ann.messages()).doesNotContain("Nobody is here.").containsOnlyOnce("Welcome back.");
			assertThat(bob.messages()).containsOnlyOnce("Here I am again.");
		}
	}

	@Test
	void anOfflineBrowserReconnectsWhenItIsOnline() throws Exception {
		try (Network network = new Network(this.port); Browser ann = new Browser()) {
			String late = "reconnectDelay=1000000000&maxReconnectDelay=1000000000";
			ann.open("http://127.0.0.1:" + network.port() + "/?" + late).join("Ann", "lobby");
			ann.offline(true);
			network.lose();
			ann.awaitText("state", "No network");
			network.restore();
			ann.offline(false);
			ann.awaitText("messages", "Connected again: you are back in lobby");
		}
	}

}
