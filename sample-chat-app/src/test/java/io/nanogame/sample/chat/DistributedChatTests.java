package io.nanogame.sample.chat;

import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat on two gates and two chat nodes. The properties {@code restart.clients} and
 * {@code restart.rate}, in messages a second, make more of the rolling restart.
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
			ann.say("Hello from a browser");
			bob.awaitHeard("Ann: Hello from a browser");
			bob.say("Hello from the wild");
			ann.awaitText("messages", "Hello from the wild");
			bob.leave();
			ann.awaitText("messages", "Bob has left");
		}
	}

	@Test
	void requestsOfAChatNodeThatIsKilledAreAnsweredAndLaterOnesWork() throws Exception {
		ChatNode victim = cluster.chats.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), CLIENTS, RATE)) {
			crowd.talk();
			crowd.awaitAnswers(10);
			victim.kill();
			crowd.awaitAnswers(20);
			Toll toll = crowd.finish();
			report("kill -9 of a chat node", toll);
			assertThat(toll.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408");
			assertThat(toll.missed()).isZero();
			assertThat(toll.twice()).isZero();
			assertThat(toll.absences()).isEmpty();
		}
		victim.startAgain();
	}

	@Test
	void thatSomebodyHasLeftIsToldAlsoWhenTheirChatNodeIsGone() throws Exception {
		try (Browser ann = new Browser().open(cluster.gates.get(0).page()).join("Ann", "tea");
				WildVisitor bob = new WildVisitor("pomelo-nodejsclient-websocket", cluster.gates.get(1).gamePort(),
						"Bob", "tea")) {
			ann.awaitText("messages", "Bob has joined");
			for (ChatNode node : cluster.chats) {
				node.kill();
				node.startAgain();
			}
			// What is said before the death is noticed goes to the dead.
			Awaitility.await().until(() -> {
				bob.say("Is anybody there?");
				return ann.authors().contains("Bob");
			});
			bob.leave();
			ann.awaitText("messages", "Bob has left");
		}
	}

	@Test
	void clientsOfAGateThatIsKilledGoOnAtTheOther() throws Exception {
		ChatNode victim = cluster.gates.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), CLIENTS, RATE)) {
			crowd.talk();
			crowd.awaitAnswers(10);
			victim.kill();
			crowd.awaitAnswers(20);
			Toll toll = crowd.finish();
			report("kill -9 of a gate", toll);
			assertThat(toll.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408", Chatter.LOST, Chatter.AWAY);
			assertThat(toll.twice()).isZero();
			assertThat(toll.absences()).hasSizeBetween(1, CLIENTS);
		}
		victim.startAgain();
	}

	@Test
	void nodesAreRestartedOneAfterTheOtherUnderClientsThatComeBack() throws Exception {
		int clients = Integer.getInteger("restart.clients", CLIENTS);
		int rate = Integer.getInteger("restart.rate", RATE);
		List<ChatNode> nodes = List.of(cluster.gates.get(0), cluster.chats.get(0), cluster.gates.get(1),
				cluster.chats.get(1));
		try (Crowd crowd = new Crowd(cluster.balancer.port(), clients, rate)) {
			crowd.talk();
			crowd.awaitAnswers(5);
			// One of each kind, when it has to be quick.
			for (ChatNode node : nodes.subList(0, (clients > CLIENTS) ? 4 : 2)) {
				node.stop();
				node.startAgain();
				crowd.awaitAnswers(5);
			}
			Toll toll = crowd.finish();
			report("rolling restart", toll);
			assertThat(toll.outcomes().keySet()).isSubsetOf(Set.of(Chatter.OK, "503", Chatter.LOST, Chatter.AWAY));
			assertThat(toll.twice()).isZero();
		}
	}

	private static void report(String what, Toll toll) {
		System.out.println("chat: " + what + ", " + toll);
	}

}
