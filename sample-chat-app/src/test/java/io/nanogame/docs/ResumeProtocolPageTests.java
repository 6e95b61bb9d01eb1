package io.nanogame.docs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the examples are those of the vectors, which the codecs have read and
 * written.
 */
class ResumeProtocolPageTests {

	private static final Path VECTORS = Page.ROOT.resolve("nano-protocol/src/test/resources/resume-vectors.json");

	private static final Path JSON_VECTORS = Page.ROOT.resolve("nano-core/src/test/resources/json-resume-vectors.json");

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	@Test
	void theExampleHasEveryPacketOfTheVectors() {
		check("An example", VECTORS, (vector) -> packet(HexFormat.of().parseHex(vector.path("hex").asString())));
	}

	@Test
	void theExampleOfJsonHasEveryFrameOfTheVectors() {
		check("An example of json", JSON_VECTORS, (vector) -> "`" + vector.path("text").asString() + "`");
	}

	private static void check(String section, Path vectors, Function<JsonNode, String> shown) {
		List<String> rows = Page.of(Page.DOCS.resolve("resume-protocol.md")).section(section).rows();
		assertThat(rows.subList(2, rows.size())).isNotEmpty()
			.containsExactlyElementsOf(JsonMapper.shared()
				.readTree(vectors)
				.path("vectors")
				.valueStream()
				.map((vector) -> row(vector, shown.apply(vector)))
				.toList());
	}

	private static String row(JsonNode vector, String shown) {
		String number = vector.has("number") ? " (number %d)".formatted(vector.path("number").asInt()) : "";
		return "| %s | %s | %s%s |".formatted(vector.path("from").asString(), shown, vector.path("what").asString(),
				number);
	}

	/** A handshake is shown as its header and its text. */
	private static String packet(byte[] packet) {
		if (packet[0] != 1) {
			return "`" + HEX.formatHex(packet) + "`";
		}
		return "`%s` `%s`".formatted(HEX.formatHex(packet, 0, 4),
				new String(Arrays.copyOfRange(packet, 4, packet.length), StandardCharsets.UTF_8));
	}

}
