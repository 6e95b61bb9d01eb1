package io.nanogame.cluster;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ForwardingTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode game = TestNode.backend(this.nats, "game");

	@AfterEach
	void stop() {
		this.gate.close();
		this.game.close();
		this.nats.close();
	}

	private void start() {
		this.game.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@Test
	void aRequestForAComponentOfAnotherNodeIsAnsweredFromThere() {
		this.game.lane("room.echo", (request) -> request.body());
		start();
		try (NanoClient client = this.gate.client()) {
			assertThat(client.call("room.echo", new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		}
	}

	@Test
	void aRouteInThreePartsAsPitayasClientsSayFindsItsNode() {
		this.game.lane("chat.room.echo", (request) -> request.body());
		start();
		try (NanoClient client = this.gate.client()) {
			assertThat(client.call("chat.room.echo", new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		}
	}

	@Test
	void aPushOfAnotherNodeReachesTheClient() throws Exception {
		this.game.lane("room.join", (request) -> {
			request.session().push("onJoin", new Text("welcome"));
			return new Text("joined");
		});
		start();
		BlockingQueue<Object> pushes = new LinkedBlockingQueue<>();
		try (NanoClient client = this.gate.client()) {
			client.on("onJoin", Text.class, pushes::add);
			assertThat(client.call("room.join", null, Text.class)).isEqualTo(new Text("joined"));
			assertThat(pushes.poll(5, TimeUnit.SECONDS)).isEqualTo(new Text("welcome"));
		}
	}

	@Test
	void aStateForAClientOfAnotherNodeIsMadeAndSentAtOnce() throws Exception {
		this.game.lane("room.join", (request) -> {
			Thread caller = Thread.currentThread();
			this.game.groups.get("room").add(request.session());
			request.session().pushLatest("onState", () -> new Text("own " + (Thread.currentThread() == caller)));
			this.game.groups.get("room")
				.pushLatest("onState", () -> new Text("all " + (Thread.currentThread() == caller)));
			return new Text("joined");
		});
		start();
		BlockingQueue<Object> pushes = new LinkedBlockingQueue<>();
		try (NanoClient client = this.gate.client()) {
			client.on("onState", Text.class, pushes::add);
			assertThat(client.call("room.join", null, Text.class)).isEqualTo(new Text("joined"));
			assertThat(pushes.poll(5, TimeUnit.SECONDS)).isEqualTo(new Text("own true"));
			assertThat(pushes.poll(5, TimeUnit.SECONDS)).isEqualTo(new Text("all true"));
		}
	}

	@Test
	void aRouteNobodyHasIsAnswered404ByTheNodeOfItsComponent() {
		this.game.lane("room.echo", (request) -> request.body());
		start();
		try (NanoClient client = this.gate.client()) {
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("room.dance", null, Text.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("404"));
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("shop.buy", null, Text.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("404"));
		}
	}

	record Text(String text) {
	}

}
