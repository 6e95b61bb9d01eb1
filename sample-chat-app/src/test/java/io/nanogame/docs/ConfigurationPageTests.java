package io.nanogame.docs;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the table of keys equals the generated metadata.
 */
class ConfigurationPageTests {

	@Test
	void theTableHasEveryKeyWithItsDefaultAndMeaning() {
		List<String> rows = Page.of(Page.DOCS.resolve("configuration.md")).section("All keys").rows();
		assertThat(String.join("\n", rows.subList(2, rows.size()))).isEqualTo(table());
	}

	private static String table() {
		List<String> rows = Metadata.read()
			.keys()
			.stream()
			.filter((key) -> Metadata.name(key).startsWith("nano."))
			.map(ConfigurationPageTests::row)
			.toList();
		assertThat(rows).isNotEmpty();
		return String.join("\n", rows);
	}

	private static String row(JsonNode key) {
		String value = key.path("defaultValue").asString("");
		return "| `%s` | %s | %s |".formatted(Metadata.name(key), value.isEmpty() ? "" : "`" + value + "`",
				key.get("description").asString());
	}

}
