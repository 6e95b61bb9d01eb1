package io.nanogame.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Audience;
import io.nanogame.group.PushReceipt;
import io.nanogame.serialize.SerializationException;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two gateways, and a node without clients that pushes to them.
 */
class PushesTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gateA = login(TestNode.gateway(this.nats, "gate-a"));

	private final TestNode gateB = login(TestNode.gateway(this.nats, "gate-b"));

	private final TestNode backend = TestNode.backend(this.nats, "chat");

	private final List<NanoClient> clients = new ArrayList<>();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private static TestNode login(TestNode node) {
		return node.lane("login.in", (request) -> {
			request.session().bind(new String(request.body()));
			node.groups.get("lobby").add(request.session());
			return new Text("in");
		});
	}

	@BeforeEach
	void start() {
		for (TestNode node : new TestNode[] { this.gateA, this.gateB, this.backend }) {
			node.start();
		}
		for (TestNode node : new TestNode[] { this.gateA, this.gateB, this.backend }) {
			Awaitility.await().until(() -> node.cluster.nodes().others().size() == 2);
		}
	}

	@AfterEach
	void stop() {
		this.clients.forEach(NanoClient::close);
		this.gateA.close();
		this.gateB.close();
		this.backend.close();
		this.nats.close();
	}

	private NanoClient guest(TestNode gate, String name) {
		NanoClient client = gate.client();
		this.clients.add(client);
		client.on("onNews", Text.class, (text) -> this.heard.add(name + " " + text.text()));
		return client;
	}

	private void player(TestNode gate, String uid) {
		guest(gate, uid).call("login.in", uid.getBytes(), Text.class);
	}

	private static PushReceipt push(TestNode node, Audience audience, String text) throws Exception {
		return node.cluster.pushes()
			.push(audience, "onNews", new Text(text))
			.toCompletableFuture()
			.get(5, TimeUnit.SECONDS);
	}

	private void assertHeard(String... all) throws InterruptedException {
		String[] words = new String[all.length];
		for (int i = 0; i < words.length; i++) {
			words[i] = this.heard.poll(5, TimeUnit.SECONDS);
		}
		assertThat(words).containsExactlyInAnyOrder(all);
	}

	@Test
	void theGatewaysThatTakeAPushAreCountedFromEveryNode() throws Exception {
		player(this.gateA, "ann");
		player(this.gateB, "bob");
		guest(this.gateB, "guest");
		Awaitility.await().until(() -> this.gateB.sessions.count() == 2);
		for (TestNode node : new TestNode[] { this.backend, this.gateA, this.gateB }) {
			assertThat(push(node, new Audience.Players(Set.of("ann")), "1")).isEqualTo(new PushReceipt(1, 0));
			assertHeard("ann 1");
			assertThat(push(node, new Audience.Players(Set.of("ann", "bob", "cat")), "2"))
				.isEqualTo(new PushReceipt(2, 0));
			assertHeard("ann 2", "bob 2");
			assertThat(push(node, new Audience.GroupMembers("lobby"), "3")).isEqualTo(new PushReceipt(2, 0));
			assertHeard("ann 3", "bob 3");
			assertThat(push(node, new Audience.Everybody(), "4")).isEqualTo(new PushReceipt(2, 0));
			assertHeard("ann 4", "bob 4", "guest 4");
		}
		assertThat(this.heard).isEmpty();
	}

	@Test
	void nobodyTakesWhatIsForNobody() throws Exception {
		player(this.gateA, "ann");
		assertThat(push(this.backend, new Audience.Players(Set.of("cat")), "")).isEqualTo(new PushReceipt(0, 0));
		assertThat(push(this.backend, new Audience.GroupMembers("none"), "")).isEqualTo(new PushReceipt(0, 0));
		assertThat(push(this.backend, new Audience.Everybody(), "end")).isEqualTo(new PushReceipt(1, 0));
		assertHeard("ann end");
	}

	@Test
	void withoutNatsTheOthersAreUnconfirmedAtOnceAndGetNothingLater() throws Exception {
		player(this.gateA, "ann");
		player(this.gateB, "bob");
		this.nats.kill();
		Awaitility.await().until(() -> !this.gateA.cluster.isConnected());
		assertThat(push(this.gateA, new Audience.Players(Set.of("bob")), "lost")).isEqualTo(new PushReceipt(0, 1));
		assertThat(push(this.gateA, new Audience.Everybody(), "here")).isEqualTo(new PushReceipt(1, 1));
		assertHeard("ann here");
		this.nats.start();
		Awaitility.await()
			.untilAsserted(() -> assertThat(push(this.gateA, new Audience.Players(Set.of("bob")), "back"))
				.isEqualTo(new PushReceipt(1, 0)));
		assertThat(this.heard.poll(5, TimeUnit.SECONDS)).isEqualTo("bob back");
	}

	@Test
	void whatIsLongerThanNatsTakesIsPushedToNobody() throws Exception {
		player(this.gateA, "ann");
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> push(this.gateA, new Audience.Everybody(), "x".repeat(2 * 1024 * 1024)));
		assertThat(push(this.gateA, new Audience.Everybody(), "end")).isEqualTo(new PushReceipt(1, 0));
		assertHeard("ann end");
	}

}
