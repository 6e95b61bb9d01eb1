package io.nanogame.sample.chat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.nanogame.lane.Lanes;
import io.nanogame.session.Sessions;
import io.nanogame.test.CuttableNetwork;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
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

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(6);

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private Lanes lanes;

	@Autowired
	private Sessions sessions;

	@Test
	void theUserOfAPageWithoutNetworkStaysInTheRoomAndMissesNothing() throws Exception {
		try (CuttableNetwork network = new CuttableNetwork(this.port);
				Browser ann = new Browser();
				Browser bob = new Browser()) {
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
	void aUserWhoseJoinHasTimedOutWithoutNetworkIsInTheRoomAfterwards() throws Exception {
		try (CuttableNetwork network = new CuttableNetwork(this.port);
				Browser ann = new Browser();
				Browser bob = new Browser()) {
			bob.open("http://127.0.0.1:" + this.port).join("Bob", "kitchen");
			ann.open("http://127.0.0.1:" + network.port() + "/?maxReconnectDelay=500&requestTimeout="
					+ REQUEST_TIMEOUT.toMillis());
			ann.type("name", "Ann");
			ann.type("room", "kitchen");
			CountDownLatch joinsGoOn = blockJoins();
			try {
				ann.click("join");
				await().until(() -> this.sessions.all().stream().anyMatch((session) -> session.uid() == null));
				network.cut();
				ann.awaitState("reconnecting");
			}
			finally {
				joinsGoOn.countDown();
			}
			ann.awaitTimer(REQUEST_TIMEOUT);
			assertThat(ann.text("state")).startsWith("Reconnecting");

			network.restore();
			ann.awaitState("connected");
			ann.send("Here I am.");
			bob.awaitText("messages", "Here I am.");
			assertThat(ann.members()).containsExactlyInAnyOrder("Ann", "Bob");
			assertThat(ann.messages()).startsWith("You joined kitchen as Ann");
			assertThat(bob.messages()).containsExactly("You joined kitchen as Bob", "Ann has joined", "Here I am.");
		}
	}

	/** The server handles no more joins until the latch is released. */
	private CountDownLatch blockJoins() {
		CountDownLatch goesOn = new CountDownLatch(1);
		this.lanes.named(RoomComponent.LANE).execute(() -> {
			try {
				goesOn.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return goesOn;
	}

	@Test
	void anOfflineBrowserReconnectsWhenItIsOnline() throws Exception {
		try (CuttableNetwork network = new CuttableNetwork(this.port); Browser ann = new Browser()) {
			String late = "reconnectDelay=1000000000&maxReconnectDelay=1000000000";
			ann.open("http://127.0.0.1:" + network.port() + "/?" + late).join("Ann", "garden");
			ann.offline(true);
			network.lose();
			ann.awaitText("state", "No network, trying again in "); // the first attempt,
																	// which is immediate,
																	// has failed
			network.restore();
			ann.offline(false);
			ann.awaitState("connected");
			ann.send("Here I am again.");
			ann.awaitText("messages", "Here I am again.");
			assertThat(ann.messages()).containsExactly("You joined garden as Ann", "Here I am again.");
		}
	}

}
