package io.nanogame.sample.chat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests the JavaScript client in Node over a network that cuts its connections, on the
 * game's port and on that of the web app.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "nano.server.port=0")
class ResumeTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@Test
	void theJavaScriptClientLosesNoMessageOnTheGamesPort() throws Exception {
		run(this.gamePort);
	}

	@Test
	void theJavaScriptClientLosesNoMessageOnTheWebPort() throws Exception {
		run(this.webPort);
	}

	private static void run(int port) throws Exception {
		NodeTestRunner.run(Path.of("src/test/js-client/resume.test.mjs"),
				Map.of("NANO_PORT", Integer.toString(port)));
	}

}
