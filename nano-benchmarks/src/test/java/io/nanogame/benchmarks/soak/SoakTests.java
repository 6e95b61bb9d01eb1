package io.nanogame.benchmarks.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the tools; a few seconds are too short for the server's trends.
 */
class SoakTests {

	@Test
	void aShortSoakServesAllPlayersAndWritesItsResults(@TempDir Path folder) throws Exception {
		Verdict verdict = new Soak(Duration.ofSeconds(5), 300, 25, Duration.ofSeconds(2), folder).run();
		assertThat(verdict.trends()).hasSize(4);
		JsonNode results = JsonMapper.shared().readTree(folder.resolve("results.json").toFile());
		assertThat(results.get("samples")).hasSize(60);
		assertThat(results.get("run").get("complaints")).isEmpty();
		assertThat(results.get("run").get("requestsRead").asLong()).isGreaterThan(300);
		assertThat(results.get("run").get("stopMillis").asLong()).isBetween(1L, 4000L);
		for (String plot : new String[] { "rates", "churn", "p99", "memory", "handles", "heap" }) {
			assertThat(Files.readString(folder.resolve(plot + ".svg"))).startsWith("<svg").contains("<polyline");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 100 })
	void aStopUnderLoadCompletesAllRequestsThatWereRead(int tlsPercent, @TempDir Path folder) throws Exception {
		assertThat(StopCommand.stop(20, 20, tlsPercent, folder)).isTrue();
	}

}
