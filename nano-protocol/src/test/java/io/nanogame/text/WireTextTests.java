package io.nanogame.text;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WireTextTests {

	@Test
	void textWithoutPairsIsTheSameArray() {
		byte[] text = "plain é 再 힣 😀".getBytes(StandardCharsets.UTF_8);
		assertThat(WireText.toUtf8(text)).isSameAs(text);
	}

	@Test
	void jsonWithoutCharactersToEscapeIsTheSameArray() {
		byte[] json = "{\"plain\":\"é 再 힣\"}".getBytes(StandardCharsets.UTF_8);
		assertThat(WireText.escapeJson(json)).isSameAs(json);
	}

	@Test
	void aCharacterIsEscapedAtAnyPosition() {
		for (int before = 0; before < 20; before++) {
			for (int behind = 0; behind < 20; behind++) {
				String json = "x".repeat(before) + "😀" + "é".repeat(behind);
				assertThat(WireText.escapeJson(json.getBytes(StandardCharsets.UTF_8))).asString(StandardCharsets.UTF_8)
					.isEqualTo("x".repeat(before) + "\\ud83d\\ude00" + "é".repeat(behind));
			}
		}
	}

	@Test
	void invalidBytesAreUnchanged() {
		for (byte[] bytes : new byte[][] { { (byte) 0xF0 }, { (byte) 0xF0, (byte) 0x9F, (byte) 0x98 },
				{ (byte) 0xF0, (byte) 0x9F, (byte) 0x98, 'x' }, { (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80 },
				{ (byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80 },
				{ (byte) 0xFF, (byte) 0xFE, (byte) 0xFD, (byte) 0xFC }, { (byte) 0xED, (byte) 0xA0, (byte) 0xBD },
				{} }) {
			assertThat(WireText.escapeJson(bytes)).isSameAs(bytes);
			assertThat(WireText.toUtf8(bytes)).isSameAs(bytes);
		}
	}

}
