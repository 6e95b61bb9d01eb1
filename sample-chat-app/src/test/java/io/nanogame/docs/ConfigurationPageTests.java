package io.nanogame.docs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import io.nanogame.boot.autoconfigure.NanoProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of keys says what the generated metadata says.
 */
class ConfigurationPageTests {

	@Test
	void theTableHasEveryKeyWithItsDefaultAndMeaning() throws IOException {
		List<String> rows = Page.of(Page.DOCS.resolve("configuration.md")).section("All keys").rows();
		assertThat(rows.subList(2, rows.size())).containsExactlyElementsOf(keys().stream().map(this::row).toList());
	}

	private String row(JsonNode key) {
		return "| `%s` | %s | %s |".formatted(key.get("name").asString(), value(key.path("defaultValue")),
				key.get("description").asString());
	}

	private static String value(JsonNode value) {
		return value.asString("").isEmpty() ? "" : "`" + value.asString() + "`";
	}

	private static List<JsonNode> keys() throws IOException {
		try (InputStream in = NanoProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared()
				.readTree(in)
				.get("properties")
				.valueStream()
				.filter((key) -> key.get("name").asString().startsWith("nano."))
				.toList();
		}
	}

}
