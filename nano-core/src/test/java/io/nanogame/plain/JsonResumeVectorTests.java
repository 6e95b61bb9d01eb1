package io.nanogame.plain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nanogame.net.ListenerSettings;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.server.Line;
import io.nanogame.server.TestServer;
import io.nanogame.session.Session;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A session of the protocol {@code json} that is cut and resumed, frame by frame, for
 * makers of clients.
 */
class JsonResumeVectorTests {

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private static final JsonNode FILE = read();

	/** The tokens of the server by those of the vectors. */
	private final Map<String, String> tokens = new HashMap<>();

	private final List<RawJsonClient> connections = new ArrayList<>();

	private static JsonNode read() {
		try (InputStream in = JsonResumeVectorTests.class.getResourceAsStream("/json-resume-vectors.json")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private static List<JsonNode> vectors() {
		return FILE.path("vectors").valueStream().toList();
	}

	private static JsonNode vector(String name) {
		return vectors().stream().filter((it) -> it.path("name").asString().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void theFileIsComplete() {
		assertThat(vectors()).hasSize(FILE.path("count").asInt());
	}

	@ParameterizedTest
	@EnumSource
	void theServerSendsTheseFrames(Line line) {
		TestServer server = Line.open(new TestServer())
			.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("json"))))
			.lane("shop.buy", (request) -> Map.of("gold", 90))
			.lane("move.to", (request) -> null);
		try (server) {
			server.start();
			for (JsonNode vector : vectors()) {
				if (vector.path("from").asString().equals("client")) {
					send(server, line, vector);
				}
				else if (!vector.path("name").asString().equals("reply_kicked")) {
					receive(server, vector);
				}
			}
		}
		finally {
			this.connections.forEach(RawJsonClient::close);
		}
	}

	private RawJsonClient connection() {
		return this.connections.get(this.connections.size() - 1);
	}

	private void send(TestServer server, Line line, JsonNode vector) {
		if (vector.path("name").asString().startsWith("handshake")) {
			this.connections.add(line.connectJson(server.port(), 0));
		}
		if (vector.path("lost").asBoolean(false)) {
			Session session = session(server);
			connection().wire().reset();
			await().until(() -> !session.isConnected());
		}
		else {
			Matcher token = TOKEN.matcher(text(vector));
			connection().send(token.find() ? text(vector).replace(token.group(1), this.tokens.get(token.group(1)))
					: text(vector));
		}
		if (vector.path("name").asString().equals("leave")) {
			await().until(() -> server.sessions.count() == 0);
		}
	}

	private void receive(TestServer server, JsonNode vector) {
		if (text(vector).contains("onNews") && !vector.path("name").asString().endsWith("again")) {
			session(server).push("onNews", Map.of("n", vector.path("number").asInt() - 1));
		}
		if (!vector.path("lost").asBoolean(false)) {
			String frame = connection().read();
			Matcher actual = TOKEN.matcher(frame);
			Matcher expected = TOKEN.matcher(text(vector));
			if (actual.find() && expected.find()) {
				this.tokens.put(expected.group(1), actual.group(1));
				frame = frame.replace(actual.group(1), expected.group(1));
			}
			assertThat(frame).as(vector.path("name").asString()).isEqualTo(text(vector));
		}
	}

	private static Session session(TestServer server) {
		await().until(() -> server.sessions.count() == 1);
		return server.sessions.all().iterator().next();
	}

	private static String text(JsonNode vector) {
		return vector.path("text").asString();
	}

	@Test
	void theReplyAfterAKickContainsTheReason() {
		ResumeReply kicked = new ResumeReply("AAAAAAAAAAghIiMkJSYnKCkqKywtLi8w", 30, State.LOST, 0, "kick", "cheating");
		assertThat(JsonWriter.accepted(null, kicked, true)).asString(StandardCharsets.UTF_8)
			.isEqualTo(text(vector("reply_kicked")));
	}

	/** A frame that was lost is sent again with its number and its bytes. */
	@Test
	void theCountsAreThoseOfTheFramesThatHaveArrived() {
		Map<String, Integer> arrived = new HashMap<>(Map.of("client", 0, "server", 0));
		Map<String, List<String>> lost = Map.of("client", new ArrayList<>(), "server", new ArrayList<>());
		for (JsonNode vector : vectors()) {
			String from = vector.path("from").asString();
			String other = from.equals("client") ? "server" : "client";
			int number = vector.path("number").asInt(0);
			if (vector.path("lost").asBoolean(false)) {
				lost.get(from).add(text(vector));
			}
			else if (number > 0) {
				assertThat(arrived.merge(from, 1, Integer::sum)).as(text(vector)).isEqualTo(number);
				lost.get(from).remove(text(vector));
			}
			else if (vector.has("received")) {
				assertThat(vector.path("received").asInt()).as(text(vector)).isEqualTo(arrived.get(other));
			}
		}
		assertThat(lost.values()).allSatisfy((frames) -> assertThat(frames).isEmpty());
	}

}
