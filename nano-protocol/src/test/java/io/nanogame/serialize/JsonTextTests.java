package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.google.protobuf.StringValue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written for protocols whose messages are JSON text is JSON text.
 */
class JsonTextTests {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final Payloads payloads = Payloads.jsonText(new JsonSerializer(JsonMapper.shared()));

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private String written(Object value) {
		return new String(this.payloads.write(value), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", " { \"a\" : [ 1, null, \"😀\" ] } ", "[]", "[[],{}]", "0", "-1.5e3", "null", "true",
			"\"text\"", "\"\\ud83d\"" })
	void bytesThatAreJsonAreWrittenAsTheyAre(String json) {
		byte[] value = bytes(json);
		assertThat(this.payloads.write(value)).isSameAs(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "}", "[1,]", "{} {}", "1 2", "{\"a\":1},\"b\":2", "nul", "NaN", "'a'",
			"// c\n1", "\"\t\"", "01", "\uFEFF{}", "{}\u0000" })
	void otherBytesAreAStringOfBase64(String text) {
		assertThat(written(bytes(text))).isEqualTo('"' + Base64.getEncoder().encodeToString(bytes(text)) + '"');
	}

	/** The same text in UTF-16, in the UTF-8 of some browser clients, and too long. */
	@ParameterizedTest
	@ValueSource(strings = { "007b007d", "feff007b007d", "7b007d00", "fffe7b007d00", "22eda0bdedb88022", "22c1a122",
			"22ff22", "22f09f9822" })
	void bytesThatAreNotUtf8AreAStringOfBase64(String hex) {
		byte[] value = HexFormat.of().parseHex(hex);
		assertThat(written(value)).isEqualTo('"' + Base64.getEncoder().encodeToString(value) + '"');
	}

	@Test
	void jsonThatIsTooDeepToBeReadIsAStringOfBase64() {
		assertThat(written(bytes("[".repeat(100_000) + "]".repeat(100_000)))).startsWith("\"W1tb");
	}

	@Property
	void anyBytesAreOneValue(@ForAll byte[] value) {
		byte[] written = this.payloads.write(value);
		if (written != value) {
			assertThat(Base64.getDecoder().decode(STRICT.readValue(written, String.class))).isEqualTo(value);
		}
		STRICT.readTree(written);
	}

	@Test
	void aHandlerThatTakesBytesIsGivenTheTextAsItWasReceived() {
		byte[] text = bytes(" \"aGk=\" ");
		assertThat(this.payloads.reader(byte[].class).read(text)).isSameAs(text);
	}

	@Test
	void everythingElseIsTheSerializers() {
		assertThat(this.payloads.serializer().name()).isEqualTo("json");
		assertThat(written(Map.of("a", "😀"))).isEqualTo("{\"a\":\"\\ud83d\\ude00\"}");
		assertThat(written(ErrorBody.of(404, "gone", false))).isEqualTo("{\"code\":404,\"msg\":\"gone\"}");
		assertThat(written(new RawValue(""))).isEqualTo("{}");
		assertThat(written(this.payloads.empty())).isEqualTo("{}");
		assertThat(new String(this.payloads.writer(List.class).write(List.of(1)), StandardCharsets.UTF_8))
			.isEqualTo("[1]");
		assertThat(this.payloads.reader(Integer.class).read(bytes("7"))).isEqualTo(7);
	}

	@Test
	void bytesInPlaceOfADeclaredTypeAreJsonToo() {
		assertThat(new String(this.payloads.writer(List.class).write(new byte[] { 1 }), StandardCharsets.UTF_8))
			.isEqualTo("\"AQ==\"");
	}

	@Test
	void protobufMessagesAreRefusedAtStartup() {
		String problem = "com.google.protobuf.StringValue is a protobuf message, "
				+ "and payloads of this protocol are JSON text";
		assertThatIllegalArgumentException().isThrownBy(() -> this.payloads.reader(StringValue.class))
			.withMessage(problem);
		assertThatIllegalArgumentException().isThrownBy(() -> this.payloads.writer(StringValue.class))
			.withMessage(problem);
	}

	@Test
	void aProtobufMessageIsNeverWrittenInstead() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.payloads.write(StringValue.getDefaultInstance()))
			.withMessageContaining("is a protobuf message");
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.payloads.writer(Object.class).write(StringValue.getDefaultInstance()));
	}

	@Test
	void anotherSerializerCannotBeIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> Payloads.jsonText(new RawSerializer()))
			.withMessage("The serializer is raw and not json");
	}

}
