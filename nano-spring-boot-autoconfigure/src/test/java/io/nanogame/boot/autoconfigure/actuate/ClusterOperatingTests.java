package io.nanogame.boot.autoconfigure.actuate;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An operator looks for sessions and drains nodes of a cluster, over HTTP.
 */
@Timeout(120)
class ClusterOperatingTests {

	private static final String[] PROPERTIES = { "nano.cluster.enabled=true", "nano.cluster.heartbeat=200ms",
			"management.endpoints.web.exposure.include=nanocluster,health",
			"management.endpoint.health.probes.enabled=true" };

	private static final String UNRESTRICTED = "management.endpoint.nanocluster.access=unrestricted";

	private static final String DRAIN = "/actuator/nanocluster/drain";

	private final NatsServer nats = new NatsServer();

	@AfterEach
	void stopNats() {
		this.nats.close();
	}

	private String[] properties(String name, String... more) {
		return Stream.of(Arrays.stream(PROPERTIES),
				Stream.of("nano.cluster.servers=" + this.nats.url(), "nano.cluster.name=" + name), Arrays.stream(more))
			.flatMap((all) -> all)
			.toArray(String[]::new);
	}

	/** A node that serves clients and has no hall. */
	private RunningApp gate(String... more) {
		return RunningApp.start(WebApplicationType.SERVLET, properties("gate", more));
	}

	/** A node with a hall. */
	private RunningApp hall(WebApplicationType type, Hall hall) {
		return RunningApp.startWith(type, List.of(hall), properties("hall", UNRESTRICTED, "nano.server.enabled=false"));
	}

	private static void awaitHall(RunningApp gate) {
		await().until(() -> !gate.bean(ClusterNode.class).nodes().withComponent("hall").isEmpty());
	}

	private static String id(RunningApp app) {
		return app.bean(ClusterNode.class).nodes().self().id();
	}

	private static long session(RunningApp gate) {
		return gate.bean(Sessions.class).all().iterator().next().id();
	}

	private static HttpResponse<String> session(RunningApp asked, Object id) throws Exception {
		return asked.get("/actuator/nanocluster/sessions/" + id);
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static JsonNode drain(RunningApp app, String method) throws IOException, InterruptedException {
		return json(app.send(method, DRAIN));
	}

	private static int readiness(RunningApp app) throws IOException, InterruptedException {
		return app.get("/actuator/health/readiness").statusCode();
	}

	@Test
	void anyNodeKnowsWhereASessionIs() throws Exception {
		Hall hall = new Hall();
		try (RunningApp backend = hall(WebApplicationType.REACTIVE, hall); RunningApp gate = gate()) {
			awaitHall(gate);
			try (RawClient client = RawClient.tcp(gate.gamePort()).handshake()) {
				client.request(1, "hall.hold", "{}");
				CompletableFuture<String> held = await().until(hall.held::poll, (result) -> result != null);
				long id = session(gate);
				gate.bean(Sessions.class).find(id).orElseThrow().bind("ada@example.org");
				gate.bean(Sessions.class).find(id).orElseThrow().attributes().set("secret", "s3cr3t");

				HttpResponse<String> ofGate = session(gate, id);
				JsonNode json = json(ofGate);
				assertThat(json.get("id").asLong()).isEqualTo(id);
				assertThat(json.get("state").asString()).isEqualTo("open");
				assertThat(json.get("gateway").toString())
					.isEqualTo("{\"id\":\"%s\",\"name\":\"gate\",\"self\":true}".formatted(id(gate)));
				assertThat(json.get("components").toString()).isEqualTo("{\"hall\":\"%s\"}".formatted(id(backend)));
				assertThat(json.get("messages").asInt()).isOne();
				assertThat(json.get("version").asInt()).isEqualTo(2);
				JsonNode copy = json.get("nodes").get(0);
				assertThat(copy.get("id").asString()).isEqualTo(id(backend));
				assertThat(copy.get("name").asString()).isEqualTo("hall");
				assertThat(copy.get("messages").asInt()).isOne();
				assertThat(copy.get("oldest").asString()).startsWith("PT");

				await().untilAsserted(() -> assertThat(json(session(backend, id)).get("version").asInt()).isEqualTo(2));
				HttpResponse<String> ofBackend = session(backend, id);
				json = json(ofBackend);
				assertThat(json.get("state").asString()).isEqualTo("copied");
				assertThat(json.get("gateway").get("id").asString()).isEqualTo(id(gate));
				assertThat(json.get("messages").asInt()).isOne();
				assertThat(json.has("nodes")).isFalse();

				json = json(session(backend, id + 1));
				assertThat(json.get("state").asString()).isEqualTo("elsewhere");
				assertThat(json.get("gateway").get("name").asString()).isEqualTo("gate");
				assertThat(json.has("messages")).isFalse();

				assertThat(ofGate.body() + ofBackend.body()).doesNotContain("ada", "secret", "s3cr3t", "127.0.0.1");
				held.complete("held");
				assertThat(client.readResponse(1)).contains("held");
				await().untilAsserted(
						() -> assertThat(json(session(gate, id)).get("nodes").get(0).get("messages").asInt()).isZero());
			}
		}
	}

	@Test
	void unknownSessionsAndPartsAreNotFound() throws Exception {
		try (RunningApp gate = gate(UNRESTRICTED)) {
			assertThat(session(gate, 1).statusCode()).isEqualTo(404);
			assertThat(session(gate, "x").statusCode()).isEqualTo(400);
			assertThat(gate.get("/actuator/nanocluster/players/1").statusCode()).isEqualTo(404);
			assertThat(gate.get("/actuator/nanocluster/other").statusCode()).isEqualTo(404);
			assertThat(gate.send("POST", "/actuator/nanocluster/other").statusCode()).isEqualTo(400);
			assertThat(gate.send("DELETE", "/actuator/nanocluster/other").statusCode()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aNodeIsDrainedAndServesAgain(WebApplicationType type) throws Exception {
		Hall hall = new Hall();
		try (RunningApp backend = hall(type, hall); RunningApp gate = gate()) {
			awaitHall(gate);
			try (RawClient client = RawClient.tcp(gate.gamePort()).handshake()) {
				assertThat(drain(backend, "GET").get("state").asString()).isEqualTo("serving");
				assertThat(readiness(backend)).isEqualTo(200);
				client.request(1, "hall.hold", "{}");
				CompletableFuture<String> held = await().until(hall.held::poll, (result) -> result != null);

				JsonNode begun = drain(backend, "POST");
				assertThat(begun.get("state").asString()).isEqualTo("draining");
				assertThat(begun.get("drained").asBoolean()).isFalse();
				assertThat(begun.get("clients").get("left").asInt()).isZero();
				assertThat(begun.get("copies").asInt()).isOne();
				assertThat(begun.get("messages").asInt()).isOne();
				assertThat(begun.get("calls").asInt()).isZero();
				assertThat(readiness(backend)).isEqualTo(503);
				await().until(() -> gate.bean(ClusterNode.class).nodes().others().stream().allMatch(Node::leaving));
				client.request(2, "hall.greet", "{}");

				held.complete("held");
				assertThat(client.readResponse(1)).contains("held");
				assertThat(client.readResponse(2)).contains("503");
				await().until(() -> drain(backend, "GET").get("drained").asBoolean());
				assertThat(drain(backend, "POST").get("since")).isEqualTo(begun.get("since"));

				assertThat(drain(backend, "DELETE").get("state").asString()).isEqualTo("serving");
				assertThat(drain(backend, "DELETE").has("since")).isFalse();
				assertThat(readiness(backend)).isEqualTo(200);
				awaitHall(gate);
				client.request(3, "hall.greet", "{}");
				assertThat(client.readResponse(3)).contains("welcome");
			}
		}
	}

	@Test
	void theClientsOfADrainedNodeStayWithoutAnotherGateway() throws Exception {
		try (RunningApp gate = gate(UNRESTRICTED); RawClient client = RawClient.tcp(gate.gamePort()).handshake()) {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).contains("Ada");
			drain(gate, "POST");
			await().until(() -> drain(gate, "GET").get("drained").asBoolean());
			assertThat(drain(gate, "GET").get("clients").get("left").asInt()).isOne();
			client.request(2, "room.greet", "{\"name\":\"Bob\"}");
			assertThat(client.readResponse(2)).contains("Bob");
		}
	}

	@Test
	void theEndOfADrainDoesNotAcceptTrafficThatTheAppRefuses() throws Exception {
		try (RunningApp gate = gate(UNRESTRICTED)) {
			AvailabilityChangeEvent.publish(gate.context(), ReadinessState.REFUSING_TRAFFIC);
			drain(gate, "POST");
			drain(gate, "DELETE");
			assertThat(readiness(gate)).isEqualTo(503);
		}
	}

	@Test
	void theDrainOfANodeThatStopsCannotBeUndone() throws Exception {
		try (RunningApp gate = gate(UNRESTRICTED)) {
			gate.bean(ClusterNode.class).drain().stop();
			assertThat(gate.send("DELETE", DRAIN).statusCode()).isEqualTo(400);
			assertThat(drain(gate, "GET").get("state").asString()).isEqualTo("stopping");
		}
	}

	@Test
	void aDrainMustBePermitted() throws Exception {
		try (RunningApp gate = gate()) {
			assertThat(gate.send("POST", DRAIN).statusCode()).isEqualTo(405);
			assertThat(gate.send("DELETE", DRAIN).statusCode()).isEqualTo(405);
			assertThat(drain(gate, "GET").get("state").asString()).isEqualTo("serving");
		}
	}

	/** A component whose replies a test determines. */
	@GameComponent("hall")
	static class Hall {

		final ConcurrentLinkedQueue<CompletableFuture<String>> held = new ConcurrentLinkedQueue<>();

		@Handler
		CompletableFuture<String> hold() {
			CompletableFuture<String> result = new CompletableFuture<>();
			this.held.add(result);
			return result;
		}

		@Handler
		String greet() {
			return "welcome";
		}

	}

}
