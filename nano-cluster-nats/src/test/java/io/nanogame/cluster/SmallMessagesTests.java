package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Group;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A NATS server that takes small messages only carries many of them.
 */
class SmallMessagesTests {

	private final NatsServer nats = new NatsServer("max_payload: 8KB");

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	private final TestNode hall = TestNode.backend(this.nats, "hall");

	private final Group lobby = this.room.groups.create("lobby");

	@BeforeEach
	void start() {
		this.room.lane("room.join", (request) -> {
			this.lobby.add(request.session());
			return new Text("joined");
		}).loop("room.echo", (request) -> request.body()).start();
		this.hall.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.hall.close();
		this.nats.close();
	}

	@Test
	void whatIsSaidAtOnceIsCutIntoPieces() {
		try (NanoClient client = this.gate.client()) {
			Text words = new Text("x".repeat(500));
			List<Mono<Text>> answers = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				Mono<Text> answer = client.request("room.echo", words, Text.class).cache();
				answer.subscribe((value) -> {
				}, (failure) -> {
				});
				answers.add(answer);
			}
			for (Mono<Text> answer : answers) {
				assertThat(answer.block(Duration.ofSeconds(10))).isEqualTo(words);
			}
		}
	}

	@Test
	void theMembersOfAGroupAreKnownWhateverTheyCarry() {
		List<NanoClient> clients = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			clients.add(this.gate.client());
		}
		Awaitility.await().until(() -> this.gate.sessions.count() == 20);
		for (Session session : this.gate.sessions.all()) {
			session.attributes().set("load", "x".repeat(1000));
		}
		clients.forEach((client) -> client.call("room.join", null, Text.class));
		Group known = this.hall.groups.get("lobby");
		Awaitility.await().until(() -> known.count() == 20);
		assertThat(known.members())
			.allSatisfy((member) -> assertThat(member.attributes().getString("load")).hasSize(1000));
		clients.forEach(NanoClient::close);
	}

}
