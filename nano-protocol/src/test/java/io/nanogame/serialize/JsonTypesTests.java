package io.nanogame.serialize;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which types JSON can be read as and written from, and that they are written as
 * declared.
 */
class JsonTypesTests {

	private final JsonSerializer serializer = new JsonSerializer(JsonMapper.shared());

	private final Payloads payloads = new Payloads(this.serializer);

	private String write(Type declared, Object value) {
		return new String(this.payloads.writer(declared).write(value), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(classes = { Runnable.class, Abstract.class, InputStream.class })
	void aTypeThatIsAbstractCannotBeRead(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(type))
			.withMessage("%s cannot be read from JSON: is abstract and has no @JsonTypeInfo"
				.formatted(type.getCanonicalName().replace("JsonTypesTests.", "JsonTypesTests$")));
	}

	@ParameterizedTest
	@ValueSource(classes = { TwoConstructors.class, Inner.class })
	void aClassThatJacksonCannotConstructCannotBeRead(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(type))
			.withMessageContaining(type.getSimpleName())
			.withMessageEndingWith("has no constructor or creator that Jackson can call");
	}

	@Test
	void whatCannotBeReadIsFoundInsideOfWhatCould() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(Party.class))
			.withMessage("%s cannot be read from JSON: its 'members[].job', a java.lang.Runnable, "
				.formatted(Party.class.getName()) + "is abstract and has no @JsonTypeInfo");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.serializer.reader(new TypeReference<Map<String, List<Abstract>>>() {
			}.getType()))
			.withMessageContaining("its '[][]', a ");
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(Abstract[].class))
			.withMessageContaining("its '[]', a ");
	}

	@Test
	void aTypeWhoseAnnotationsContradictEachOtherCannotBeRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(TwoSetters.class))
			.withMessageStartingWith(TwoSetters.class.getName() + " cannot be read from JSON: ");
	}

	static List<Type> readable() {
		return List.of(String.class, int.class, Integer.class, Object.class, JsonNode.class, Map.class, List.class,
				UUID.class, Duration.class, TimeUnit.class, int[].class, ErrorBody.class, Shape.class, Shape[].class,
				CharSequence.class, Number.class, Iterable.class, Tree.class, Ignoring.class, Delegating.class,
				new TypeReference<List<Shape>>() {
				}.getType(), new TypeReference<Map<TimeUnit, Optional<Shape>>>() {
				}.getType(), new TypeReference<EnumMap<TimeUnit, Drawing>>() {
				}.getType());
	}

	@ParameterizedTest
	@MethodSource("readable")
	void whatJacksonCanMakeCanBeRead(Type type) {
		assertThat(this.serializer.reader(type)).isSameAs(this.serializer.reader(type));
	}

	@Test
	void theElementsOfAContainerKeepTheNamesOfTheirTypes() {
		List<Shape> shapes = List.of(new Circle(1), new Square(2));
		String expected = "[{\"kind\":\"circle\",\"radius\":1},{\"kind\":\"square\",\"side\":2}]";
		assertThat(write(new TypeReference<List<Shape>>() {
		}.getType(), shapes)).isEqualTo(expected);
		assertThat(write(new TypeReference<Iterable<? extends Shape>>() {
		}.getType(), shapes)).isEqualTo(expected);
		assertThat(write(Shape[].class, shapes.toArray(new Shape[0]))).isEqualTo(expected);
		assertThat(write(new TypeReference<Map<String, List<Shape>>>() {
		}.getType(), Map.of("all", shapes))).isEqualTo("{\"all\":%s}".formatted(expected));
	}

	@Test
	void aGenericClassIsWrittenWithItsTypeArguments() {
		assertThat(write(new TypeReference<Page<Shape>>() {
		}.getType(), new Page<>(List.of(new Circle(1))))).isEqualTo("{\"items\":[{\"kind\":\"circle\",\"radius\":1}]}");
	}

	@Test
	void aSubclassIsWrittenWithAllItHas() {
		assertThat(write(Plain.class, new Special())).isEqualTo("{\"one\":1,\"two\":2}");
		assertThat(write(Shape.class, new Circle(3))).isEqualTo("{\"kind\":\"circle\",\"radius\":3}");
		assertThat(write(Object.class, new Special())).isEqualTo("{\"one\":1,\"two\":2}");
	}

	@Test
	void aValueOfAnotherTypeIsWrittenAsWhatItIs() {
		PayloadWriter writer = this.payloads.writer(new TypeReference<List<Shape>>() {
		}.getType());
		assertThat(new String(writer.write("none"), StandardCharsets.UTF_8)).isEqualTo("\"none\"");
		assertThat(writer.write(new byte[] { 7 })).containsExactly(7);
		assertThat(writer.undeclared()).isSameAs(this.payloads);
		assertThat(this.payloads.undeclared()).isSameAs(this.payloads);
	}

	@Test
	void aTypeWhosePropertiesContradictEachOtherCannotBeWritten() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.payloads.writer(TwoGetters.class))
			.withMessageStartingWith(TwoGetters.class.getName() + " cannot be written as JSON: Conflicting");
	}

	@Test
	void aFinalClassWithoutPropertiesCannotBeWrittenWhereThatIsAFailure() {
		assertThat(write(Empty.class, new Empty())).isEqualTo("{}");
		JsonSerializer strict = new JsonSerializer(
				JsonMapper.builder().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build());
		assertThatIllegalArgumentException().isThrownBy(() -> strict.writer(Empty.class))
			.withMessageEndingWith("cannot be written as JSON: it has no properties");
		assertThat(strict.writer(Runnable.class)).isNotNull();
	}

	@Test
	void rawWritesTextAndBytesOnly() {
		Payloads raw = new Payloads(new RawSerializer());
		assertThat(raw.writer(String.class).write("hé")).isEqualTo("hé".getBytes(StandardCharsets.UTF_8));
		assertThat(raw.writer(byte[].class).write(new byte[] { 7 })).containsExactly(7);
		assertThat(raw.writer(Object.class).write("a")).containsExactly('a');
		assertThat(raw.writer(CharSequence.class).write("a")).containsExactly('a');
		assertThatIllegalArgumentException().isThrownBy(() -> raw.writer(int.class))
			.withMessage("The raw serializer writes byte[] and String, not int");
		assertThatIllegalArgumentException().isThrownBy(() -> raw.writer(List.class));
	}

	abstract static class Abstract {

	}

	static class TwoConstructors {

		public TwoConstructors(int one, String two) {
		}

		public TwoConstructors(String one, int two) {
		}

	}

	class Inner {

		public String text = "";

	}

	record Member(String name, Runnable job) {
	}

	record Party(String name, List<Member> members) {
	}

	static class TwoSetters {

		public void setValue(List<String> value) {
		}

		public void setValue(Map<String, String> value) {
		}

	}

	static class TwoGetters {

		@JsonProperty("value")
		public int one() {
			return 1;
		}

		@JsonProperty("value")
		public int two() {
			return 2;
		}

	}

	static final class Empty {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class) })
	interface Shape {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {
	}

	@JsonTypeName("square")
	record Square(int side) implements Shape {
	}

	record Drawing(Shape first, List<Shape> others) {
	}

	record Tree(String name, List<Tree> branches, LinkedHashMap<String, Tree> named) {
	}

	static class Ignoring {

		public List<String> names = new ArrayList<>();

		@JsonIgnore
		public Runnable job = () -> {
		};

	}

	static class Delegating {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Delegating(String text) {
		}

	}

	record Page<T>(List<T> items) {
	}

	static class Plain {

		public int one = 1;

	}

	static class Special extends Plain {

		public int two = 2;

	}

}
