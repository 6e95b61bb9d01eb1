package io.nanogame.sample.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests unchanged npm clients of the pomelo family in Node: handshake, request, notify,
 * pushes, three heartbeats, and a kick with its reason.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "nano.server.port=0", "nano.heartbeat=1s" })
class WildClientsTests {

	private static final Path CLIENTS = Path.of("src/test/wild-clients");

	@Value("${local.nano.port}")
	private int gamePort;

	@TestFactory
	Stream<DynamicTest> npmClientsWork() throws Exception {
		assertThat(CLIENTS.resolve("node_modules")).as("the clients; run ./scripts/test, or npm ci in " + CLIENTS)
			.isDirectory();
		List<Path> tests;
		try (Stream<Path> files = Files.list(CLIENTS)) {
			tests = files.filter((file) -> file.toString().endsWith(".test.cjs")).sorted().toList();
		}
		assertThat(tests).hasSize(7);
		Map<String, String> environment = Map.of("NANO_PORT", String.valueOf(this.gamePort));
		return tests.stream()
			.map((test) -> DynamicTest.dynamicTest(test.getFileName().toString(),
					() -> NodeTestRunner.run(test, environment)));
	}

}
