package io.nanogame.cluster;

import io.nanogame.cluster.wire.NatsLink;
import io.nanogame.cluster.wire.Peers;
import io.nanogame.node.Node;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.service.Service;
import io.nats.service.ServiceEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes of a later version beside those of this one, as while they are replaced one by
 * one.
 */
class ForeignVersionTests {

	private final NatsServer nats = new NatsServer();

	private final NatsLink link = NatsLink.connect(Options.builder().server(this.nats.url()));

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.link.close();
		this.nats.close();
	}

	/** Says of itself what a node does. */
	private void announce(String id, String versions) {
		JsonValue data = JsonParser.parseUnchecked(
				"{\"id\": \"%s\", \"components\": [\"arena\"], \"services\": [] %s}".formatted(id, versions));
		Service.builder()
			.connection(this.link.connection())
			.name("nano-test")
			.version("1.0.0")
			.addServiceEndpoint(ServiceEndpoint.builder()
				.endpointName("node")
				.endpointSubject(id)
				.statsDataSupplier(() -> data)
				.handler((message) -> {
				})
				.build())
			.build()
			.startService();
	}

	private static String versions(int oldest, int newest) {
		return ", \"oldestVersion\": %d, \"newestVersion\": %d".formatted(oldest, newest);
	}

	@Test
	void aNodeWhoseMessagesCannotBeReadGetsNone() {
		announce("later", versions(Peers.VERSION + 1, Peers.VERSION + 2));
		announce("wide", versions(Peers.VERSION, Peers.VERSION + 2));
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
		Awaitility.await().until(() -> this.gate.cluster.nodes().isUp("wide"));
		assertThat(this.gate.cluster.nodes().withComponent("arena")).extracting(Node::id).containsExactly("wide");
		assertThat(this.gate.cluster.nodes().isUp("later")).isFalse();
	}

	@Test
	void aNodeThatDoesNotSayItsVersionsHasTheFirst() {
		announce("silent", "");
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
		assertThat(this.gate.cluster.nodes().isUp("silent")).isFalse();
	}

}
