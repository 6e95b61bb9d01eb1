package io.nanogame.sample.chat;

import java.io.IOException;
import java.net.ServerSocket;

import io.nanogame.boot.test.LocalNanoPort;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a test with a random web port has a random game port, whatever the app's
 * configuration, unless the test sets one.
 */
class RandomPortTests {

	private static final int PORT_OF_THE_APP = 3250;

	@Nested
	@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = "nano.server.address=127.0.0.1")
	class WithoutAPort {

		@Test
		void theGamePortIsRandom(@LocalNanoPort int port) {
			assertThat(port).isPositive().isNotEqualTo(PORT_OF_THE_APP);
		}

	}

	@Nested
	@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = "nano.server.address=127.0.0.1")
	class WithAPort {

		private static int chosen;

		@DynamicPropertySource
		static void port(DynamicPropertyRegistry registry) throws IOException {
			try (ServerSocket free = new ServerSocket(0)) {
				chosen = free.getLocalPort();
			}
			registry.add("nano.server.port", () -> chosen);
		}

		@Test
		void thePortOfTheTestTakesPrecedence(@LocalNanoPort int port) {
			assertThat(port).isEqualTo(chosen);
		}

	}

}
