package io.nanogame.sample.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat on two gates and two chat nodes. The properties {@code restart.clients} and
 * {@code restart.rate}, in messages per second, scale the rolling restart.
 */
class DistributedChatTests {

	private static final int CLIENTS = 40;

	private static final int RATE = 400;

	private static ChatCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new ChatCluster();
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
	void requestsToAKilledChatNodeFailAndLaterOnesSucceed() throws Exception {
		ChatNode victim = cluster.chats.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), CLIENTS, RATE)) {
			crowd.talk();
			crowd.awaitConfirmed(10);
			victim.kill();
			crowd.awaitConfirmed(20);
			Losses losses = crowd.finish();
			report("kill -9 of a chat node", losses);
			assertThat(losses.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408");
			assertThat(losses.missed()).isZero();
			assertThat(losses.twice()).isZero();
			assertThat(losses.absences()).isEmpty();
		}
		victim.restart();
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
	void clientsOfAKilledGateContinueAtTheOther() throws Exception {
		ChatNode victim = cluster.gates.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), CLIENTS, RATE)) {
			crowd.talk();
			crowd.awaitConfirmed(10);
			victim.kill();
			crowd.awaitConfirmed(20);
			Losses losses = crowd.finish();
			report("kill -9 of a gate", losses);
			assertThat(losses.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408", Chatter.LOST,
					Chatter.DISCONNECTED);
			assertThat(losses.twice()).isZero();
			assertThat(losses.absences()).hasSizeBetween(1, CLIENTS);
		}
		victim.restart();
	}

	@Test
	void clientsNoticeNothingOfARollingRestartOfTheGates() throws Exception {
		int clients = Integer.getInteger("restart.clients", CLIENTS);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), clients, Integer.getInteger("restart.rate", RATE))) {
			crowd.talk();
			crowd.awaitConfirmed(5);
			for (ChatNode gate : cluster.gates) {
				gate.stop();
				gate.restart();
				crowd.awaitConfirmed(5);
			}
			Losses losses = crowd.finish();
			report("rolling restart of the gates", losses);
			assertThat(losses.outcomes()).containsOnlyKeys(Chatter.OK);
			assertThat(losses.missed()).isZero();
			assertThat(losses.twice()).isZero();
			assertThat(losses.absences()).isEmpty();
			assertThat(crowd.resumes()).isGreaterThanOrEqualTo(clients);
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

	@Test
	void clientsReconnectDuringARollingRestart() throws Exception {
		int clients = Integer.getInteger("restart.clients", CLIENTS);
		int rate = Integer.getInteger("restart.rate", RATE);
		List<ChatNode> nodes = List.of(cluster.gates.get(0), cluster.chats.get(0), cluster.gates.get(1),
				cluster.chats.get(1));
		try (Crowd crowd = new Crowd(cluster.balancer.port(), clients, rate)) {
			crowd.talk();
			crowd.awaitConfirmed(5);
			// Two nodes in the short form, one of each kind.
			for (ChatNode node : nodes.subList(0, (clients > CLIENTS) ? 4 : 2)) {
				node.stop();
				node.restart();
				crowd.awaitConfirmed(5);
			}
			Losses losses = crowd.finish();
			report("rolling restart", losses);
			assertThat(losses.outcomes().keySet())
				.isSubsetOf(Set.of(Chatter.OK, "503", Chatter.LOST, Chatter.DISCONNECTED));
			assertThat(losses.twice()).isZero();
		}
	}

	private static void report(String what, Losses losses) {
		System.out.println("chat: " + what + ", " + losses);
	}

}
