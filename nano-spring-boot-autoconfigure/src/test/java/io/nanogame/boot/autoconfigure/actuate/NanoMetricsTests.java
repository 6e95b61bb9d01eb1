package io.nanogame.boot.autoconfigure.actuate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.group.Groups;
import io.nanogame.observe.ServerEvents;
import io.nanogame.route.RequestException;
import io.nanogame.server.GameServer;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NanoMetricsTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, NanoMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Room.class);

	@Test
	void theMetersOfAServerAloneAreThoseOfTheList() {
		this.app.withPropertyValues("nano.push-api.enabled=true").run((context) -> {
			context.getBean(Services.class).any(Weather.class);
			assertThat(meters(context.getBean(MeterRegistry.class))).isEqualTo(Arrays.stream(NanoMeter.values())
				.filter((meter) -> !meter.getName().startsWith("nano.cluster."))
				.filter((meter) -> !meter.getName().startsWith("nano.room"))
				.filter((meter) -> !meter.getName().startsWith("nano.match"))
				.map((meter) -> describe(meter.getName(), meter.getType(), meter.getBaseUnit(), meter.description(),
						Arrays.stream(meter.getKeyNames()).map(KeyName::asString).toList()))
				.collect(Collectors.toCollection(TreeSet::new)));
		});
	}

	@Test
	void connectionsAreCountedByTransport() {
		play((client, registry, port) -> {
			try (RawClient other = RawClient.webSocket(port).handshake()) {
				other.sendHex("03000000").read();
				assertThat(registry.get("nano.connections").tag("transport", "tcp").gauge().value()).isOne();
				assertThat(registry.get("nano.connections").tag("transport", "websocket").gauge().value()).isOne();
				assertThat(registry.get("nano.connections").tag("transport", "servlet").gauge().value()).isZero();
			}
		});
	}

	@Test
	void sessionsAndGroupsAreCounted() {
		this.app.run((context) -> {
			context.getBean(Groups.class).create("lobby");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("nano.groups").gauge().value()).isOne();
			assertThat(registry.get("nano.sessions").gauge().value()).isZero();
		});
		play((client, registry, port) -> {
			client.sendHex("03000000").read();
			assertThat(registry.get("nano.sessions").gauge().value()).isOne();
		});
	}

	@Test
	void cutAndResumedSessionsAreCounted() {
		this.app.run((context) -> {
			int port = context.getBean(GameServer.class).port();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			String token = resume(port, "{}").replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
			await().untilAsserted(() -> assertThat(registry.get("nano.sessions.detached").gauge().value()).isOne());
			assertThat(resume(port, "{\"token\":\"%s\",\"received\":0}".formatted(token)))
				.contains("\"state\":\"resumed\"");
			await().untilAsserted(() -> {
				assertThat(outcomes(registry, "resumed")).isOne();
				assertThat(registry.get("nano.resume.away").timer().count()).isOne();
			});
			assertThat(registry.get("nano.resume.bytes").gauge().value()).isZero();
			assertThat(resume(port, "{\"token\":\"unknown\",\"received\":0}")).contains("\"state\":\"lost\"");
			assertThat(outcomes(registry, "unknown-token")).isOne();
			assertThat(outcomes(registry, "window-over")).isZero();
		});
	}

	@Test
	void sessionsAreClosedWithTheirConnectionsWithoutAWindow() {
		this.app.withPropertyValues("nano.resume.window=0").run((context) -> {
			int port = context.getBean(GameServer.class).port();
			assertThat(resume(port, "{}")).doesNotContain("resume");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().untilAsserted(() -> assertThat(registry.get("nano.sessions").gauge().value()).isZero());
			assertThat(registry.get("nano.sessions.detached").gauge().value()).isZero();
		});
	}

	/** Opens or resumes a session, and cuts the connection. Returns the reply. */
	private static String resume(int port, String field) {
		try (RawClient client = RawClient.tcp(port)) {
			byte[] handshake = "{\"sys\":{\"resume\":%s}}".formatted(field).getBytes(StandardCharsets.UTF_8);
			String reply = client.send(RawClient.packet(1, handshake)).read().text();
			client.sendHex("02000000");
			return reply;
		}
	}

	private static double outcomes(MeterRegistry registry, String outcome) {
		return registry.get("nano.resume.outcomes").tag("outcome", outcome).functionCounter().count();
	}

	@Test
	void messagesAndBytesAreCounted() {
		play((client, registry, port) -> {
			client.notify("talk.say", "{}").request(1, "talk.echo", "{}");
			client.readPush("onSaid");
			client.readResponse(1);
			assertThat(registry.get("nano.messages.received").tag("type", "request").functionCounter().count()).isOne();
			assertThat(registry.get("nano.messages.received").tag("type", "notify").functionCounter().count()).isOne();
			assertThat(registry.get("nano.messages.sent").tag("type", "response").functionCounter().count()).isOne();
			assertThat(registry.get("nano.messages.sent").tag("type", "push").functionCounter().count()).isOne();
			assertThat(registry.get("nano.bytes.received").functionCounter().count()).isGreaterThan(20);
			await().untilAsserted(
					() -> assertThat(registry.get("nano.bytes.sent").functionCounter().count()).isGreaterThan(20));
		});
	}

	@Test
	void exceededLimitsAreCountedByLimit() {
		this.app.withBean(Talk.class)
			.withPropertyValues("nano.server.limits.max-connections=1", "nano.server.limits.requests-per-second=1",
					"nano.server.limits.burst=1000", "nano.server.limits.weights.talk.echo=1000",
					"nano.server.limits.max-group-size=1", "nano.server.limits.max-attributes=1")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				int port = context.getBean(GameServer.class).port();
				try (RawClient client = RawClient.tcp(port).handshake(); RawClient other = RawClient.tcp(port)) {
					assertThat(other.sendHex("01000000").readEnd()).isEqualTo("end");
					client.request(1, "talk.echo", "{}").request(2, "talk.echo", "{}");
					assertThat(List.of(client.readData().payload(), client.readData().payload()))
						.containsExactlyInAnyOrder("{}", "{\"code\":429,\"msg\":\"too many requests\"}");
					assertThat(exceeded(registry, "connections")).isOne();
					assertThat(exceeded(registry, "connections-per-address")).isZero();
					assertThat(exceeded(registry, "requests-per-second")).isOne();
					assertThat(exceeded(registry, "group-size")).isZero();
					assertThat(exceeded(registry, "attributes")).isZero();
				}
			});
	}

	private static double exceeded(MeterRegistry registry, String limit) {
		return registry.get("nano.limits.exceeded").tag("limit", limit).functionCounter().count();
	}

	@Test
	void handlersAreTimedByRouteAndOutcome() {
		play((client, registry, port) -> {
			client.request(1, "talk.echo", "{}").request(2, "talk.refuse", "{}").request(3, "talk.fail", "{}");
			for (int id = 1; id <= 3; id++) {
				client.readResponse(id);
			}
			await().untilAsserted(() -> {
				assertThat(handled(registry, "talk.echo", "success")).isOne();
				assertThat(handled(registry, "talk.refuse", "refused")).isOne();
				assertThat(handled(registry, "talk.fail", "failed")).isOne();
				assertThat(handled(registry, "talk.echo", "timed-out")).isZero();
			});
		});
	}

	@Test
	void clientsCannotMakeMeters() {
		play((client, registry, port) -> {
			int before = registry.getMeters().size();
			client.request(1, "no.such", "{}").request(2, "no.such2", "{}");
			assertThat(client.readResponse(1)).contains("404");
			assertThat(client.readResponse(2)).contains("404");
			assertThat(registry.getMeters()).hasSize(before);
		});
	}

	@Test
	void listenersOfTheAppDoNotReplaceTheTimers() {
		this.app.withBean(ServerEvents.class, () -> ServerEvents.NONE)
			.run((context) -> assertThat(context).hasSingleBean(HandlerTimers.class)
				.hasSingleBean(ServiceTimers.class)
				.hasSingleBean(NanoMetrics.class));
	}

	@Test
	void thereAreNoMetersWithoutARegistry() {
		GameRunner.create()
			.withConfiguration(AutoConfigurations.of(NanoMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NanoMetrics.class));
	}

	@Test
	void thereAreNoMetersWithoutAServer() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(NanoMetrics.class)
				.doesNotHaveBean(HandlerTimers.class));
	}

	private static long handled(MeterRegistry registry, String route, String outcome) {
		return registry.get("nano.handler").tag("route", route).tag("outcome", outcome).timer().count();
	}

	private static Set<String> meters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("nano."))
			.map((id) -> describe(id.getName(), id.getType(),
					(id.getType() != Meter.Type.TIMER) ? id.getBaseUnit() : null, id.getDescription(),
					id.getTags().stream().map(Tag::getKey).toList()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String describe(Object... facts) {
		return List
			.of(facts.length,
					Arrays.stream(facts)
						.map((fact) -> (fact instanceof List<?> tags) ? new TreeSet<>(tags) : fact)
						.map(String::valueOf)
						.toList())
			.toString();
	}

	private void play(Play play) {
		this.app.withBean(Talk.class).run((context) -> {
			int port = context.getBean(GameServer.class).port();
			try (RawClient client = RawClient.tcp(port).handshake()) {
				play.with(client, context.getBean(MeterRegistry.class), port);
			}
		});
	}

	interface Play {

		void with(RawClient client, MeterRegistry registry, int port) throws Exception;

	}

	@GameComponent
	static class Talk {

		@Handler
		void say(Session session) {
			session.push("onSaid", new Room.Greeting("said"));
		}

		@Handler
		byte[] echo(byte[] body) {
			return body;
		}

		@Handler
		void refuse() {
			throw new RequestException(403, "no");
		}

		@Handler
		void fail() {
			throw new IllegalStateException("on purpose");
		}

	}

	@NanoService("weather")
	interface Weather {

		void rain();

	}

}
