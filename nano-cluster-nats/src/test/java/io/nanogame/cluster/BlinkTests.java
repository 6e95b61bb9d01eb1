package io.nanogame.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two NATS servers as one, a gateway at the first and a room at the second.
 */
class BlinkTests {

	private static final int PLAYERS = 20;

	private final List<Integer> routes = NatsServer.freePorts(2);

	private final NatsServer first = new NatsServer(configuration(0, 1));

	private final NatsServer second = new NatsServer(configuration(1, 0));

	private final TestNode gate = TestNode.gateway(this.first, "gate");

	private final TestNode room = TestNode.backend(this.second, "room")
		.lane("room.hello", (request) -> new Text("hello"));

	private final ScheduledExecutorService pusher = Executors.newSingleThreadScheduledExecutor();

	private String configuration(int own, int other) {
		return "cluster { name: test, listen: \"127.0.0.1:%d\", routes: [\"nats-route://127.0.0.1:%d\"] }"
			.formatted(this.routes.get(own), this.routes.get(other));
	}

	@AfterEach
	void stop() {
		this.pusher.shutdownNow();
		this.gate.close();
		this.room.close();
		this.first.close();
		this.second.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theEndOfANatsServerEndsNoSession(boolean busy) {
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
		Awaitility.await().until(() -> this.room.cluster.nodes().others().size() == 1);
		List<NanoClient> clients = new ArrayList<>();
		for (int i = 0; i < PLAYERS; i++) {
			clients.add(this.gate.client());
		}
		clients.forEach(this::greet);
		List<Session> sessions = List.copyOf(this.gate.sessions.all());
		List<Session> guests = List.copyOf(this.room.sessions.all());
		if (busy) {
			this.pusher.scheduleAtFixedRate(() -> guests.get(0).push("onTick", new Text("tick")), 0, 5,
					TimeUnit.MILLISECONDS);
		}
		long reconnects = this.gate.cluster.bus().reconnects();
		this.first.kill();
		Awaitility.await().until(() -> this.gate.cluster.bus().reconnects() > reconnects);
		clients.forEach(this::greet);
		assertThat(sessions).hasSize(PLAYERS).allMatch(Session::isOpen);
		assertThat(guests).hasSize(PLAYERS).allMatch(Session::isOpen);
		clients.forEach(NanoClient::close);
	}

	/** The request waits until the gateway has found the room again. */
	private void greet(NanoClient client) {
		assertThat(client.call("room.hello", null, Text.class)).isEqualTo(new Text("hello"));
	}

}
