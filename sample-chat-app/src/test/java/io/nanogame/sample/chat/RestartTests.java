package io.nanogame.sample.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JavaScript client in Node, and the chat in a process of its own that is killed and
 * restarted.
 */
class RestartTests {

	@Test
	void theJavaScriptClientComesBack(@TempDir Path folder) throws Exception {
		List<String> server = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ChatApplication.class.getName());
		Path output = folder.resolve("node.txt");
		ProcessBuilder node = new ProcessBuilder("node", "--test", "restart.test.mjs")
			.directory(Path.of("src/test/js-client").toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		node.environment().put("NANO_SERVER", JsonMapper.shared().writeValueAsString(server));
		Process process = node.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("node ends").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
