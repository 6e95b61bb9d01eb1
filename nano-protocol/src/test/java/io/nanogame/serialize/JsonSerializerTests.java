package io.nanogame.serialize;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonSerializerTests {

	private final JsonSerializer serializer = new JsonSerializer(JsonMapper.shared());

	record Join(String name, int level) {
	}

	/** A method such as a handler, whose parameter has generics. */
	@SuppressWarnings("unused")
	void handler(List<Join> joins, Map<String, Optional<Integer>> scores) {
	}

	private static Type parameter(int index) throws NoSuchMethodException {
		return JsonSerializerTests.class.getDeclaredMethod("handler", List.class, Map.class)
			.getGenericParameterTypes()[index];
	}

	private Object read(Type type, String body) {
		return this.serializer.reader(type).read(body.getBytes(StandardCharsets.UTF_8));
	}

	private String write(Object value) {
		return new String(this.serializer.serialize(value), StandardCharsets.UTF_8);
	}

	@Test
	void itsNameIsWhatClientsAreTold() {
		assertThat(this.serializer.name()).isEqualTo("json");
	}

	@Test
	void aRecordIsAnObject() {
		assertThat(write(new Join("ann", 3))).isEqualTo("{\"name\":\"ann\",\"level\":3}");
		assertThat(read(Join.class, "{\"name\":\"ann\",\"level\":3}")).isEqualTo(new Join("ann", 3));
	}

	@Test
	void genericsAreReadAsDeclared() throws Exception {
		assertThat(parameter(0)).isInstanceOf(ParameterizedType.class);
		assertThat(read(parameter(0), "[{\"name\":\"ann\",\"level\":1}]")).isEqualTo(List.of(new Join("ann", 1)));
		assertThat(read(parameter(1), "{\"ann\":7}")).isEqualTo(Map.of("ann", Optional.of(7)));
	}

	@Test
	void textNumbersAndTreesAreValuesToo() {
		assertThat(write("h\u00e9")).isEqualTo("\"h\u00e9\"");
		assertThat(read(String.class, "\"h\u00e9\"")).isEqualTo("h\u00e9");
		assertThat(read(Integer.class, "7")).isEqualTo(7);
		assertThat(read(int.class, "7")).isEqualTo(7);
		assertThat(((JsonNode) read(JsonNode.class, "{\"a\":1}")).path("a").asInt()).isOne();
	}

	@Test
	void anEmptyBodyReadsAsAnEmptyObject() {
		assertThat(read(Map.class, "")).isEqualTo(Map.of());
		assertThat(read(JsonNode.class, "")).hasToString("{}");
		assertThat(this.serializer.empty()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void whatTheClientSendsInAdditionIsIgnored() {
		assertThat(read(Join.class, "{\"name\":\"ann\",\"level\":3,\"extra\":true}")).isEqualTo(new Join("ann", 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "7", "{\"name\":{}}", "{\"level\":\"high\"}", "{\"level\":1}}", "nonsense",
			"\u0000", "{\"name\":\"ann\",\"level\":99999999999}" })
	void aBodyThatIsNotTheTypeIsTheClientsFault(String body) {
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(Join.class, body))
			.withMessage("The body is not the JSON this route expects")
			.withCauseInstanceOf(RuntimeException.class);
	}

	@Test
	void aBodyNestedWithoutEndIsRefusedBeforeTheStackIs() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> read(JsonNode.class, "[".repeat(50_000)));
	}

	@Test
	void aValueThatCannotBeWrittenIsNamed() {
		Object endless = new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				return this;
			}

		};
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.serializer.serialize(endless))
			.withMessage("Not writable as JSON: " + endless.getClass().getName());
	}

	@Test
	void anErrorIsItsCodeAndItsWords() {
		assertThat(error(404, false)).isEqualTo("{\"code\":404,\"msg\":\"no such route\"}");
		assertThat(error(404, true)).isEqualTo("{\"code\":\"PIT-404\",\"msg\":\"no such route\"}");
	}

	private String error(int code, boolean pitaya) {
		return new String(this.serializer.serializeError(ErrorBody.of(code, "no such route", pitaya)),
				StandardCharsets.UTF_8);
	}

}
