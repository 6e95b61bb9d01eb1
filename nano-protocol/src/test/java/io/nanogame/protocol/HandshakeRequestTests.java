package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandshakeRequestTests {

	@Test
	void anEmptyBodyIsAnUnknownClient() {
		HandshakeRequest request = HandshakeRequest.parse(new byte[0]);
		assertThat(request.client()).isSameAs(ClientInfo.UNKNOWN);
		assertThat(request.user().isObject()).isTrue();
		assertThat(request.user().isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"sys\": null, \"user\": null}", "{\"user\": {}}", "{\"sys\": {}}",
			"{\"more\": [1]}", "\uFEFF{}" })
	void bothPartsMayBeAbsent(String json) {
		HandshakeRequest request = parse(json);
		assertThat(request.client()).isSameAs(ClientInfo.UNKNOWN);
		assertThat(request.user().isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "null", "[]", "1", "\"x\"", "{", "{}}", "{} {}", "{\"sys\": 1}", "{\"sys\": []}",
			"{\"sys\": \"x\"}", "{\"user\": \"x\"}", "{\"user\": [{}]}", "{\"user\": false}", "{\"user\": {\"a\": }}",
			"{'user': {}}", "{\"user\": NaN}", "GET / HTTP/1.1" })
	void anyOtherShapeIsRefused(String json) {
		refused(json.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void deepJsonDoesNotOverflowTheStack() {
		for (String open : List.of("[", "{\"a\":")) {
			refused(open.repeat(100_000).getBytes(StandardCharsets.UTF_8));
			refused(("{\"user\":" + open.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
			refused(("{\"more\":" + open.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void theDeepestAcceptedUserPartCanBeReadAndWritten() {
		String deep = "{\"user\":{\"a\":" + "[".repeat(450) + "]".repeat(450) + "}}";
		HandshakeRequest request = parse(deep);
		assertThat(request.user().toString()).contains("[".repeat(450));
		assertThat(request.toJson()).hasSizeGreaterThan(900);
	}

	@Test
	void sixtyKibibytesOfRubbishAreRefused() {
		for (int rubbish : new int[] { 0, ' ', '"', '{', '[', '1', 'x', 0x80, 0xFF }) {
			byte[] body = new byte[60 * 1024];
			Arrays.fill(body, (byte) rubbish);
			refused(body);
		}
	}

	@Test
	void aNumberOfSixtyThousandDigitsIsRefused() {
		refused(("{\"user\":{\"n\":" + "1".repeat(60_000) + "}}").getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void theUserPartIsReadAsATree() {
		assertThat(parse("{\"user\": {\"name\": \"x\", \"tags\": [1, 2]}}").user())
			.hasToString("{\"name\":\"x\",\"tags\":[1,2]}");
	}

	@Test
	void aChangeOfTheTreeDoesNotAffectTheNextOne() {
		HandshakeRequest request = parse("{\"user\": {\"name\": \"x\"}}");
		((ObjectNode) request.user()).removeAll();
		assertThat(request.user().isEmpty()).isFalse();
	}

	@Test
	void theUserPartIsReadAsAnObjectOfTheGame() {
		assertThat(parse("{\"user\": {\"name\": \"x\", \"more\": 1}}").user(Player.class)).isEqualTo(new Player("x"));
	}

	@Test
	void anAbsentUserPartIsAnEmptyObjectOfTheGame() {
		assertThat(HandshakeRequest.parse(new byte[0]).user(Player.class)).isEqualTo(new Player(null));
	}

	@Test
	void aUserPartThatDoesNotFitTheTypeFailsWhenItIsRead() {
		HandshakeRequest request = parse("{\"user\": {\"name\": {}}}");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> request.user(Player.class))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(ProtocolException.Reason.BAD_USER_PART))
			.havingCause()
			.withMessageContaining("name");
	}

	@Test
	void anUnpairedSurrogateInTheUserPartIsKept() {
		assertThat(parse("{\"user\": {\"name\": \"\\ud83d\"}}").user().path("name").asString()).isEqualTo("\ud83d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "f6afafad", "eda080", "f4908080" })
	void aFieldNameThatIsNotUnicodeIsRefused(String name) {
		refused(HexFormat.of().parseHex("7b2275736572223a7b22" + name + "223a317d7d"));
	}

	@Test
	void anUnpairedSurrogateAsAFieldNameIsRefusedInAnyEncoding() {
		String json = "{\"user\": {\"\\ud83d\": 1}}";
		refused(json.getBytes(StandardCharsets.UTF_8));
		refused(json.getBytes(StandardCharsets.UTF_16));
	}

	@Test
	void aClientWritesWhatAServerReads() {
		ClientInfo client = new ClientInfo("java", "1.0", "", "", "abc");
		HandshakeRequest request = HandshakeRequest.of(client, new Player("x"));
		assertThat(new String(request.toJson(), StandardCharsets.UTF_8)).isEqualTo(
				"{\"sys\":{\"type\":\"java\",\"version\":\"1.0\",\"dictVersion\":\"abc\"},\"user\":{\"name\":\"x\"}}");
	}

	@Test
	void aClientWithoutAUserPartWritesNone() {
		HandshakeRequest request = HandshakeRequest.of(ClientInfo.UNKNOWN, null);
		assertThat(new String(request.toJson(), StandardCharsets.UTF_8)).isEqualTo("{\"sys\":{}}");
	}

	@Test
	void theUserPartOfAClientMustBeAnObject() {
		assertThat(HandshakeRequest.of(ClientInfo.UNKNOWN, Map.of("a", 1)).user()).hasToString("{\"a\":1}");
		assertThatIllegalArgumentException().isThrownBy(() -> HandshakeRequest.of(ClientInfo.UNKNOWN, "x"))
			.withMessageContaining("JSON object");
	}

	private static HandshakeRequest parse(String json) {
		return HandshakeRequest.parse(json.getBytes(StandardCharsets.UTF_8));
	}

	private static void refused(byte[] body) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HandshakeRequest.parse(body))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.BAD_HANDSHAKE));
	}

	record Player(String name) {
	}

}
