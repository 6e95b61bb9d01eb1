package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandshakeResponseTests {

	private static final ClientInfo BROWSER = new ClientInfo("js-websocket", "0.0.1", "", "", "");

	private static final ClientInfo PITAYA = new ClientInfo("", "", "ios", "4.6.2-", "");

	private final RouteDictionary dictionary = RouteDictionary.of(Map.of("onMessage", 2, "room.join", 1));

	@Test
	void aPomeloClientReceivesTheDictionaryInEveryForm() {
		assertThat(json(accepted(dictionary), BROWSER))
			.isEqualTo("{\"code\":200,\"sys\":{\"heartbeat\":30,\"servertime\":1795211565,\"serializer\":\"json\","
					+ "\"dict\":{\"room.join\":1,\"onMessage\":2},\"useDict\":true,\"dictVersion\":\""
					+ dictionary.version() + "\",\"routeToCode\":{\"room.join\":1,\"onMessage\":2},"
					+ "\"codeToRoute\":{\"1\":\"room.join\",\"2\":\"onMessage\"},"
					+ "\"protos\":{\"client\":{},\"server\":{},\"version\":\"\"}}}");
	}

	@Test
	void anEmptyDictionaryReplacesTheCachedOneOfAPomeloClient() {
		assertThat(json(accepted(RouteDictionary.EMPTY), BROWSER))
			.isEqualTo("{\"code\":200,\"sys\":{\"heartbeat\":30,\"servertime\":1795211565,\"serializer\":\"json\","
					+ "\"dict\":{},\"protos\":{\"client\":{},\"server\":{},\"version\":\"\"}}}");
	}

	@Test
	void aPitayaClientReceivesThePlainDictionaryOnly() {
		assertThat(json(accepted(dictionary), PITAYA))
			.isEqualTo("{\"code\":200,\"sys\":{\"heartbeat\":30,\"servertime\":1795211565,\"serializer\":\"json\","
					+ "\"dict\":{\"room.join\":1,\"onMessage\":2}}}");
		assertThat(json(accepted(RouteDictionary.EMPTY), PITAYA)).contains("\"dict\":{}").doesNotContain("protos");
	}

	@Test
	void theReplyDependsOnNothingElseOfTheClient() {
		ClientInfo pinus = new ClientInfo("js-ws", "0.0.1", "", "", dictionary.version());
		assertThat(json(accepted(dictionary), pinus)).isEqualTo(json(accepted(dictionary), BROWSER));
		assertThat(json(accepted(dictionary), ClientInfo.UNKNOWN)).isEqualTo(json(accepted(dictionary), BROWSER));
	}

	@Test
	void theGameMayAddAUserPart() {
		JsonNode user = Json.object().put("welcome", true);
		HandshakeResponse response = HandshakeResponse.accepted(30, 0, "json", RouteDictionary.EMPTY, user);
		assertThat(json(response, BROWSER)).endsWith("},\"user\":{\"welcome\":true}}");
		assertThat(json(response, PITAYA)).endsWith("},\"user\":{\"welcome\":true}}");
	}

	@Test
	void aRejectionHasAnEmptySys() {
		HandshakeResponse response = HandshakeResponse.refused(501, "client too old");
		assertThat(response.isAccepted()).isFalse();
		assertThat(json(response, BROWSER)).isEqualTo("{\"code\":501,\"msg\":\"client too old\",\"sys\":{}}");
		assertThat(json(response, PITAYA)).isEqualTo(json(response, BROWSER));
	}

	@Test
	void aRejectionWithTheCodeOfAcceptanceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> HandshakeResponse.refused(200, "no"));
	}

	@Test
	void aClientReadsWhatAServerWrites() {
		HandshakeResponse welcome = HandshakeResponse.accepted(30, 1795211565, "json", dictionary,
				Json.object().put("welcome", true));
		assertThat(HandshakeResponse.parse(welcome.toJson(BROWSER))).isEqualTo(welcome);
		assertThat(HandshakeResponse.parse(welcome.toJson(PITAYA))).isEqualTo(welcome);
		HandshakeResponse rejection = HandshakeResponse.refused(400, "no");
		assertThat(HandshakeResponse.parse(rejection.toJson(BROWSER))).isEqualTo(rejection);
	}

	@Test
	void aDictionaryIsAlsoReadFromItsOldForm() {
		assertThat(parse("{\"code\":200,\"sys\":{\"routeToCode\":{\"a\":1}}}").dictionary().code("a")).isEqualTo(1);
		assertThat(parse("{\"code\":200,\"sys\":{\"dict\":{},\"routeToCode\":{\"a\":1}}}").dictionary().code("a"))
			.isEqualTo(1);
	}

	@Test
	void aHeartbeatOfAFractionOfASecondIsRoundedUp() {
		assertThat(parse("{\"code\":200,\"sys\":{\"heartbeat\":0.5}}").heartbeatSeconds()).isEqualTo(1);
		assertThat(parse("{\"code\":200,\"sys\":{\"heartbeat\":2.9}}").heartbeatSeconds()).isEqualTo(2);
		assertThat(parse("{\"code\":200,\"sys\":{\"heartbeat\":0}}").heartbeatSeconds()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{\"code\":\"200\"}", "{\"code\":2.5}", "{\"code\":9999999999}",
			"{\"code\":200,\"sys\":1}", "{\"code\":200,\"sys\":{\"heartbeat\":\"30\"}}",
			"{\"code\":200,\"sys\":{\"heartbeat\":-1}}", "{\"code\":200,\"sys\":{\"heartbeat\":1e400}}",
			"{\"code\":200,\"sys\":{\"servertime\":{}}}", "{\"code\":200,\"sys\":{\"serializer\":1}}",
			"{\"code\":400,\"msg\":{}}", "{\"code\":200,\"sys\":{\"dict\":[]}}",
			"{\"code\":200,\"sys\":{\"dict\":{\"a\":0}}}", "{\"code\":200,\"sys\":{\"dict\":{\"a\":65536}}}",
			"{\"code\":200,\"sys\":{\"dict\":{\"a\":\"1\"}}}", "{\"code\":200,\"sys\":{\"dict\":{\"a\":1,\"b\":1}}}",
			"{\"code\":200,\"sys\":{\"dict\":{\"\":1}}}", "{\"code\":200,\"sys\":{\"routeToCode\":true}}" })
	void aReplyOfTheWrongShapeIsRefused(String json) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> parse(json))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.BAD_HANDSHAKE));
	}

	private static HandshakeResponse accepted(RouteDictionary dictionary) {
		return HandshakeResponse.accepted(30, 1795211565, "json", dictionary, null);
	}

	private static String json(HandshakeResponse response, ClientInfo client) {
		return new String(response.toJson(client), StandardCharsets.UTF_8);
	}

	private static HandshakeResponse parse(String json) {
		return HandshakeResponse.parse(json.getBytes(StandardCharsets.UTF_8));
	}

}
