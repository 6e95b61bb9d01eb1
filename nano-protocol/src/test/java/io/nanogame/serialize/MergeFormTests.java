package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MergeFormTests {

	private final Payloads json = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Payloads protobuf = new Payloads(new ProtobufSerializer());

	private final MergeForm items = new MergeForm("items");

	/** A list of protobuf values is a message with one repeated field. */
	private final MergeForm values = new MergeForm("values").withProtobuf(ListValue.class);

	private String written(Object... payloads) {
		return text(this.json.write(new MergedPayload(this.items, List.of(payloads))));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static Value value(String text) {
		return Value.newBuilder().setStringValue(text).build();
	}

	@Test
	void jsonIsAnObjectWithAListOfItems() {
		assertThat(written("a")).isEqualTo("{\"items\":[\"a\"]}");
		assertThat(written(1, Map.of("b", 2), List.of())).isEqualTo("{\"items\":[1,{\"b\":2},[]]}");
	}

	@Test
	void bytesInAListAreJsonOrBase64() {
		assertThat(written("[1]".getBytes(), "no json".getBytes(), new byte[0]))
			.isEqualTo("{\"items\":[[1],\"bm8ganNvbg==\",\"\"]}");
	}

	@Test
	void anEmptyItemIsAnEmptyObject() {
		assertThat(written(new RawValue(""), 1)).isEqualTo("{\"items\":[{},1]}");
	}

	@Test
	void protobufMessagesInAListAreTheirJsonForm() {
		assertThat(written(StringValue.of("hi"))).isEqualTo("{\"items\":[\"hi\"]}");
	}

	@Test
	void charactersAboveU_FFFFAreEscapes() {
		assertThat(written("\uD83D\uDE00")).isEqualToIgnoringCase("{\"items\":[\"\\uD83D\\uDE00\"]}");
	}

	@Test
	void joinedJsonHasTheItemsOfAll() {
		byte[] first = this.json.write(new MergedPayload(this.items, List.of(1, 2)));
		byte[] second = this.json.write(new MergedPayload(this.items, List.of("]},{[")));
		byte[] third = this.json.write(new MergedPayload(this.items, List.of(3)));
		assertThat(this.items.join(this.json, List.of(first))).isEqualTo(first);
		assertThat(text(this.items.join(this.json, List.of(first, second, third))))
			.isEqualTo("{\"items\":[1,2,\"]},{[\",3]}");
	}

	@Test
	void joinedProtobufHasTheItemsOfAll() throws InvalidProtocolBufferException {
		byte[] first = this.protobuf
			.write(new MergedPayload(this.values, List.of(value("a"), value("b".repeat(5000)))));
		byte[] second = this.protobuf.write(new MergedPayload(this.values, List.of(value("c").toByteArray())));
		assertThat(ListValue.parseFrom(this.values.join(this.protobuf, List.of(first, second))).getValuesList())
			.containsExactly(value("a"), value("b".repeat(5000)), value("c"));
	}

	@Test
	void aJoinedPayloadIsNotLongerThanItsParts() {
		List<byte[]> parts = List.of(this.json.write(new MergedPayload(this.items, List.of(1))),
				this.json.write(new MergedPayload(this.items, List.of(2))));
		assertThat(this.items.join(this.json, parts)).hasSizeLessThan(parts.get(0).length + parts.get(1).length);
	}

	@Test
	void anItemOfAnotherTypeCannotBeWritten() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.protobuf.write(new MergedPayload(this.values, List.of(StringValue.of("no value")))))
			.withMessageContaining("google.protobuf.Value");
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.protobuf.write(new MergedPayload(this.values, List.of("text"))));
	}

	@Test
	void aSerializerWithoutTheFormCannotWriteIt() {
		Payloads raw = new Payloads(new RawSerializer());
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> raw.write(new MergedPayload(this.items, List.of("a"))))
			.withMessageContaining("raw");
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.protobuf.write(new MergedPayload(this.items, List.of(value("a")))))
			.withMessageContaining("protobuf");
		assertThat(this.items.isWrittenBy("json")).isTrue();
		assertThat(this.items.isWrittenBy("raw")).isFalse();
		assertThat(this.items.isWrittenBy("protobuf")).isFalse();
		assertThat(this.values.isWrittenBy("protobuf")).isTrue();
	}

	@Test
	void aProtocolWithItsOwnFormOfValuesMergesWithThePayloadsOfTheServer() {
		Payloads raw = new Payloads(new RawSerializer(), this.json);
		byte[] first = raw.write(new MergedPayload(this.items, List.of("a")));
		byte[] second = raw.write(new MergedPayload(this.items, List.of(2)));
		assertThat(text(this.items.join(raw, List.of(first, second)))).isEqualTo("{\"items\":[\"a\",2]}");
	}

	@Test
	void aTypeWithoutARepeatedMessageOfTheNameIsRejected() {
		for (Class<?> type : List.of(StringValue.class, ListValue.class, String.class)) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.items.withProtobuf(type))
				.withMessageContaining(type.getName());
		}
		// A map is a repeated field on the wire.
		assertThatIllegalArgumentException().isThrownBy(() -> new MergeForm("fields").withProtobuf(Struct.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1a", "a b", "a\"", "é" })
	void aNameThatIsNoFieldIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new MergeForm(name));
	}

	@Test
	void aMergedPayloadHasItems() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MergedPayload(this.items, List.of()));
	}

}
