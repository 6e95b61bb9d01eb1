package io.nanogame.docs;

import io.nanogame.test.RawClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the components of all guides in one app, with clients on sockets.
 */
@SpringBootTest(classes = RunningGuides.App.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "nano.server.port=0", "nano.session.login=replace", "nano.request-timeout=2s",
				"nano.listeners.sockets.port=0", "nano.listeners.sockets.protocols=raw", "nano.room.client-access=true",
				"spring.config.location=file:src/test/java/io/nanogame/docs/WebPortGuide.yml,"
						+ "file:src/test/java/io/nanogame/docs/ObservabilityGuide.yml" })
abstract class RunningGuides {

	@Value("${local.nano.port}")
	private int gamePort;

	@Value("${local.server.port}")
	private int webPort;

	@SpringBootApplication(proxyBeanMethods = false)
	static class App {

	}

	int gamePort() {
		return this.gamePort;
	}

	int webPort() {
		return this.webPort;
	}

	RawClient guest() {
		return RawClient.tcp(this.gamePort).handshake();
	}

	RawClient player(String name) {
		RawClient client = RawClient.tcp(this.gamePort);
		assertThat(client.handshake("{\"user\":{\"token\":\"token-of-%s\"}}".formatted(name)))
			.contains("\"user\":{\"name\":\"%s\"}".formatted(name));
		return client;
	}

	static String ask(RawClient client, String route, String body) {
		return client.request(1, route, body).readResponse(1);
	}

}
