package io.nanogame.boot.autoconfigure.actuate;

import java.net.http.HttpResponse;
import java.util.List;

import io.nanogame.boot.autoconfigure.NanoServerLifecycle;
import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator of a real app over HTTP.
 */
class ActuatorTests {

	private static final String[] EXPOSED = { "management.endpoints.web.exposure.include=*",
			"management.endpoint.health.show-components=always", "management.endpoint.health.show-details=always" };

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theServerCanBeLookedAt(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, EXPOSED);
				RawClient client = RawClient.tcp(app.gamePort()).handshake()) {
			client.sendHex("03000000").read();
			app.bean(Sessions.class).all().forEach((session) -> session.bind("ada@example.org"));
			HttpResponse<String> response = app.get("/actuator/nano");
			JsonNode nano = JsonMapper.shared().readTree(response.body());
			assertThat(nano.get("state").asString()).isEqualTo("running");
			assertThat(nano.get("port").asInt()).isEqualTo(app.gamePort());
			assertThat(nano.get("listeners").get("server").asInt()).isEqualTo(app.gamePort());
			assertThat(nano.get("connections").get("tcp").asInt()).isOne();
			assertThat(nano.get("sessions").asInt()).isOne();
			assertThat(nano.get("routes").findValuesAsString("name")).isEqualTo(List.of("room.greet", "room.worker"));
			assertThat(response.body()).doesNotContain("ada@example.org").doesNotContain("127.0.0.1");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theHealthOfTheServerIsThatOfTheApp(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, EXPOSED)) {
			assertThat(app.get("/actuator/health").body())
				.contains("\"nano\":{\"details\":{\"port\":" + app.gamePort() + "},\"status\":\"UP\"}");
			app.bean(NanoServerLifecycle.class).stop();
			HttpResponse<String> response = app.get("/actuator/health");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("\"nano\":{\"status\":\"DOWN\"}");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void prometheusCanScrapeTheMeters(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, EXPOSED);
				RawClient client = RawClient.tcp(app.gamePort()).handshake()) {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			client.readResponse(1);
			assertThat(app.get("/actuator/prometheus").body().lines())
				.contains("nano_connections{transport=\"tcp\"} 1.0", "nano_connections{transport=\"websocket\"} 0.0",
						"nano_sessions 1.0", "nano_groups 0.0", "nano_messages_received_total{type=\"request\"} 1.0",
						"nano_messages_sent_total{type=\"response\"} 1.0",
						"nano_messages_sent_total{type=\"push\"} 0.0")
				.anyMatch((line) -> line.startsWith("nano_bytes_received_total "))
				.anyMatch((line) -> line.startsWith("nano_bytes_sent_total "))
				.contains("nano_handler_seconds_count{outcome=\"timed-out\",route=\"room.greet\"} 0");
		}
	}

}
