package io.nanogame.plain;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonMessageTests {

	private static JsonMessage parse(String json) {
		return JsonMessage.parse(json.getBytes(StandardCharsets.UTF_8));
	}

	private static String body(String json) {
		return new String(parse(json).body(), StandardCharsets.UTF_8);
	}

	@Test
	void aMessageWithAnIdIsARequest() {
		JsonMessage message = parse("{\"route\":\"room.join\",\"id\":9007199254740991,\"body\":{}}");
		assertThat(message.route()).isEqualTo("room.join");
		assertThat(message.id()).isEqualTo(9007199254740991L);
		assertThat(message.type()).isEqualTo(MessageType.REQUEST);
		assertThat(parse("{\"id\":null,\"route\":\"a\"}").type()).isEqualTo(MessageType.NOTIFY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": [1, 2, {\"b\":\"}\"}] }", "[]", "\"\\\"\\u00e9\ud83d\ude00\"", "\"\"", "-12.50e3",
			"0", "true", "null", "[ { } ]", "12345678901234567890" })
	void aBodyIsTakenUnchanged(String body) {
		assertThat(body("{\"body\":" + body + ",\"route\":\"a\"}")).isEqualTo(body);
		assertThat(body("{ \"route\" : \"a\" , \"body\" : " + body + " }")).isEqualTo(body);
		assertThat(body("{\"\ud83d\ude00\":\"\u20ac\",\"route\":\"a\",\"body\":" + body + "}")).isEqualTo(body);
	}

	@Test
	void theLastOfDuplicateFieldsCountsAndUnknownOnesAreIgnored() {
		assertThat(body("{\"body\":1,\"route\":\"a\",\"x\":{\"body\":3},\"body\":2}")).isEqualTo("2");
		assertThat(parse("{\"route\":\"a\"}").body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"route\":1}", "{\"route\":\"\"}", "{\"route\":null}", "{\"route\":[\"a\"]}",
			"{\"route\":\"a\",\"id\":0}", "{\"route\":\"a\",\"id\":-1}", "{\"route\":\"a\",\"id\":1.0}",
			"{\"route\":\"a\",\"id\":\"1\"}", "{\"route\":\"a\",\"id\":9007199254740992}",
			"{\"route\":\"a\",\"id\":99999999999999999999}", "{\"route\":\"a\",}", "{\"route\":\"a\"]", "{route:\"a\"}",
			"{\"route\":\"a\",\"body\":nul}", "{\"route\":\"a\",\"body\":}", "{'route':'a'}",
			"{\"route\":\"a\",\"id\":1e3}" })
	void anInvalidMessageIsRejected(String json) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> parse(json));
	}

	@Test
	void anObjectWithoutRouteIsNoMessage() {
		for (String json : List.of("{}", "{\"id\":1}", "{\"ack\":7}", "{\"handshake\":{},\"route\":\"a\"}")) {
			assertThat(parse(json).isNumbered()).as(json).isFalse();
		}
		assertThat(parse("{\"route\":\"a\",\"ack\":7}").isNumbered()).isTrue();
	}

	@Test
	void anAcknowledgementHasACount() {
		assertThat(parse("{\"ack\":0}").acknowledged()).isZero();
		assertThat(parse("{\"ack\":9223372036854775807}").acknowledged()).isEqualTo(Long.MAX_VALUE);
		assertThat(parse("{\"route\":\"a\"}").acknowledged()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1.0", "1e3", "\"1\"", "null", "[1]", "{\"ack\":1}", "9223372036854775808" })
	void anImpossibleCountIsNegative(String count) {
		assertThat(parse("{\"ack\":" + count + "}").acknowledged()).isNegative();
		assertThat(body("{\"ack\":" + count + ",\"route\":\"a\",\"body\":2}")).isEqualTo("2");
	}

	@Test
	void onlyTrueEndsASession() {
		assertThat(parse("{\"close\":true}").leaves()).isTrue();
		for (String other : List.of("false", "null", "1", "[true]", "{\"close\":true}")) {
			assertThat(parse("{\"close\":" + other + "}").leaves()).as(other).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "true", "\"x\"", "[{}]", "1" })
	void anotherFieldOfTheNameResumeIsIgnored(String value) {
		JsonMessage message = parse("{\"resume\":" + value + ",\"handshake\":{\"a\":1}}");
		assertThat(message.resume()).isNull();
		assertThat(message.handshake()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
	}

	@Test
	void aRequestToResumeIsBesideTheHandshake() {
		assertThat(parse("{\"handshake\":{},\"resume\":{}}").resume()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
		assertThat(parse("{\"handshake\":{}}").resume()).isNull();
		assertThat(parse("{\"handshake\":{},\"resume\":null}").resume()).isNull();
	}

	@Test
	void aRouteHasAtMost255Characters() {
		assertThat(parse("{\"route\":\"" + "r".repeat(255) + "\"}").route()).hasSize(255);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> parse("{\"route\":\"" + "r".repeat(256) + "\"}"))
			.withMessageContaining("1 to 255");
	}

	@Test
	void deepNestingIsRejected() {
		String deep = "[".repeat(100_000) + "]".repeat(100_000);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> parse("{\"route\":\"a\",\"body\":" + deep + "}"));
	}

	@Test
	void anObjectIsFoundHoweverItsBytesAreSplit() {
		String two = " {\"a\":\"}\\\\\\\"{\",\"b\":[{}]}\r\n{\"c\":1}";
		for (int step = 1; step <= two.length(); step++) {
			ByteBuf in = Unpooled.buffer();
			ObjectScan scan = new ObjectScan();
			StringBuilder found = new StringBuilder();
			for (int at = 0; at < two.length(); at += step) {
				in.writeBytes(two.substring(at, Math.min(at + step, two.length())).getBytes(StandardCharsets.UTF_8));
				int length;
				while ((length = scan.length(in, 100)) > 0) {
					found.append(in.readCharSequence(length, StandardCharsets.UTF_8)).append(';');
				}
			}
			assertThat(found).hasToString("{\"a\":\"}\\\\\\\"{\",\"b\":[{}]};{\"c\":1};");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"a", "{\"a\\", "{\"a\":[{" })
	void anIncompleteObjectIsForgotten(String cut) {
		ObjectScan scan = new ObjectScan();
		assertThat(scan.length(Unpooled.copiedBuffer(cut, StandardCharsets.UTF_8), 100)).isZero();
		scan.reset();
		assertThat(scan.length(Unpooled.copiedBuffer("{\"b\":1}", StandardCharsets.UTF_8), 100)).isEqualTo(7);
	}

	@Test
	void anObjectThatIsTooLongIsRejectedBeforeItIsComplete() {
		ByteBuf in = Unpooled.copiedBuffer("{\"a\":\"xxxxxxxxxx", StandardCharsets.UTF_8);
		assertThat(new ObjectScan().length(in, 16)).isZero();
		in.writeByte('x');
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new ObjectScan().length(in, 16))
			.withMessage("packet too large");
	}

}
