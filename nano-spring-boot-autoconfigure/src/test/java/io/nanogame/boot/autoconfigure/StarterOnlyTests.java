package io.nanogame.boot.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An app with only the starter, in its own JVM.
 */
class StarterOnlyTests {

	/** Name parts of all jars that are not dependencies of the starter. */
	private static final List<String> OTHERS = List.of("actuator", "health", "metrics", "micrometer-core", "prometheus",
			"protobuf", "validation", "hibernate", "websocket", "webmvc", "webflux", "web-server", "spring-web-",
			"tomcat", "servlet", "reactor-netty-http", "spring-boot-reactor", "http-co", "security", "spring-boot-test",
			"spring-test", "mockito", "assertj", "archunit", "awaitility", "junit", "docker", "testcontainers", "jnats",
			"nano-cluster", "tracing", "telemetry");

	private static final Pattern LISTENS = Pattern.compile("Game server listens on port (\\d+)");

	@Test
	void itServesAndLivesUntilItIsStopped() throws Exception {
		Process app = new ProcessBuilder(java(), "-cp", classPath(), "-Djava.net.preferIPv4Stack=true",
				App.class.getName(), "--nano.server.port=0", "--nano.server.address=127.0.0.1")
			.redirectErrorStream(true)
			.start();
		List<String> output = new ArrayList<>();
		try (BufferedReader reader = app.inputReader()) {
			int port = port(reader, output);
			try (RawClient client = RawClient.tcp(port).handshake()) {
				client.request(1, "room.greet", "{\"name\":\"Ada\"}");
				assertThat(client.readResponse(1)).contains("Hello Ada");
				assertThat(app.isAlive()).isTrue();
				// Process.destroy would also close the output.
				app.toHandle().destroy();
				assertThat(client.readEnd()).isEqualTo("end");
			}
			reader.lines().forEach(output::add);
		}
		finally {
			app.destroyForcibly();
		}
		assertThat(app.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(output).anyMatch((line) -> line.contains("Game server has stopped"))
			.noneMatch((line) -> line.contains(" WARN ") || line.contains(" ERROR "));
	}

	private static int port(BufferedReader reader, List<String> output) throws IOException {
		String line;
		while ((line = reader.readLine()) != null) {
			output.add(line);
			Matcher matcher = LISTENS.matcher(line);
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		throw new AssertionError("The app ended: " + output);
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> OTHERS.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Room.class)
	static class App {

		public static void main(String[] arguments) {
			SpringApplication.run(App.class, arguments);
		}

	}

}
