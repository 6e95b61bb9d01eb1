package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Any;
import com.google.protobuf.SourceContext;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
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
	void protobufMessagesAreReadAndWrittenInTheirJsonForm() {
		Struct struct = Struct.newBuilder()
			.putFields("a", Value.newBuilder().setStringValue("\ud83d\ude00").build())
			.build();
		assertThat(written(struct)).isEqualTo("{\"a\":\"\\ud83d\\ude00\"}");
		assertThat(new String(this.payloads.writer(Struct.class).write(struct), StandardCharsets.UTF_8))
			.isEqualTo(written(struct));
		assertThat(this.payloads.reader(Struct.class).read(bytes(written(struct)))).isEqualTo(struct);
		assertThat(this.payloads.reader(Timestamp.class).read(bytes("\"1970-01-01T00:00:01Z\"")))
			.isEqualTo(Timestamp.newBuilder().setSeconds(1).build());
		assertThat(written(StringValue.of("a\nb"))).isEqualTo("\"a\\nb\"");
	}

	@Test
	void aProtobufMessageIgnoresUnknownFieldsAndMayBeEmpty() {
		SourceContext read = (SourceContext) this.payloads.reader(SourceContext.class)
			.read(bytes("{\"fileName\":\"a\",\"more\":[1]}"));
		assertThat(read.getFileName()).isEqualTo("a");
		assertThat(this.payloads.reader(SourceContext.class).read(new byte[0]))
			.isEqualTo(SourceContext.getDefaultInstance());
		assertThat(written(SourceContext.getDefaultInstance())).isEqualTo("{}");
	}

	@Test
	void aProtobufMessageInTheFormOfBrowserClientsIsRead() {
		byte[] cesu = { '"', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80, '"' };
		assertThat(this.payloads.reader(StringValue.class).read(cesu)).isEqualTo(StringValue.of("\ud83d\ude00"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"fileName\":1}x", "{'fileName':\"a\"}", "{\"fileName\":[]}", "nil", "1 2", "\"", "{",
			"null" })
	void whatIsNotTheJsonOfAProtobufMessageFails(String body) {
		PayloadReader reader = this.payloads.reader(SourceContext.class);
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> reader.read(bytes(body)));
	}

	@Test
	void aLongNumberOfAProtobufMessageFailsAtOnceAlsoAsAString() {
		PayloadReader reader = this.payloads.reader(UInt64Value.class);
		assertThat(reader.read(bytes("\"18446744073709551615\""))).isEqualTo(UInt64Value.of(-1));
		for (String digit : List.of("9", "\\u0039", "\u0669")) {
			String number = digit.repeat(2_000_000);
			assertThatExceptionOfType(SerializationException.class)
				.isThrownBy(() -> reader.read(bytes('"' + number + '"')))
				.withMessageContaining("a number that is too long");
		}
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> reader.read(bytes("9".repeat(2000))));
		String text = "9".repeat(2000) + "x";
		assertThat(this.payloads.reader(StringValue.class).read(bytes('"' + text + '"')))
			.isEqualTo(StringValue.of(text));
	}

	@Test
	void aProtobufMessageWithoutAJsonFormCannotBeWritten() {
		Any unknown = Any.newBuilder().setTypeUrl("example.com/none").build();
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.payloads.write(unknown))
			.withMessage("Not writable as JSON: com.google.protobuf.Any");
	}

	@Test
	void anotherSerializerCannotBeIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> Payloads.jsonText(new RawSerializer()))
			.withMessage("The serializer is raw and not json");
	}

}
