package io.nanogame.cli.input;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PayloadTests {

	@Test
	void jsonIsSentWithoutWhitespace() {
		assertThat(Payload.parse(" { \"a\" : [ 1, 2 ] } ")).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":[1,2]}");
	}

	@Test
	void charactersAboveTheBmpAreEscaped() {
		assertThat(Payload.parse("\"é 😀\"")).asString(StandardCharsets.UTF_8).isEqualTo("\"é \\ud83d\\ude00\"");
		assertThat(Payload.show("\"\\ud83d\\ude00\"".getBytes(StandardCharsets.UTF_8))).isEqualTo("\"😀\"");
	}

	@Test
	void hexIsParsedAsBytes() {
		assertThat(Payload.parse("0x0a05")).containsExactly(10, 5);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "  " })
	void blankTextIsNoPayload(String text) {
		assertThat(Payload.parse(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "name", "{} {}", "0x0", "0xzz" })
	void otherTextIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Payload.parse(text));
	}

	@Test
	void invalidJsonIsQuotedInTheMessage() {
		assertThatIllegalArgumentException().isThrownBy(() -> Payload.parse("{a}"))
			.withMessageStartingWith("{a} is not JSON: ");
	}

	@Test
	void bodiesAreShownAsJsonTextOrHex() {
		assertThat(Payload.show("{\"a\":1}".getBytes(StandardCharsets.UTF_8)).lines()).containsExactly("{",
				"  \"a\" : 1", "}");
		assertThat(Payload.show("plain words".getBytes(StandardCharsets.UTF_8))).isEqualTo("plain words");
		assertThat(Payload.show(new byte[] { 10, 5 })).isEqualTo("0x0a05");
		assertThat(Payload.show(new byte[] { (byte) 0xff, (byte) 0xfe })).isEqualTo("0xfffe");
		assertThat(Payload.show(new byte[0])).isEmpty();
	}

}
