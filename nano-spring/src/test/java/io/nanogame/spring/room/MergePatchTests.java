package io.nanogame.spring.room;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Differences of random objects, and those of examples.
 */
class MergePatchTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final List<String> NAMES = List.of("a", "b", "c", "", "a/b", "~", "__proto__", "\uD83D\uDE00");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                      | {"a":1}                 | {"a":1}
			{"a":1}                 | {"a":2}                 | {"a":2}
			{"a":1,"b":1}           | {"b":1}                 | {"a":null}
			{"a":{"x":1,"y":2}}     | {"a":{"x":1,"y":3}}     | {"a":{"y":3}}
			{"a":{"x":1}}           | {"a":{}}                | {"a":{"x":null}}
			{"a":{"x":1}}           | {"a":5}                 | {"a":5}
			{"a":5}                 | {"a":{}}                | {"a":{}}
			{"a":[1,2]}             | {"a":[1]}               | {"a":[1]}
			{"a":[{"x":null}]}      | {"a":[{"x":1}]}         | {"a":[{"x":1}]}
			""")
	void aPatchHasOnlyWhatDiffers(String from, String to, String patch) {
		assertThat(MergePatch.between(object(from), object(to))).isEqualTo(object(patch));
		assertThat(apply(object(from), object(patch))).isEqualTo(object(to));
	}

	@Test
	void equalObjectsHaveNoPatch() {
		assertThat(MergePatch.between(object("{\"a\":{\"b\":[1]}}"), object("{\"a\":{\"b\":[1]}}"))).isNull();
	}

	@Test
	void membersThatAreNullAreRemovedButNotInArrays() {
		assertThat(MergePatch.withoutNulls(object("{\"a\":null,\"b\":{\"c\":null},\"d\":[null,{\"e\":null}]}")))
			.isEqualTo(object("{\"b\":{},\"d\":[null,{\"e\":null}]}"));
	}

	@Test
	void thePatchOfRandomObjectsMakesTheSecondOfTheFirst() {
		for (int seed = 0; seed < 2000; seed++) {
			Random random = new Random(seed);
			ObjectNode from = randomObject(random, 4);
			ObjectNode to = random.nextInt(3) == 0 ? randomObject(random, 4) : changed(from, random);
			ObjectNode patch = MergePatch.between(from, to);
			ObjectNode copy = from.deepCopy();
			if (patch != null) {
				apply(copy, patch);
			}
			assertThat(copy).as("seed %d", seed).isEqualTo(to);
			assertThat(patch == null).as("seed %d", seed).isEqualTo(from.equals(to));
		}
	}

	private static ObjectNode object(String text) {
		return (ObjectNode) JsonMapper.shared().readTree(text);
	}

	/** As RFC 7396 describes it. */
	private static JsonNode apply(JsonNode target, JsonNode patch) {
		if (!(patch instanceof ObjectNode members)) {
			return patch;
		}
		ObjectNode result = (target instanceof ObjectNode object) ? object : NODES.objectNode();
		members.properties().forEach((member) -> {
			if (member.getValue().isNull()) {
				result.remove(member.getKey());
			}
			else {
				JsonNode present = result.has(member.getKey()) ? result.get(member.getKey()) : NODES.objectNode();
				result.set(member.getKey(), apply(present, member.getValue()));
			}
		});
		return result;
	}

	private static ObjectNode randomObject(Random random, int depth) {
		ObjectNode object = NODES.objectNode();
		for (int i = random.nextInt(5); i > 0; i--) {
			object.set(NAMES.get(random.nextInt(NAMES.size())), randomValue(random, depth - 1));
		}
		return object;
	}

	private static JsonNode randomValue(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 6 : 4)) {
			case 0 -> NODES.numberNode(random.nextInt(3));
			case 1 -> NODES.stringNode(NAMES.get(random.nextInt(NAMES.size())));
			case 2 -> NODES.booleanNode(random.nextBoolean());
			case 3 -> randomArray(random, depth);
			default -> randomObject(random, depth);
		};
	}

	private static ArrayNode randomArray(Random random, int depth) {
		ArrayNode array = NODES.arrayNode();
		for (int i = random.nextInt(3); i > 0; i--) {
			array.add((depth > 0) ? randomObject(random, depth - 1) : NODES.nullNode());
		}
		return array;
	}

	/** Changes a few members, perhaps of inner objects. */
	private static ObjectNode changed(ObjectNode from, Random random) {
		ObjectNode to = from.deepCopy();
		ObjectNode inner = to;
		for (JsonNode member : to) {
			if (member instanceof ObjectNode object && random.nextBoolean()) {
				inner = object;
			}
		}
		String name = NAMES.get(random.nextInt(NAMES.size()));
		if (random.nextInt(3) == 0) {
			inner.remove(name);
		}
		else {
			inner.set(name, randomValue(random, 2));
		}
		return to;
	}

}
