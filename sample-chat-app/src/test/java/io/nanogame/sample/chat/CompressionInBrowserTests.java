package io.nanogame.sample.chat;

import io.nanogame.boot.test.LocalNanoPort;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page in Chromium, which offers compressed messages, on the game port.
 */
@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "nano.server.address=127.0.0.1", "nano.server.compression=permessage-deflate",
				"nano.server.compression-threshold=1B" })
class CompressionInBrowserTests {

	@Test
	void aBrowserSendsAndReceivesCompressedMessages(@LocalNanoPort int gamePort, @LocalServerPort int webPort) {
		try (Browser browser = new Browser()) {
			browser.open("http://127.0.0.1:%d/compression.html?%d".formatted(webPort, gamePort));
			browser.await("the last message", (page) -> page.text("state").contains("closed")
					|| page.text("received").contains("\"" + "abc".repeat(100) + "\u20ac\""));
			assertThat(browser.text("state")).isEqualTo("open");
			assertThat(browser.text("extensions")).startsWith("permessage-deflate");
			for (int i = 1; i <= 20; i++) {
				assertThat(browser.text("received")).contains("\"" + "abc".repeat(i * 5) + "\u20ac\"");
			}
		}
	}

}
