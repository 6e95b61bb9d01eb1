package io.nanogame.boot.autoconfigure;

import io.nanogame.boot.autoconfigure.cluster.NanoNodeAutoConfiguration;
import io.nanogame.boot.autoconfigure.service.NanoServiceAutoConfiguration;
import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/**
 * Runs contexts with a game server on a free loopback port.
 */
public final class GameRunner {

	private static final AutoConfigurations GAME = AutoConfigurations.of(JacksonAutoConfiguration.class,
			TaskExecutionAutoConfiguration.class, SslAutoConfiguration.class, ValidationAutoConfiguration.class,
			NanoAutoConfiguration.class, NanoNodeAutoConfiguration.class, NanoServiceAutoConfiguration.class,
			NanoServerAutoConfiguration.class);

	private GameRunner() {
	}

	public static ApplicationContextRunner create() {
		return new ApplicationContextRunner().withConfiguration(GAME)
			.withPropertyValues("nano.server.port=0", "nano.server.address=127.0.0.1");
	}

	static void play(ApplicationContextRunner app, Play play) {
		app.run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				play.with(client);
			}
		});
	}

	/**
	 * The actions of a client.
	 */
	interface Play {

		void with(RawClient client) throws Exception;

	}

}
