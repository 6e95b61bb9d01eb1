package io.nanogame.cluster;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.Attributes;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The attributes of a session that two nodes know.
 */
class AttributesAcrossNodesTests {

	private static final int CHANGES = 5000;

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	@BeforeEach
	void start() {
		this.room.lane("room.echo", (request) -> request.body()).start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.nats.close();
	}

	private static Session only(TestNode node) {
		Awaitility.await().until(() -> node.sessions.count() == 1);
		return node.sessions.all().iterator().next();
	}

	private static void echo(NanoClient client) {
		assertThat(client.call("room.echo", new Text("x"), Text.class)).isEqualTo(new Text("x"));
	}

	@Test
	void bothNodesMaySetThemAtTheSameTime() throws Exception {
		try (NanoClient client = this.gate.client()) {
			echo(client);
			Session here = only(this.gate);
			Session there = only(this.room);
			Thread game = new Thread(() -> {
				for (int i = 1; i <= CHANGES; i++) {
					here.attributes().set("here", i);
				}
			});
			game.setDaemon(true);
			game.start();
			for (int i = 1; i <= CHANGES; i++) {
				there.attributes().set("there", i);
			}
			game.join(10_000);
			assertThat(game.isAlive()).isFalse();
			Awaitility.await().until(() -> there.attributes().getInt("here") == CHANGES);
			Awaitility.await().until(() -> here.attributes().getInt("there") == CHANGES);
		}
	}

	@Test
	void aSessionWithMoreThanNatsTakesIsAnswered413EachTimeAndStays() {
		try (NanoClient client = this.gate.client()) {
			only(this.gate).attributes().set("load", "x".repeat(1024 * 1024));
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ErrorResponseException.class)
					.isThrownBy(() -> client.call("room.echo", new Text("x"), Text.class))
					.satisfies((ex) -> assertThat(ex.code()).isEqualTo("413"));
			}
			only(this.gate).attributes().remove("load");
			echo(client);
		}
	}

	@Test
	void whatCannotTravelIsRefusedWhereItIsSetByItsName() {
		try (NanoClient client = this.gate.client()) {
			// Before another node knows the session, and then on both.
			assertRefused(this.gate);
			echo(client);
			assertRefused(this.gate);
			assertRefused(this.room);
			echo(client);
		}
	}

	private static void assertRefused(TestNode node) {
		Attributes attributes = only(node).attributes();
		for (Object live : new Object[] { new Loop(), node.groups.get("team"), only(node) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> attributes.set("team", live))
				.withMessageStartingWith(
						"Attribute 'team' cannot travel to other nodes: a " + live.getClass().getName());
			assertThat(attributes.has("team")).isFalse();
		}
	}

	@Test
	void aLocalAttributeStaysOnItsNode() {
		try (NanoClient client = this.gate.client()) {
			only(this.gate).attributes().setLocal("room", this.gate);
			echo(client);
			Attributes there = only(this.room).attributes();
			there.setLocal("team", this.room);
			there.set("number", 1);
			Attributes here = only(this.gate).attributes();
			Awaitility.await().until(() -> here.getInt("number") == 1);
			assertThat(here.has("team")).isFalse();
			assertThat(there.has("room")).isFalse();
			assertThat(there.get("team")).isSameAs(this.room);
			here.set("team", "red");
			Awaitility.await().until(() -> there.getString("team").equals("red"));
			there.setLocal("team", this.room);
			Awaitility.await().until(() -> !here.has("team"));
			assertThat(there.get("team")).isSameAs(this.room);
		}
	}

	/** Never ends when it is written. */
	static final class Loop {

		public Loop getSelf() {
			return this;
		}

	}

}
