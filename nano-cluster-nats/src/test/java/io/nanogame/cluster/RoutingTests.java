package io.nanogame.cluster;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which node handles a session's messages, and until when.
 */
class RoutingTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode a = room(TestNode.backend(this.nats, "a"));

	private final TestNode b = room(TestNode.backend(this.nats, "b"));

	private static TestNode room(TestNode node) {
		return node.lane("room.where", (request) -> new Text(node.cluster.nodes().self().name()))
			.lane("room.goTo", (request) -> {
				node.cluster.bind(request.session(), "room", new String(request.body()));
				return new Text("bound");
			})
			.lane("room.goAnywhere", (request) -> {
				node.cluster.unbind(request.session(), "room");
				return new Text("unbound");
			});
	}

	@BeforeEach
	void start() {
		this.a.start();
		this.b.start();
		this.gate.strategy((session, component, candidates) -> candidates.get(0)).start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.a.close();
		this.b.close();
		this.nats.close();
	}

	private static String where(NanoClient client) {
		return client.call("room.where", null, Text.class).text();
	}

	@Test
	void aSessionSticksToItsNodeWhateverTheStrategyWouldSayNow() {
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
			this.gate.strategy((session, component, candidates) -> candidates.get(1));
			assertThat(where(client)).isEqualTo("a");
		}
	}

	@Test
	void aBackendBindsASessionToAnotherNodeAndLetsItGo() {
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
			client.call("room.goTo", this.b.cluster.nodes().self().id().getBytes(), Text.class);
			assertThat(where(client)).isEqualTo("b");
			client.call("room.goAnywhere", null, Text.class);
			assertThat(where(client)).isEqualTo("a");
		}
	}

	@Test
	void theGatewayBindsASessionToANode() {
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
			this.gate.cluster.bind(this.gate.sessions.all().iterator().next(), "room",
					this.b.cluster.nodes().self().id());
			assertThat(where(client)).isEqualTo("b");
		}
	}

	@Test
	void aNodeThatLeavesGetsNoMoreMessages() {
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
			this.a.cluster.drain().stop();
			Awaitility.await().until(() -> this.gate.cluster.nodes().withComponent("room").size() == 1);
			assertThat(where(client)).isEqualTo("b");
		}
	}

	@Test
	void aSessionStaysAtTheNodeToWhichTheGameHasBoundItUntilThatIsDown() {
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
			this.gate.cluster.bind(this.gate.sessions.all().iterator().next(), "room",
					this.a.cluster.nodes().self().id());
			this.a.cluster.drain().begin();
			Awaitility.await().until(() -> this.gate.cluster.nodes().withComponent("room").size() == 1);
			assertThat(where(client)).isEqualTo("a");
			this.gate.cluster.unbind(this.gate.sessions.all().iterator().next(), "room");
			assertThat(where(client)).isEqualTo("b");
		}
	}

	@Test
	void aNodeForwardsMessagesThatItWouldHandleItselfOfASessionThatIsBoundElsewhere() {
		try (TestNode both = room(TestNode.gateway(this.nats, "both")).start(); NanoClient client = both.client()) {
			Awaitility.await().until(() -> both.cluster.nodes().others().size() == 3);
			assertThat(where(client)).isEqualTo("both");
			Session session = both.sessions.all().iterator().next();
			both.cluster.bind(session, "room", this.a.cluster.nodes().self().id());
			assertThat(where(client)).isEqualTo("a");
			both.cluster.bind(session, "room", both.cluster.nodes().self().id());
			assertThat(where(client)).isEqualTo("both");
			both.cluster.bind(session, "room", this.b.cluster.nodes().self().id());
			assertThat(where(client)).isEqualTo("b");
			both.cluster.unbind(session, "room");
			assertThat(where(client)).isEqualTo("both");
			client.call("room.goTo", this.b.cluster.nodes().self().id().getBytes(), Text.class);
			assertThat(where(client)).isEqualTo("b");
			this.b.close();
			Awaitility.await().until(() -> where(client).equals("both"));
		}
	}

	@Test
	void aStrategyThatFailsCostsNobodyAnAnswer() {
		this.gate.strategy((session, component, candidates) -> {
			throw new IllegalStateException("broken");
		});
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
		}
	}

	@Test
	void aStrategyThatChoosesNothingCostsNobodyAnAnswer() {
		this.gate.strategy((session, component, candidates) -> null);
		try (NanoClient client = this.gate.client()) {
			assertThat(where(client)).isEqualTo("a");
		}
	}

}
