package io.nanogame.sample.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a file of tests with Node's test runner.
 */
final class NodeTestRunner {

	private NodeTestRunner() {
	}

	static void run(Path file, Map<String, String> environment) throws Exception {
		Path output = Files.createTempFile("node", ".txt");
		ProcessBuilder node = new ProcessBuilder("node", "--test", file.getFileName().toString())
			.directory(file.getParent().toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		node.environment().putAll(environment);
		Process process = node.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("node ends").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
		}
	}

}
