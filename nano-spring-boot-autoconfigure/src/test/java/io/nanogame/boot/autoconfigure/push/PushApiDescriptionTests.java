package io.nanogame.boot.autoconfigure.push;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.nanogame.boot.autoconfigure.RunningApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The push API conforms to its OpenAPI document: each documented response occurs and
 * matches its schema, and requests are read as their schemas define.
 */
class PushApiDescriptionTests {

	private static final String TOO_LONG = "{\"route\":\"" + "x".repeat(3000) + "\"}";

	private final RunningApp app = RunningApp.start(PushApiTests.App.class, WebApplicationType.SERVLET,
			"nano.push-api.enabled=true", "nano.push-api.keys=" + PushCaller.KEY, "nano.push-api.max-body-size=2KB",
			"nano.push-api.requests-per-second=0");

	private final RunningApp slow = RunningApp.start(PushApiTests.App.class, WebApplicationType.SERVLET,
			"nano.push-api.enabled=true", "nano.push-api.keys=" + PushCaller.KEY,
			"nano.push-api.requests-per-second=1");

	private final PushCaller caller = new PushCaller(this.app);

	private final JsonNode document = resolved(JsonMapper.shared()
		.valueToTree(new Yaml().<Map<String, Object>>load(this.caller.get("/openapi.yaml").body())));

	@AfterEach
	void stop() {
		this.app.close();
		this.slow.close();
	}

	/** Resolves references. */
	private static JsonNode resolved(JsonNode document) {
		return resolved(document, document);
	}

	private static JsonNode resolved(JsonNode node, JsonNode document) {
		JsonNode reference = node.get("$ref");
		if (reference != null) {
			JsonNode target = document.at(reference.asString().substring(1));
			assertThat(target.isMissingNode()).as(reference.asString()).isFalse();
			return resolved(target, document);
		}
		if (node instanceof ObjectNode object) {
			ObjectNode copy = object.objectNode();
			object.properties().forEach((field) -> copy.set(field.getKey(), resolved(field.getValue(), document)));
			return copy;
		}
		if (node.isArray()) {
			var copy = JsonMapper.shared().createArrayNode();
			node.forEach((element) -> copy.add(resolved(element, document)));
			return copy;
		}
		return node;
	}

	/** The requests that cause each response. */
	private Map<String, Supplier<HttpResponse<String>>> exercises() {
		Map<String, Supplier<HttpResponse<String>>> exercises = new TreeMap<>();
		for (String path : List.of("/user", "/users", "/group", "/all")) {
			String example = example(path).toString();
			exercises.put("post " + path + " 200", () -> this.caller.post(path, example));
			exercises.put("post " + path + " 400", () -> this.caller.post(path, "{}"));
			exercises.put("post " + path + " 401",
					() -> this.caller.post(path, example, (request) -> request.setHeader("Authorization", "")));
			exercises.put("post " + path + " 405", () -> this.caller.get(path));
			exercises.put("post " + path + " 413", () -> this.caller.post(path, TOO_LONG));
			exercises.put("post " + path + " 415", () -> this.caller.post(path, example,
					(request) -> request.setHeader("Content-Type", "text/plain")));
			exercises.put("post " + path + " 429", () -> untilRefused(path, example));
		}
		exercises.put("get /openapi.yaml 200", () -> this.caller.get("/openapi.yaml"));
		exercises.put("get /openapi.yaml 401",
				() -> this.caller.send("/openapi.yaml", (request) -> request.setHeader("Authorization", "")));
		exercises.put("get /openapi.yaml 405", () -> this.caller.post("/openapi.yaml", ""));
		return exercises;
	}

	private HttpResponse<String> untilRefused(String path, String body) {
		PushCaller hasty = new PushCaller(this.slow);
		HttpResponse<String> answer;
		do {
			answer = hasty.post(path, body);
		}
		while (answer.statusCode() == 200);
		return answer;
	}

	private JsonNode request(String path) {
		return this.document.at("/paths").get(path).at("/post/requestBody/content/application~1json");
	}

	private ObjectNode example(String path) {
		return (ObjectNode) request(path).get("example");
	}

	@Test
	void eachDocumentedResponseOccursAndMatchesItsSchema() {
		Map<String, Supplier<HttpResponse<String>>> exercises = exercises();
		Set<String> documented = new TreeSet<>();
		this.document.get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> method.getValue().get("responses").properties().forEach((response) -> {
					String name = method.getKey() + " " + path.getKey() + " " + response.getKey();
					documented.add(name);
					assertThat(exercises).containsKey(name);
					assertAnswer(name, exercises.get(name).get(), response.getKey(), response.getValue());
				})));
		assertThat(documented).isEqualTo(exercises.keySet());
	}

	private static void assertAnswer(String name, HttpResponse<String> answer, String status, JsonNode documented) {
		assertThat(answer.statusCode()).as(name).hasToString(status);
		Map.Entry<String, JsonNode> content = documented.get("content").properties().iterator().next();
		assertThat(answer.headers().firstValue("Content-Type")).as(name).hasValue(content.getKey());
		documented.path("headers")
			.propertyNames()
			.forEach((header) -> assertThat(answer.headers().firstValue(header)).as(name + " " + header).isPresent());
		JsonNode schema = content.getValue().get("schema");
		if (schema != null) {
			JsonNode body = JsonMapper.shared().readTree(answer.body());
			assertThat(body.propertyNames()).as(name)
				.containsExactlyInAnyOrderElementsOf(schema.get("properties").propertyNames())
				.containsExactlyInAnyOrderElementsOf(texts(schema.get("required")));
			body.properties()
				.forEach((field) -> assertThat(field.getValue().isIntegralNumber() ? "integer" : "string")
					.as(name + " " + field.getKey())
					.isEqualTo(schema.at("/properties/" + field.getKey() + "/type").asString()));
		}
	}

	private static List<String> texts(JsonNode list) {
		List<String> texts = new ArrayList<>();
		list.forEach((text) -> texts.add(text.asString()));
		return texts;
	}

	@Test
	void requestsAreReadAsTheirSchemasHaveThem() {
		for (String path : List.of("/user", "/users", "/group", "/all")) {
			JsonNode schema = request(path).get("schema");
			List<String> required = texts(schema.get("required"));
			List<String> payloads = new ArrayList<>();
			schema.get("oneOf").forEach((choice) -> payloads.addAll(texts(choice.get("required"))));
			assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
			List<String> all = new ArrayList<>(required);
			all.addAll(payloads);
			assertThat(schema.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(all);
			for (String payload : payloads) {
				ObjectNode request = example(path).deepCopy().without(payloads).put(payload, "AAEC");
				assertThat(status(path, request)).isEqualTo(200);
				for (String field : required) {
					assertThat(status(path, request.deepCopy().without(field))).as(path + field).isEqualTo(400);
				}
				assertThat(status(path, request.deepCopy().without(payload))).isEqualTo(400);
				assertThat(status(path, request.deepCopy().put("more", 1))).isEqualTo(400);
			}
			assertThat(status(path, example(path).deepCopy().put("body", "AA").put("bytes", "AA"))).isEqualTo(400);
		}
	}

	private int status(String path, JsonNode request) {
		return this.caller.post(path, request.toString()).statusCode();
	}

	@Test
	void thePathsAreThoseOfItsServer() {
		assertThat(this.document.at("/servers/0/url").asString()).isEqualTo("/nano/push");
		assertThat(this.document.at("/components/securitySchemes/key/scheme").asString()).isEqualTo("bearer");
	}

}
