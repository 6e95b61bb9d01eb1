package io.nanogame.sample.chat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests the JavaScript client in Node with a chat process that is killed and restarted.
 */
class RestartTests {

	@Test
	void theJavaScriptClientReconnects() throws Exception {
		List<String> server = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				ChatApplication.class.getName());
		NodeTestRunner.run(Path.of("src/test/js-client/restart.test.mjs"),
				Map.of("NANO_SERVER", JsonMapper.shared().writeValueAsString(server)));
	}

}
