package io.nanogame.sample.chat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests clients in Node over a network that cuts their connections: the JavaScript client
 * on the game's port and on that of the web app, and clients without a library.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "nano.server.port=0")
class ResumeTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@Test
	void theJavaScriptClientLosesNoMessageOnTheGamesPort() throws Exception {
		run("resume.test.mjs", this.gamePort);
	}

	@Test
	void theJavaScriptClientLosesNoMessageOnTheWebPort() throws Exception {
		run("resume.test.mjs", this.webPort);
	}

	@Test
	void clientsOfTheProtocolJsonLoseNoMessage() throws Exception {
		run("json-resume.test.mjs", this.gamePort);
	}

	private static void run(String file, int port) throws Exception {
		NodeTestRunner.run(Path.of("src/test/js-client", file), Map.of("NANO_PORT", Integer.toString(port)));
	}

}
