package io.nanogame.docs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the example in bytes is that of the vectors, which the codecs have read and
 * written.
 */
class ResumeProtocolPageTests {

	private static final Path VECTORS = Page.ROOT.resolve("nano-protocol/src/test/resources/resume-vectors.json");

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	@Test
	void theExampleHasEveryPacketOfTheVectors() {
		List<String> rows = Page.of(Page.DOCS.resolve("resume-protocol.md")).section("An example").rows();
		assertThat(rows.subList(2, rows.size())).isNotEmpty()
			.containsExactlyElementsOf(JsonMapper.shared()
				.readTree(VECTORS)
				.path("vectors")
				.valueStream()
				.map(ResumeProtocolPageTests::row)
				.toList());
	}

	private static String row(JsonNode vector) {
		byte[] packet = HexFormat.of().parseHex(vector.path("hex").asString());
		String number = vector.has("number") ? " (number %d)".formatted(vector.path("number").asInt()) : "";
		return "| %s | %s | %s%s |".formatted(vector.path("from").asString(), packet(packet),
				vector.path("what").asString(), number);
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
