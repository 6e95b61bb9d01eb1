package io.nanogame.spring.push;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.nanogame.group.Audience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushRequestReaderTests {

	private final PushRequestReader reader = new PushRequestReader(3);

	private PushRequest read(PushTarget target, String json) {
		return this.reader.read(target, json.getBytes(StandardCharsets.UTF_8));
	}

	private static String body(PushRequest request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

	@Test
	void eachTargetHasItsAudience() {
		assertThat(read(PushTarget.USER, "{\"uid\":\"ann\",\"route\":\"r\",\"body\":1}").audience())
			.isEqualTo(new Audience.Players(Set.of("ann")));
		assertThat(read(PushTarget.USERS, "{\"uids\":[\"ann\",\"bob\",\"ann\"],\"route\":\"r\",\"body\":1}").audience())
			.isEqualTo(new Audience.Players(Set.of("ann", "bob")));
		assertThat(read(PushTarget.GROUP, "{\"group\":\"a/b c\",\"route\":\"r\",\"body\":1}").audience())
			.isEqualTo(new Audience.GroupMembers("a/b c"));
		assertThat(read(PushTarget.ALL, "{\"route\":\"r\",\"body\":1}").audience()).isEqualTo(new Audience.Everybody());
	}

	@Test
	void aPayloadIsEscapedSoThatAllClientsCanReadIt() {
		assertThat(body(read(PushTarget.ALL, "{\"route\":\"r\",\"body\":{\"a😀\":\"é 😀\"}}")))
			.isEqualTo("{\"a\\ud83d\\ude00\":\"é \\ud83d\\ude00\"}");
		assertThat(body(read(PushTarget.ALL, "{\"route\":\"😀\",\"body\":\"\\ud83d\"}"))).isEqualTo("\"\\ud83d\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-0.0", "1e5", "12345678901234567890.123456789012345678901234567890", "true", "null",
			"\"\"", "\"text \\u00e9 \\\" é ☃\"", "{}", "[]", "{ \"b\" : [1 , 2.50],\n\t\"a\":{}, \"c\": \"}\" }" })
	void theBodyIsPassedOnByteByByte(String body) {
		assertThat(body(read(PushTarget.ALL, "{\"route\":\"r\",\"body\":" + body + "}"))).isEqualTo(body);
		assertThat(body(read(PushTarget.ALL, " {\"body\" : " + body + " , \"route\":\"é\"} \n"))).isEqualTo(body);
		assertThat(body(read(PushTarget.ALL, "\uFEFF{\"body\":" + body + ",\"route\":\"r\"}"))).isEqualTo(body);
	}

	@Test
	void aLongBodyIsPassedOnByteByByte() {
		String body = "[\"" + "é".repeat(30_000) + "\", \"" + "x".repeat(30_000) + "\" ]";
		assertThat(body(read(PushTarget.ALL, "{\"body\":" + body + ",\"route\":\"r\"}"))).isEqualTo(body);
	}

	@Test
	void bytesAreDecoded() {
		assertThat(read(PushTarget.ALL, "{\"route\":\"r\",\"bytes\":\"AAH/\"}").body()).containsExactly(0, 1, -1);
		assertThat(read(PushTarget.ALL, "{\"route\":\"r\",\"bytes\":\"\"}").body()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			USER  | {"route":"r","body":1}                         | The field 'uid' is missing
			USER  | {"uid":"ann","body":1}                         | The field 'route' is missing
			USER  | {"uid":"ann","route":"r"}                      | The field 'body' or 'bytes' is missing
			USER  | {"uid":"","route":"r","body":1}                | The field 'uid' must be text, and not empty
			USER  | {"uid":7,"route":"r","body":1}                 | The field 'uid' must be text, and not empty
			USER  | {"uid":"ann","route":"","body":1}              | The field 'route' must be text, and not empty
			USER  | {"uid":"ann","route":null,"body":1}            | The field 'route' must be text, and not empty
			USER  | {"uids":["ann"],"route":"r","body":1}          | There is no field 'uids' here
			USERS | {"uids":"ann","route":"r","body":1}            | The field 'uids' must be a list of texts
			USERS | {"uids":[],"route":"r","body":1}               | The field 'uids' is empty
			USERS | {"uids":["a",["b"]],"route":"r","body":1}      | The field 'uids' must be text, and not empty
			USERS | {"uids":["a","b","c","d"],"route":"r","body":1}| The field 'uids' has more than 3 entries
			GROUP | {"group":{},"route":"r","body":1}              | The field 'group' must be text, and not empty
			ALL   | {"uid":"ann","route":"r","body":1}             | There is no field 'uid' here
			ALL   | {"route":"r","body":1,"bytes":""}              | There must be 'body' or 'bytes', not both
			ALL   | {"route":"r","bytes":"?"}                      | The field 'bytes' must be base64
			ALL   | {"route":"r","bytes":1}                        | The field 'bytes' must be base64
			ALL   | []                                             | The body must be a JSON object
			ALL   | 1                                              | The body must be a JSON object
			ALL   | {"route":"r","body":1} 2                       | Something follows the JSON object
			ALL   | {"route":"r","body":}                          | The body is no JSON, see line 1, column 21
			ALL   | {"route":"r","route":"s","body":1}             | The body is no JSON, see line 1, column 21
			ALL   | {"route":"r"                                   | The body is no JSON, see line 1, column 13
			""")
	void whatIsNoRequestIsRefusedWithAReason(PushTarget target, String json, String reason) {
		assertThatExceptionOfType(PushRefusedException.class).isThrownBy(() -> read(target, json)).withMessage(reason);
	}

	@Test
	void anEmptyBodyIsRefused() {
		assertThatExceptionOfType(PushRefusedException.class).isThrownBy(() -> read(PushTarget.ALL, ""))
			.withMessage("The body must be a JSON object");
	}

	@Test
	void aRouteThatIsTooLongIsRefused() {
		assertThatExceptionOfType(PushRefusedException.class)
			.isThrownBy(() -> read(PushTarget.ALL, "{\"route\":\"%s\",\"body\":1}".formatted("é".repeat(128))))
			.withMessage("The field 'route' has more than 255 bytes");
	}

	@Test
	void aDeeplyNestedBodyIsRefused() {
		assertThatExceptionOfType(PushRefusedException.class)
			.isThrownBy(() -> read(PushTarget.ALL, "{\"route\":\"r\",\"body\":" + "[".repeat(30_000)))
			.withMessageStartingWith("The body is no JSON");
	}

	@ParameterizedTest
	@CsvSource({ "UTF-16, e", "UTF-16LE, e", "UTF-16BE, e", "UTF-32, e", "UTF-16LE, é", "ISO-8859-1, é" })
	void otherEncodingsAreRefused(String charset, String letter) {
		byte[] json = "{\"route\":\"r\",\"body\":\"%s\"}".formatted(letter).getBytes(Charset.forName(charset));
		assertThatExceptionOfType(PushRefusedException.class).isThrownBy(() -> this.reader.read(PushTarget.ALL, json))
			.withMessage("The body is not in UTF-8");
	}

}
