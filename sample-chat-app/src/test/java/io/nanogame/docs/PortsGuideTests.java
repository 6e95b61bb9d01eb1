package io.nanogame.docs;

import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.sample.chat.ChatApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests that the page of the guide works.
 */
@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "nano.server.address=127.0.0.1")
class PortsGuideTests {

	@Test
	void aPageNeedsNoLibrary(@LocalNanoPort int port) throws Exception {
		NodeProgram.run("PortsGuide.mjs", port);
	}

}
