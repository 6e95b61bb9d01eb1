package io.nanogame.boot.autoconfigure.actuate;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.room.NanoMatchAutoConfiguration;
import io.nanogame.boot.autoconfigure.room.NanoRoomAutoConfiguration;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the meters of the matchmaker.
 */
class MatchMetersTests {

	@Test
	void ticketsAndMatchesAreMeasured() {
		GameRunner.create()
			.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class, NanoMatchAutoConfiguration.class,
					MetricsAutoConfiguration.class, NanoMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withUserConfiguration(Lobby.class, Pair.class, Table.class)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				int port = context.getBean(GameServer.class).port();
				try (RawClient ann = play(port, "ann"); RawClient bob = play(port, "bob")) {
					ann.readPush("match.found");
					bob.readPush("match.found");
					assertThat(registry.get("nano.match.wait").tag("queue", "pair").timer().count()).isEqualTo(2);
					assertThat(registry.get("nano.match.tickets").tag("queue", "pair").gauge().value()).isZero();
				}
				try (RawClient cid = play(port, "cid")) {
					assertThat(registry.get("nano.match.tickets").tag("queue", "pair").gauge().value()).isOne();
					cid.request(3, "lobby.stop", "").readResponse(3);
					assertThat(registry.get("nano.match.ended").tag("reason", "cancelled").counter().count()).isOne();
				}
				assertThat(registry.get("nano.match.matches").tag("queue", "pair").counter().count()).isOne();
				assertThat(names(registry)).isEqualTo(Arrays.stream(NanoMeter.values())
					.map(NanoMeter::getName)
					.filter((name) -> name.startsWith("nano.match"))
					.collect(Collectors.toCollection(TreeSet::new)));
			});
	}

	private static RawClient play(int port, String uid) {
		RawClient client = RawClient.tcp(port).handshake();
		client.request(1, "lobby.login", "\"" + uid + "\"").readResponse(1);
		client.request(2, "lobby.play", "").readResponse(2);
		return client;
	}

	private static Set<String> names(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.filter((name) -> name.startsWith("nano.match"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@GameComponent("lobby")
	static class Lobby {

		private final Matchmaker matchmaker;

		Lobby(Matchmaker matchmaker) {
			this.matchmaker = matchmaker;
		}

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
		}

		@Handler
		CompletionStage<Void> play(Session player) {
			return this.matchmaker.enqueue(player, "pair", null);
		}

		@Handler
		CompletionStage<Boolean> stop(Session player) {
			return this.matchmaker.cancel(player, "pair");
		}

	}

	@MatchQueue(value = "pair", room = "table", players = 2)
	static class Pair implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return true;
		}

	}

	@GameRoom(value = "table", seats = 2)
	static class Table {

	}

}
