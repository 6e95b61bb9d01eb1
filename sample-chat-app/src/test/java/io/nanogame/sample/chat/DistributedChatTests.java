package io.nanogame.sample.chat;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat on two gates and two chat nodes.
 */
class DistributedChatTests {

	private static ChatCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new ChatCluster(List.of());
		cluster.awaitStarted();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void aBrowserOnOneGateAndAPomeloClientOnTheOtherAreInOneRoom() {
		try (Browser ann = new Browser().open(cluster.gates.get(0).page()).join("Ann", "lobby");
				WildVisitor bob = new WildVisitor("pomelo-nodejsclient-websocket", cluster.gates.get(1).gamePort(),
						"Bob", "lobby")) {
			ann.awaitText("messages", "Bob has joined");
			assertThat(ann.members()).containsExactlyInAnyOrder("Ann", "Bob");
			bob.awaitJoined();
			ann.send("Hello from a browser");
			bob.awaitReceived("Ann: Hello from a browser");
			bob.send("Hello from the wild");
			ann.awaitText("messages", "Hello from the wild");
			bob.leave();
			ann.awaitText("messages", "Bob has left");
		}
	}

	@Test
	void roomsAreNotifiedOfALeaveAlsoAfterTheirChatNodesRestart() throws Exception {
		try (Browser ann = new Browser().open(cluster.gates.get(0).page()).join("Ann", "tea");
				WildVisitor bob = new WildVisitor("pomelo-nodejsclient-websocket", cluster.gates.get(1).gamePort(),
						"Bob", "tea")) {
			ann.awaitText("messages", "Bob has joined");
			for (ChatNode node : cluster.chats) {
				node.kill();
				node.restart();
			}
			// Messages before the failure is detected are sent to the killed node.
			Awaitility.await().until(() -> {
				bob.send("hello again");
				return ann.authors().contains("Bob");
			});
			bob.leave();
			ann.awaitText("messages", "Bob has left");
		}
	}

	@Test
	void thePageNoticesNothingOfARollingRestartOfTheGates() throws Exception {
		List<String> typed = new ArrayList<>();
		try (LoadBalancer pages = new LoadBalancer(cluster.gates.stream().map(ChatNode::pagePort).toList());
				Browser ann = new Browser().open("http://127.0.0.1:%d/".formatted(pages.port())).join("Ann", "quiet")) {
			for (ChatNode gate : cluster.gates) {
				Thread stop = new Thread(gate::stop);
				stop.start();
				for (int i = 0; i < 5 || stop.isAlive(); i++) {
					String text = "%s %d".formatted(gate.name(), i);
					typed.add(text);
					ann.send(text);
					ann.awaitText("messages", text);
				}
				stop.join();
				gate.restart();
			}
			assertThat(ann.messages()).filteredOn(typed::contains).isEqualTo(typed);
			assertThat(ann.text("messages")).doesNotContain("Ann has left");
			assertThat(ann.members()).containsExactly("Ann");
		}
	}

}
