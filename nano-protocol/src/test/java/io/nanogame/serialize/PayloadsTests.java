package io.nanogame.serialize;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Bytes and protobuf messages travel as they are, whatever the server's serializer is.
 */
class PayloadsTests {

	private static final byte[] BYTES = { 1, 2, 3 };

	/** An emoji in quotes, as the codec of the family's browser clients writes it. */
	private static final byte[] CESU8 = HexFormat.of().parseHex("22eda0bdedb88022");

	static Serializer[] serializers() {
		return new Serializer[] { new JsonSerializer(JsonMapper.shared()), new ProtobufSerializer(),
				new RawSerializer() };
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void bytesAreBytes(Serializer serializer) {
		Payloads payloads = new Payloads(serializer);
		assertThat(payloads.write(BYTES)).isSameAs(BYTES);
		assertThat(payloads.reader(byte[].class).read(BYTES)).isSameAs(BYTES);
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void protobufMessagesAreProtobuf(Serializer serializer) {
		Payloads payloads = new Payloads(serializer);
		StringValue message = StringValue.of("hi");
		byte[] bytes = payloads.write(message);
		assertThat(bytes).containsExactly(0x0a, 2, 'h', 'i');
		assertThat(payloads.reader(StringValue.class).read(bytes)).isEqualTo(message);
		Struct struct = Struct.newBuilder().putFields("a", Value.newBuilder().setNumberValue(1).build()).build();
		assertThat(payloads.reader(Struct.class).read(payloads.write(struct))).isEqualTo(struct);
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void anEmptyProtobufBodyIsTheDefaultMessage(Serializer serializer) {
		assertThat(new Payloads(serializer).reader(StringValue.class).read(new byte[0]))
			.isEqualTo(StringValue.getDefaultInstance());
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void bytesThatAreNotTheProtobufMessageAreRefused(Serializer serializer) {
		PayloadReader reader = new Payloads(serializer).reader(StringValue.class);
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> reader.read(new byte[] { 0x0a, 9 }))
			.withMessage("The body is not the protobuf message this route expects");
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void aMessageTypeThatWasNotGeneratedIsRefusedAtStartup(Serializer serializer) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Payloads(serializer).reader(DynamicMessage.class))
			.withMessage("com.google.protobuf.DynamicMessage is not a generated protobuf message");
	}

	@Test
	void everythingElseIsTheSerializers() {
		Serializer json = new JsonSerializer(JsonMapper.shared());
		Payloads payloads = new Payloads(json);
		assertThat(payloads.serializer()).isSameAs(json);
		assertThat(text(payloads.write(Map.of("a", 1)))).isEqualTo("{\"a\":1}");
		assertThat(payloads.reader(Map.class).read(payloads.write(Map.of("a", 1)))).isEqualTo(Map.of("a", 1));
		assertThat(text(payloads.empty())).isEqualTo("{}");
	}

	@Test
	void anErrorIsWrittenAsTheSerializerWritesErrors() {
		ErrorBody error = ErrorBody.of(404, "gone", false);
		assertThat(text(new Payloads(new JsonSerializer(JsonMapper.shared())).write(error)))
			.isEqualTo(text(new Payloads(new RawSerializer()).write(error)))
			.isEqualTo("{\"code\":404,\"msg\":\"gone\"}");
		assertThat(new Payloads(new ProtobufSerializer()).write(error)).startsWith(0x0a, 3, '4', '0', '4');
	}

	@Test
	void whateverASerializerThrowsBecomesOneException() {
		Payloads payloads = new Payloads(new Serializer() {

			@Override
			public String name() {
				return "broken";
			}

			@Override
			public byte[] serialize(Object value) {
				throw new IllegalStateException("expected by this test");
			}

			@Override
			public PayloadReader reader(Type type) {
				throw new IllegalArgumentException("never asked");
			}

			@Override
			public byte[] empty() {
				return new byte[0];
			}

		});
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> payloads.write("text"))
			.withMessage("Not writable: java.lang.String")
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void whateverAnnouncesItselfAsJsonIsWrittenAndReadForAllClients() {
		Payloads payloads = new Payloads(new PlainJson());
		assertThat(text(payloads.write("a😀"))).isEqualTo("\"a\\ud83d\\ude00\"");
		assertThat(text(payloads.write(ErrorBody.of(404, "😀", false))))
			.isEqualTo("{\"code\":404,\"msg\":\"\\ud83d\\ude00\"}");
		assertThat(payloads.reader(String.class).read(CESU8)).isEqualTo("😀");
	}

	@Test
	void jsonThatAValueBringsAlongIsWrittenForAllClients() {
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		assertThat(text(payloads.write(new RawValue("\"😀\"")))).isEqualTo("\"\\ud83d\\ude00\"");
	}

	@Test
	void jsonIsNeverEmptyButBytesAndProtobufMessagesMayBe() {
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		assertThat(text(payloads.write(new RawValue("")))).isEqualTo("{}");
		assertThat(payloads.write(new byte[0])).isEmpty();
		assertThat(payloads.write(StringValue.getDefaultInstance())).isEmpty();
	}

	@Test
	void halfACharacterIsWrittenAndReadAsJavaScriptDoesIt() {
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		assertThat(text(payloads.write("\ud83d"))).isEqualToIgnoringCase("\"\\ud83d\"");
		assertThat(payloads.reader(String.class).read(payloads.write("\ud83d"))).isEqualTo("\ud83d");
		assertThat(text(payloads.write(Map.of("\ude00", 1)))).isEqualToIgnoringCase("{\"\\ude00\":1}");
	}

	@ParameterizedTest
	@MethodSource("serializers")
	void anErrorIsReadAsItWasWritten(Serializer serializer) {
		Payloads payloads = new Payloads(serializer);
		ErrorBody read = payloads.readError(payloads.write(ErrorBody.of(404, "gone 😀", false)));
		assertThat(read.msg()).isEqualTo("gone 😀");
		assertThat(read.code()).hasToString("404");
	}

	@Test
	void anErrorThatIsJsonIsReadInBothForms() {
		byte[] error = "{\"code\":404,\"msg\":%s}".formatted(text(CESU8, StandardCharsets.ISO_8859_1))
			.getBytes(StandardCharsets.ISO_8859_1);
		for (Serializer serializer : List.of(new JsonSerializer(JsonMapper.shared()), new RawSerializer())) {
			assertThat(new Payloads(serializer).readError(error)).isEqualTo(new ErrorBody(404, "😀"));
		}
	}

	@Test
	void bytesAreNeverLookedInto() {
		byte[] emoji = "\"😀\"".getBytes(StandardCharsets.UTF_8);
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		assertThat(payloads.write(emoji)).isSameAs(emoji);
		assertThat(payloads.reader(byte[].class).read(CESU8)).isSameAs(CESU8);
	}

	/** Another JSON library, which writes UTF-8 as it pleases. */
	private static final class PlainJson implements Serializer {

		@Override
		public String name() {
			return "json";
		}

		@Override
		public byte[] serialize(Object value) {
			return JsonMapper.shared().writeValueAsBytes(value);
		}

		@Override
		public PayloadReader reader(Type type) {
			return (body) -> {
				try {
					return JsonMapper.shared().readValue(body, String.class);
				}
				catch (JacksonException ex) {
					throw new SerializationException("no text", ex);
				}
			};
		}

		@Override
		public byte[] empty() {
			return new byte[] { '{', '}' };
		}

	}

	private static String text(byte[] bytes, Charset charset) {
		return new String(bytes, charset);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
