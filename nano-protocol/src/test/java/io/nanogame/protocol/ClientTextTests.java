package io.nanogame.protocol;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientTextTests {

	@Test
	void printableTextIsUnchanged() {
		String route = "room.join-2/\u623f\u95f4 \ud83d\ude00";
		assertThat(ClientText.printable(route)).isEqualTo(route);
		assertThat(ClientText.printable("room.join")).isSameAs(ClientText.printable("room.join"));
		assertThat(ClientText.printable("")).isEmpty();
		assertThat(ClientText.printable(null)).isEqualTo("null");
	}

	@Test
	void controlCharactersAreEscaped() {
		assertThat(ClientText.printable("a\nb\r\t\u001b[31m\u0000\u007f\u0085"))
			.isEqualTo("a\\u000ab\\u000d\\u0009\\u001b[31m\\u0000\\u007f\\u0085");
		assertThat(ClientText.printable("\u2028\u2029\u202e\u200b\ufeff\ue000"))
			.isEqualTo("\\u2028\\u2029\\u202e\\u200b\\ufeff\\ue000");
	}

	@Test
	void unpairedSurrogatesAreEscaped() {
		assertThat(ClientText.printable("\ud83d")).isEqualTo("\\ud83d");
		assertThat(ClientText.printable("\ude00a")).isEqualTo("\\ude00a");
	}

	@Test
	void anEscapeCannotBeFaked() {
		assertThat(ClientText.printable("\\u000a")).isEqualTo("\\u005cu000a");
	}

	@Test
	void longTextsAreTruncatedButNotInsideACharacter() {
		assertThat(ClientText.printable("x".repeat(64))).isEqualTo("x".repeat(64));
		assertThat(ClientText.printable("x".repeat(65))).isEqualTo("x".repeat(64) + "...");
		assertThat(ClientText.printable("x".repeat(63) + "\ud83d\ude00")).isEqualTo("x".repeat(63) + "\\ud83d...");
		assertThat(ClientText.printable("\n".repeat(1000))).hasSize(64 * 6 + 3);
	}

}
