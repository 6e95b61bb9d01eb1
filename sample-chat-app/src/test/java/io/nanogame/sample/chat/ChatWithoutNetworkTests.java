package io.nanogame.sample.chat;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the chat page shows a lost network and resumes its session.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "nano.server.port=0", "nano.heartbeat=1s" })
class ChatWithoutNetworkTests {

	@Value("${local.server.port}")
	private int port;

	@Test
	void theUserOfAPageWithoutNetworkStaysInTheRoomAndMissesNothing() throws Exception {
		try (Network network = new Network(this.port); Browser ann = new Browser(); Browser bob = new Browser()) {
			ann.open("http://127.0.0.1:" + network.port() + "/?maxReconnectDelay=500").join("Ann", "lobby");
			bob.open("http://127.0.0.1:" + this.port).join("Bob", "lobby");
			ann.send("Can you hear me?");
			bob.awaitText("messages", "Can you hear me?");

			network.lose();
			ann.awaitState("reconnecting");
			assertThat(ann.text("state")).startsWith("Reconnecting");
			bob.send("I can.");
			ann.send("My network is slow.");
			int before = network.refused();
			await().until(() -> network.refused() > before + 3);
			assertThat(bob.members()).containsExactlyInAnyOrder("Ann", "Bob");

			network.restore();
			ann.awaitState("connected");
			ann.awaitText("messages", "My network is slow.");
			bob.awaitText("messages", "My network is slow.");
			assertThat(ann.messages()).containsExactly("You joined lobby as Ann", "Bob has joined", "Can you hear me?",
					"I can.", "My network is slow.");
			assertThat(bob.messages()).containsExactly("You joined lobby as Bob", "Can you hear me?", "I can.",
					"My network is slow.");
		}
	}

	@Test
	void anOfflineBrowserReconnectsWhenItIsOnline() throws Exception {
		try (Network network = new Network(this.port); Browser ann = new Browser()) {
			String late = "reconnectDelay=1000000000&maxReconnectDelay=1000000000";
			ann.open("http://127.0.0.1:" + network.port() + "/?" + late).join("Ann", "lobby");
			ann.offline(true);
			network.lose();
			ann.awaitText("state", "No network, trying again in "); // the first attempt, which is immediate, has failed
			network.restore();
			ann.offline(false);
			ann.awaitState("connected");
			ann.send("Here I am again.");
			ann.awaitText("messages", "Here I am again.");
			assertThat(ann.messages()).containsExactly("You joined lobby as Ann", "Here I am again.");
		}
	}

}
