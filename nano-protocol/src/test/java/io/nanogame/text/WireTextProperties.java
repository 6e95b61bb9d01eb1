package io.nanogame.text;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class WireTextProperties {

	@Property(seed = "4")
	void anyTextIsReadAsItWasSent(@ForAll String sent) {
		String text = new String(sent.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		assertThat(WireText.decode(cesu8(text))).isEqualTo(text);
		assertThat(WireText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
	}

	@Property(seed = "5")
	void anyJsonMeansTheSameWhenItIsEscaped(@ForAll String value) {
		byte[] json = WireText.escapeJson(JsonMapper.shared().writeValueAsBytes(value));
		assertThat(JsonMapper.shared().readValue(json, String.class)).isEqualTo(value);
		assertThat(new String(json, StandardCharsets.UTF_8).codePoints().filter(Character::isSupplementaryCodePoint))
			.isEmpty();
	}

	@Property(seed = "6")
	void anyBytesAreAccepted(@ForAll byte[] bytes) {
		assertThat(WireText.escapeJson(bytes).length).isGreaterThanOrEqualTo(bytes.length);
		assertThat(WireText.toUtf8(WireText.toUtf8(bytes))).isEqualTo(WireText.toUtf8(bytes));
	}

	/** Encodes text like the codec of the family's browser clients. */
	private static byte[] cesu8(String text) {
		ByteBuf out = Unpooled.buffer();
		for (char unit : text.toCharArray()) {
			if (unit < 0x80) {
				out.writeByte(unit);
			}
			else if (unit < 0x800) {
				out.writeByte(0xC0 | unit >> 6).writeByte(0x80 | unit & 0x3F);
			}
			else {
				out.writeByte(0xE0 | unit >> 12).writeByte(0x80 | unit >> 6 & 0x3F).writeByte(0x80 | unit & 0x3F);
			}
		}
		return ByteBufUtil.getBytes(out);
	}

}
