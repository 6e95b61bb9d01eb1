package io.nanogame.boot.test;

import java.time.Duration;

import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.slice.MemoryNetwork;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Creates the {@link NanoTestClient}.
 */
@AutoConfiguration(after = { NanoSliceAutoConfiguration.class, NanoServerAutoConfiguration.class })
public final class NanoTestClientAutoConfiguration {

	private static final String TIMEOUT = "nano.test.client.timeout";

	@Bean
	@ConditionalOnMissingBean
	NanoTestClient nanoTestClient(ObjectProvider<MemoryNetwork> memory, ObjectProvider<GameServer> server,
			ObjectProvider<NanoProperties> keys, Payloads payloads, Environment environment) {
		Duration timeout = DurationStyle.detectAndParse(environment.getProperty(TIMEOUT, "5s"));
		MemoryNetwork network = memory.getIfAvailable();
		if (network != null) {
			return NanoTestClient.of(() -> network, payloads, timeout);
		}
		return NanoTestClient.ofPort(() -> port(server.getIfAvailable()), path(keys.getIfAvailable()), payloads,
				timeout);
	}

	private static String path(@Nullable NanoProperties keys) {
		String path = (keys != null) ? keys.server().websocket().path() : "";
		return !path.isEmpty() ? path : "/nano";
	}

	private static int port(@Nullable GameServer server) {
		if (server == null) {
			throw new IllegalStateException("There is no game server to connect to. Is nano.enabled false?");
		}
		if (server.port() < 0) {
			throw new IllegalStateException("The game server has no port to connect to, or does not run");
		}
		return server.port();
	}

}
