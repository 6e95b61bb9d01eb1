package io.nanogame.docs;

import io.nanogame.node.Nodes;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static io.nanogame.docs.RunningGuides.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests two gateways and a backend, configured as in the guide, with players on both.
 */
class ClusterGuideTests {

	@EnableAutoConfiguration
	@ComponentScan(useDefaultFilters = false,
			includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.Routing"))
	static class Gate {

	}

	@EnableAutoConfiguration
	@ComponentScan(useDefaultFilters = false,
			includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.(Account|Friends|Hall|NodeWatch)"))
	static class Backend {

	}

	private static ConfigurableApplicationContext start(Class<?> app, String region, NatsServer nats) throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader()
			.load(region,
					new ByteArrayResource(Snippet.find("ClusterGuide.yml#" + region).orElseThrow().code().getBytes()))
			.forEach(environment.getPropertySources()::addLast);
		return new SpringApplicationBuilder(app).environment(environment)
			.profiles("cluster")
			.web(WebApplicationType.NONE)
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1", "spring.config.name=none")
			.run("--nano.cluster.servers=" + nats.url());
	}

	private static RawClient player(ConfigurableApplicationContext gate, String uid) {
		await().until(() -> !gate.getBean(Nodes.class).withComponent("account").isEmpty());
		RawClient client = RawClient.tcp(gate.getEnvironment().getRequiredProperty("local.nano.port", Integer.class))
			.handshake();
		assertThat(ask(client, "account.login", "{\"uid\":\"%s\"}".formatted(uid))).isEqualTo("{}");
		return client;
	}

	@Test
	void playersOfTwoGatewaysMeetOnABackend() throws Exception {
		try (NatsServer nats = new NatsServer();
				ConfigurableApplicationContext backend = start(Backend.class, "backend", nats);
				ConfigurableApplicationContext gateA = start(Gate.class, "node", nats);
				ConfigurableApplicationContext gateB = start(Gate.class, "node", nats);
				RawClient ann = player(gateA, "ann");
				RawClient bob = player(gateB, "bob")) {
			assertThat(backend.getEnvironment().containsProperty("local.nano.port")).isFalse();
			assertThat(ask(ann, "hall.enter", "")).isEqualTo("[\"ann\"]");
			assertThat(ask(bob, "hall.enter", "")).isEqualTo("[\"ann\",\"bob\"]");
			assertThat(ask(bob, "friends.isOnline", "\"ann\"")).isEqualTo("true");
			ann.notify("friends.greet", "{\"to\":\"bob\",\"text\":\"hello\"}");
			assertThat(bob.readPush("onGreeting")).isEqualTo("\"hello\"");
		}
	}

}
