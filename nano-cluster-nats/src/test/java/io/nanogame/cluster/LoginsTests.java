package io.nanogame.cluster;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.cluster.frame.PrincipalCodec.NamedPrincipal;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is logged in is known to all nodes that handle messages of a session.
 */
class LoginsTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = component(TestNode.gateway(this.nats, "gate"), "here");

	private final TestNode room = component(TestNode.backend(this.nats, "room"), "room");

	private final TestNode shop = component(TestNode.backend(this.nats, "shop"), "shop");

	private static TestNode component(TestNode node, String name) {
		return node.lane(name + ".login", (request) -> {
			request.session().principal(new NamedPrincipal("ann"));
			return new Text("in");
		}).lane(name + ".logout", (request) -> {
			request.session().principal(null);
			return new Text("out");
		}).lane(name + ".who", (request) -> {
			var principal = request.session().principal();
			return new Text((principal != null) ? principal.getName() : "nobody");
		});
	}

	@BeforeEach
	void start() {
		this.room.start();
		this.shop.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.shop.close();
		this.nats.close();
	}

	private static void expect(NanoClient client, String component, String who) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(client.call(component + ".who", null, Text.class)).isEqualTo(new Text(who)));
	}

	@Test
	void whoLoggedInOnTheGatewayIsKnownToTheOthers() {
		try (NanoClient client = this.gate.client()) {
			expect(client, "room", "nobody");
			client.call("here.login", null, Text.class);
			expect(client, "room", "ann");
			expect(client, "shop", "ann");
		}
	}

	@Test
	void whoLoggedInOrOutOnABackendIsKnownToTheOthers() {
		try (NanoClient client = this.gate.client()) {
			expect(client, "shop", "nobody");
			client.call("room.login", null, Text.class);
			expect(client, "here", "ann");
			expect(client, "shop", "ann");
			client.call("shop.logout", null, Text.class);
			expect(client, "here", "nobody");
			expect(client, "room", "nobody");
		}
	}

}
