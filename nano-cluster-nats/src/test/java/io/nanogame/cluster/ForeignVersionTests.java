package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;

import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.peer.CommonVersions;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.node.Node;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
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

	private final NatsBus link = NatsBus.connect(Options.builder().server(this.nats.url()));

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.link.close();
		this.nats.close();
	}

	/** Announces a node whenever the gateway announces itself. */
	private void announce(String id, String versions) {
		byte[] announcement = announcement("heartbeat", id, versions);
		BusReader reader = this.link.newReader();
		Subjects subjects = new Subjects("test", id);
		reader.subscribe(subjects.all(Topics.members()), (message) -> {
			if (Subjects.sender(message.subject()).startsWith("gate")) {
				this.link.publish(subjects.own(Topics.members()), announcement);
			}
		});
	}

	private static byte[] announcement(String kind, String id, String versions) {
		return ("""
				{"kind": "%s", "node": {"id": "%s", "components": ["arena"], "services": []}%s}""")
			.formatted(kind, id, versions)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String versions(int oldest, int newest) {
		return ", \"versions\": {\"oldest\": %d, \"newest\": %d}".formatted(oldest, newest);
	}

	@Test
	void aNodeWhoseMessagesCannotBeReadGetsNone() {
		announce("later-1", versions(Versions.OWN.newest() + 1, Versions.OWN.newest() + 2));
		announce("wide-1", versions(Versions.OWN.newest(), Versions.OWN.newest() + 2));
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
		Awaitility.await().until(() -> this.gate.cluster.nodes().isUp("wide-1"));
		assertThat(this.gate.cluster.nodes().withComponent("arena")).extracting(Node::id).containsExactly("wide-1");
		assertThat(this.gate.cluster.nodes().isUp("later-1")).isFalse();
	}

	@Test
	void aNodeThatDoesNotSayItsVersionsHasTheFirst() {
		announce("silent-1", "");
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
		assertThat(this.gate.cluster.nodes().isUp("silent-1")).isFalse();
	}

	@Test
	void allNodesSupportTheMovesOfSessionsAfterTheLastEarlierOneHasStopped() {
		String earlier = versions(Versions.OWN.oldest(), Versions.SESSION_MOVES - 1);
		announce("earlier-1", earlier);
		this.room.start();
		this.gate.start();
		CommonVersions versions = this.gate.cluster.peers().versions();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
		assertThat(versions.areAllAtLeast(Versions.SESSION_MOVES)).isFalse();
		this.link.publish(new Subjects("test", "earlier-1").own(Topics.members()),
				announcement("goodbye", "earlier-1", earlier));
		Awaitility.await().until(() -> !this.gate.cluster.nodes().isUp("earlier-1"));
		Awaitility.await().until(() -> versions.areAllAtLeast(Versions.SESSION_MOVES));
	}

}
