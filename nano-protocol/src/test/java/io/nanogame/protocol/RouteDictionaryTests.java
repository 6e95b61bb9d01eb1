package io.nanogame.protocol;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RouteDictionaryTests {

	private final RouteDictionary dictionary = RouteDictionary
		.of(Map.of("z.last", 65535, "a.wide", 256, "room.join", 1, "gate.say", 255));

	@Test
	void aRouteHasItsCodeAndACodeItsRoute() {
		assertThat(dictionary.code("gate.say")).isEqualTo(255);
		assertThat(dictionary.route(65535)).isEqualTo("z.last");
	}

	@Test
	void anUnknownRouteHasCodeZero() {
		assertThat(dictionary.code("room.leave")).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 2, 254, 65534, 65536, Integer.MAX_VALUE })
	void anUnknownCodeHasNoRoute(int code) {
		assertThat(dictionary.route(code)).isNull();
		assertThat(RouteDictionary.EMPTY.route(code)).isNull();
	}

	@Test
	void theMapIsInTheOrderOfTheCodes() {
		assertThat(dictionary.asMap()).containsExactly(Map.entry("room.join", 1), Map.entry("gate.say", 255),
				Map.entry("a.wide", 256), Map.entry("z.last", 65535));
	}

	@Test
	void theMapCannotBeChanged() {
		assertThat(dictionary.asMap()).isUnmodifiable();
	}

	@Test
	void aLaterChangeOfTheGivenMapHasNoEffect() {
		Map<String, Integer> codes = new LinkedHashMap<>(Map.of("a", 1));
		RouteDictionary copy = RouteDictionary.of(codes);
		codes.put("b", 2);
		assertThat(copy.code("b")).isZero();
	}

	@Test
	void theEmptyDictionaryIsEmpty() {
		assertThat(RouteDictionary.EMPTY.isEmpty()).isTrue();
		assertThat(RouteDictionary.EMPTY.asMap()).isEmpty();
		assertThat(RouteDictionary.EMPTY).isEqualTo(RouteDictionary.of(Map.of()));
		assertThat(dictionary.isEmpty()).isFalse();
	}

	@Test
	void theVersionDoesNotDependOnTheOrderOfTheMap() {
		RouteDictionary again = RouteDictionary.of(new LinkedHashMap<>(dictionary.asMap()));
		assertThat(again).isEqualTo(dictionary).hasSameHashCodeAs(dictionary);
		assertThat(again.version()).isEqualTo(dictionary.version());
		assertThat(Base64.getDecoder().decode(dictionary.version())).hasSize(16);
	}

	@Test
	void differentDictionariesHaveDifferentVersions() {
		assertThat(version("a", 1)).isNotEqualTo(version("a", 2)).isNotEqualTo(version("b", 1));
		assertThat(version("a", 1)).isEqualTo(version("a", 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 65536 })
	void aCodeOutsideTwoBytesIsRefused(int code) {
		assertThatExceptionOfType(InvalidRouteDictionaryException.class)
			.isThrownBy(() -> RouteDictionary.of(Map.of("room.join", code)))
			.withMessage("Route \"room.join\" with code " + code + ": a code must be 1 to 65535")
			.satisfies((ex) -> assertThat(ex.route()).isEqualTo("room.join"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@ParameterizedTest
	@CsvSource({ "room.join, room.leave", "room.leave, room.join" })
	void aCodeGivenTwiceIsRefusedWithTheSameMessageWhateverTheOrder(String first, String second) {
		Map<String, Integer> codes = new LinkedHashMap<>();
		codes.put(first, 7);
		codes.put(second, 7);
		assertThatExceptionOfType(InvalidRouteDictionaryException.class).isThrownBy(() -> RouteDictionary.of(codes))
			.withMessage("Route \"room.leave\" with code 7: a code must be used once, and \"room.join\" has this code");
	}

	@Test
	void aBlankRouteIsRefused() {
		assertThatExceptionOfType(InvalidRouteDictionaryException.class)
			.isThrownBy(() -> RouteDictionary.of(Map.of(" ", 7)))
			.withMessage("Route \" \" with code 7: a route must not be blank");
	}

	@Test
	void aRouteOfMoreThan255BytesIsRefused() {
		assertThat(version("ä".repeat(127) + "a", 1)).isNotEmpty();
		assertThatExceptionOfType(InvalidRouteDictionaryException.class).isThrownBy(() -> version("ä".repeat(128), 1))
			.withMessageContaining("at most 255 bytes of UTF-8, this one has 256");
	}

	private static String version(String route, int code) {
		return RouteDictionary.of(Map.of(route, code)).version();
	}

}
