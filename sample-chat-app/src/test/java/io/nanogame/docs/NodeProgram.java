package io.nanogame.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the program of a guide in Node, and fails if it does.
 */
final class NodeProgram {

	private NodeProgram() {
	}

	static void run(String file, int gamePort) throws Exception {
		Path output = Files.createTempFile("node", ".txt");
		ProcessBuilder node = new ProcessBuilder("node", Snippet.SOURCES.resolve(file).toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		node.environment().put("NANO_PORT", String.valueOf(gamePort));
		Process process = node.start();
		try {
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("node ends").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
		}
	}

}
