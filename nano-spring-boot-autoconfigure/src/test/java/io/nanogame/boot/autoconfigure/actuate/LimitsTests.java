package io.nanogame.boot.autoconfigure.actuate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.Room.Greeting;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Each limit, exceeded by a real client of a real app: the error of the client, the
 * meter, and the service of another client.
 */
class LimitsTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, NanoMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Game.class);

	// Connections

	@Test
	void aClientMoreThanThereArePlacesIsClosed() {
		play((game) -> {
			assertThat(game.connect().sendHex("01000000").readEnd()).isEqualTo("end");
			assertThat(game.exceeded("connections")).isOne();
		}, "nano.server.limits.max-connections=1");
	}

	@Test
	void aWebSocketAboveTheLimitIsRejectedWith503() {
		play((game) -> {
			assertThatExceptionOfType(RawWebSocketClient.RefusedException.class)
				.isThrownBy(() -> RawClient.webSocket(game.port()))
				.withMessageContaining(" 503 ");
			assertThat(game.exceeded("connections")).isOne();
		}, "nano.server.limits.max-connections=1");
	}

	@Test
	void aClientMoreThanItsAddressMayHaveIsClosed() {
		play((game) -> {
			assertThat(game.connect().sendHex("01000000").readEnd()).isEqualTo("end");
			assertThat(game.exceeded("connections-per-address")).isOne();
			assertThat(game.exceeded("connections")).isZero();
		}, "nano.server.limits.max-connections-per-address=1");
	}

	@Test
	void aClientThatDoesNotFinishItsHandshakeIsClosed() {
		play((game) -> {
			RawClient silent = game.connect();
			RawClient half = game.connect().sendHex("01000000");
			assertThat(half.read().text()).contains("200");
			assertThat(half.readEnd()).isEqualTo("end");
			assertThat(silent.readEnd()).isEqualTo("end");
			assertThat(game.closed("handshake-timeout")).isEqualTo(2);
		}, "nano.server.handshake-timeout=2s");
	}

	// Sizes

	@Test
	void aPacketThatIsTooLongEndsInAKick() {
		play((game) -> {
			RawClient client = game.connect().handshake();
			String most = "\"" + "x".repeat(1000 - 20) + "\"";
			assertThat(client.request(1, "game.echo", most).readResponse(1)).isEqualTo(most);
			client.request(2, "game.echo", "x".repeat(1024));
			assertThat(client.readKick()).contains("protocol error");
			assertThat(game.closed("protocol-error")).isOne();
		}, "nano.server.max-packet-size=1000B");
	}

	@Test
	void aBodyThatInflatesTooFarEndsInAKick() {
		play((game) -> {
			RawClient client = game.connect().handshake();
			byte[] body = ("\"" + "x".repeat(9_000) + "\"").getBytes(StandardCharsets.UTF_8);
			assertThat(client.send(deflated(1, body)).readResponse(1)).hasSize(body.length);
			client.send(deflated(2, new byte[1_000_000]));
			assertThat(client.readKick()).contains("protocol error");
			assertThat(game.closed("protocol-error")).isOne();
		}, "nano.server.max-inflated-size=10000B");
	}

	private static byte[] deflated(long id, byte[] body) throws IOException {
		ByteArrayOutputStream small = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
			deflater.write(body);
		}
		return RawClient.packet(RawPacket.DATA, RawClient.message(0x10, id, "game.echo", small.toByteArray()));
	}

	// Requests

	@Test
	void aRequestAboveTheRateFailsWith429() {
		play((game) -> {
			RawClient greedy = game.connect().handshake();
			assertThat(greedy.request(1, "game.costly", "").readResponse(1)).isEqualTo("{}");
			assertThat(greedy.request(2, "game.costly", "").readResponse(2))
				.isEqualTo("{\"code\":429,\"msg\":\"too many requests\"}");
			assertThat(greedy.request(3, "game.echo", "3").readResponse(3)).isEqualTo("3");
			assertThat(game.exceeded("requests-per-second")).isOne();
		}, rate("answer"));
	}

	@Test
	void aRequestTooManyMayBeDropped() {
		play((game) -> {
			RawClient greedy = game.connect().handshake();
			assertThat(greedy.request(1, "game.costly", "").readResponse(1)).isEqualTo("{}");
			greedy.request(2, "game.costly", "").request(3, "game.echo", "3");
			assertThat(greedy.readData().id()).isEqualTo(3);
			assertThat(game.exceeded("requests-per-second")).isOne();
		}, rate("drop"));
	}

	@Test
	void aRequestTooManyMayCostTheConnection() {
		play((game) -> {
			RawClient greedy = game.connect().handshake();
			assertThat(greedy.request(1, "game.costly", "").readResponse(1)).isEqualTo("{}");
			assertThat(greedy.request(2, "game.costly", "").readKick()).isEqualTo("{\"reason\":\"too many requests\"}");
			assertThat(game.exceeded("requests-per-second")).isOne();
			assertThat(game.closed("too-many-requests")).isOne();
		}, rate("kick"));
	}

	/** Allows one costly request in a thousand seconds; the others have no limit. */
	private static String[] rate(String onExcess) {
		return new String[] { "nano.server.limits.requests-per-second=1", "nano.server.limits.burst=1000",
				"nano.server.limits.weights.game.costly=1000", "nano.server.limits.weights.game.echo=0",
				"nano.server.limits.on-excess=" + onExcess };
	}

	@Test
	void aSlowRequestFailsWith408AndAPendingOneWith503() {
		play((game) -> {
			RawClient client = game.connect().handshake();
			client.request(1, "game.never", "").request(2, "game.echo", "2");
			assertThat(client.readResponse(1)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
			assertThat(client.readResponse(2)).isEqualTo("{\"code\":503,\"msg\":\"not begun in time\"}");
			assertThat(client.request(3, "game.echo", "3").readResponse(3)).isEqualTo("3");
			assertThat(game.registry.get("nano.handler.wait").tag("route", "game.echo").functionTimer().count())
				.isEqualTo(2);
			assertThat(game.registry.get("nano.handler")
				.tag("route", "game.never")
				.tag("outcome", "timed-out")
				.timer()
				.count()).isOne();
		}, "nano.request-timeout=200ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void readingPausesWhileTheBacklogIsFullWithoutLoss(String transport) {
		play((game) -> {
			int requests = 5000;
			RawClient eager = game
				.add("tcp".equals(transport) ? RawClient.tcp(game.port()) : RawClient.webSocket(game.port()));
			eager.handshake();
			String padding = "x".repeat(1000);
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
				for (int id = 1; id <= requests; id++) {
					eager.request(id, (id % 3 == 0) ? "game.quick" : "game.queue", id + padding);
				}
			});
			Game component = game.bean(Game.class);
			await().until(() -> game.exceeded("backlog") > 0 && component.queued.get() > 0);
			assertThat(game.backlog()).isEqualTo(8);
			double read = game.bytesReceived();
			assertThat(game.neighbour.request(1, "game.echo", "1").readResponse(1)).isEqualTo("1");
			assertThat(writer).as("the client has to wait").isNotDone();
			assertThat(game.bytesReceived() - read).as("only the neighbour was read").isLessThan(100);
			assertThat(component.queued).hasValue(1);

			component.gate.countDown();
			for (int id = 1; id <= requests; id++) {
				assertThat(eager.readResponse(id)).isEqualTo(id + padding);
			}
			assertThat(writer).succeedsWithin(Duration.ofSeconds(5));
		}, "nano.session.max-backlog=8");
	}

	// State of the game

	@Test
	void aJoinAboveTheGroupSizeFailsWith409() {
		play((game) -> {
			RawClient first = game.connect().handshake();
			RawClient second = game.connect().handshake();
			assertThat(first.request(1, "game.join", "").readResponse(1)).isEqualTo("{}");
			assertThat(second.request(1, "game.join", "").readResponse(1))
				.isEqualTo("{\"code\":409,\"msg\":\"the group is full\"}");
			assertThat(game.exceeded("group-size")).isOne();
		}, "nano.server.limits.max-group-size=1");
	}

	@Test
	void anAttributeAboveTheLimitFailsWith409() {
		play((game) -> {
			RawClient client = game.connect().handshake();
			assertThat(client.request(1, "game.remember", "a").readResponse(1)).isEqualTo("{}");
			assertThat(client.request(2, "game.remember", "b").readResponse(2))
				.isEqualTo("{\"code\":409,\"msg\":\"too many attributes\"}");
			assertThat(game.exceeded("attributes")).isOne();
		}, "nano.server.limits.max-attributes=1");
	}

	// Clients that do not read

	@Test
	void aClientThatDoesNotReadIsDisconnected() {
		play((game) -> {
			game.connectDeaf();
			Group all = game.bean(Groups.class).get("all");
			while (all.count() == 1) {
				all.broadcast("onNews", new Greeting("x".repeat(20_000)));
			}
			await().until(() -> game.closed("slow-consumer") == 1);
		}, "nano.push.high-water-mark=64KB");
	}

	@Test
	void droppablePushesAreDroppedForAClientThatDoesNotRead() {
		play((game) -> {
			RawClient deaf = game.connectDeaf();
			Group all = game.bean(Groups.class).get("all");
			while (game.count("nano.pushes.dropped") < 10) {
				all.broadcast("onRumour", new Greeting("x".repeat(20_000)));
			}
			assertThat(deaf.request(2, "game.echo", "2").readResponse(2)).isEqualTo("2");
			assertThat(game.closed("slow-consumer")).isZero();
		}, "nano.push.high-water-mark=64KB", "nano.push.policies.onRumour=drop");
	}

	@Test
	void theNewestStateArrivesAtAClientThatDidNotRead() {
		play((game) -> {
			RawClient deaf = game.connectDeaf();
			Group all = game.bean(Groups.class).get("all");
			while (game.count("nano.pushes.coalesced") < 10) {
				all.broadcast("onState", new Greeting("x".repeat(20_000)));
			}
			all.broadcast("onState", new Greeting("last"));
			String push;
			do {
				push = deaf.readPush("onState");
			}
			while (!push.contains("last"));
			assertThat(game.closed("slow-consumer")).isZero();
		}, "nano.push.high-water-mark=64KB", "nano.push.policies.onState=coalesce");
	}

	private void play(Play play, String... properties) {
		this.app.withPropertyValues(properties).run((context) -> {
			try (Running game = new Running(context.getBean(GameServer.class), context.getBean(MeterRegistry.class),
					context::getBean)) {
				play.with(game);
				assertThat(game.neighbour.request(7, "game.echo", "\"served\"").readResponse(7))
					.isEqualTo("\"served\"");
			}
		});
	}

	interface Play {

		void with(Running game) throws Exception;

	}

	interface Beans {

		Object get(Class<?> type);

	}

	/** An app, a client that must stay unaffected, and others. */
	static final class Running implements AutoCloseable {

		private final GameServer server;

		private final MeterRegistry registry;

		private final Beans beans;

		private final List<RawClient> clients = new ArrayList<>();

		private final RawClient neighbour;

		Running(GameServer server, MeterRegistry registry, Beans beans) {
			this.server = server;
			this.registry = registry;
			this.beans = beans;
			this.neighbour = connect().handshake();
		}

		int port() {
			return this.server.port();
		}

		<T> T bean(Class<T> type) {
			return type.cast(this.beans.get(type));
		}

		RawClient add(RawClient client) {
			this.clients.add(client);
			return client;
		}

		RawClient connect() {
			return add(RawClient.tcp(port()));
		}

		/** Connects a client with small system buffers, in the group "all". */
		RawClient connectDeaf() {
			RawClient client = add(RawClient.tcpWithSmallBuffer(port())).handshake();
			client.request(1, "game.join", "").readResponse(1);
			return client;
		}

		double count(String meter, String... tags) {
			return this.registry.get(meter).tags(tags).functionCounter().count();
		}

		double exceeded(String limit) {
			return count("nano.limits.exceeded", "limit", limit);
		}

		double closed(String reason) {
			return count("nano.connections.closed", "reason", reason);
		}

		double bytesReceived() {
			return count("nano.bytes.received");
		}

		long backlog() {
			return this.server.transport().connections().backlog();
		}

		@Override
		public void close() {
			this.clients.forEach(RawClient::close);
		}

	}

	@GameComponent("game")
	static class Game {

		final CountDownLatch gate = new CountDownLatch(1);

		/** The number of requests that have reached the gate. */
		final AtomicInteger queued = new AtomicInteger();

		private final Group all;

		Game(Groups groups) {
			this.all = groups.get("all");
		}

		@Handler
		byte[] echo(byte[] body) {
			return body;
		}

		@Handler
		void costly() {
		}

		@Handler
		CompletableFuture<String> never() {
			return new CompletableFuture<>();
		}

		@Handler
		byte[] queue(byte[] body) throws InterruptedException {
			this.queued.incrementAndGet();
			this.gate.await();
			return body;
		}

		@Handler
		CompletableFuture<byte[]> quick(byte[] body) {
			return CompletableFuture.completedFuture(body);
		}

		@Handler
		void join(Session session) {
			this.all.add(session);
		}

		@Handler
		void remember(Session session, byte[] name) {
			session.attributes().set(new String(name, StandardCharsets.UTF_8), true);
		}

	}

}
