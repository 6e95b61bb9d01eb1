package io.nanogame.boot.autoconfigure.push;

import java.util.List;
import java.util.stream.Stream;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.node.Nodes;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two gateways and a backend with the push API, on a real NATS server.
 */
class PushApiClusterTests {

	private static RunningApp start(NatsServer nats, WebApplicationType type, String... properties) {
		String[] all = Stream
			.concat(Stream.of("nano.cluster.enabled=true", "nano.cluster.servers=" + nats.url()), Stream.of(properties))
			.toArray(String[]::new);
		return RunningApp.start(PushApiTests.App.class, type, all);
	}

	@Test
	void theGatewaysThatAcceptAPushAreCounted() {
		try (NatsServer nats = new NatsServer();
				RunningApp gateA = start(nats, WebApplicationType.NONE);
				RunningApp gateB = start(nats, WebApplicationType.NONE);
				RunningApp logic = start(nats, WebApplicationType.SERVLET, "nano.server.enabled=false",
						"nano.push-api.enabled=true", "nano.push-api.keys=" + PushCaller.KEY)) {
			for (RunningApp app : List.of(gateA, gateB, logic)) {
				await().until(() -> app.bean(Nodes.class).others().size() == 2);
			}
			try (RawClient ann = Seats.member(gateA.gamePort(), "ann", "lobby");
					RawClient bob = Seats.member(gateB.gamePort(), "bob", "lobby")) {
				PushCaller caller = new PushCaller(logic);
				assertThat(caller.post("/user", "{\"uid\":\"ann\",\"route\":\"onNews\",\"body\":1}").body())
					.isEqualTo("{\"gateways\":1,\"unconfirmed\":0}");
				assertThat(caller.post("/users", "{\"uids\":[\"ann\",\"bob\"],\"route\":\"onNews\",\"body\":2}").body())
					.isEqualTo("{\"gateways\":2,\"unconfirmed\":0}");
				assertThat(caller.post("/group", "{\"group\":\"lobby\",\"route\":\"onNews\",\"body\":3}").body())
					.isEqualTo("{\"gateways\":2,\"unconfirmed\":0}");
				assertThat(caller.post("/all", "{\"route\":\"onNews\",\"body\":4}").body())
					.isEqualTo("{\"gateways\":2,\"unconfirmed\":0}");
				assertThat(caller.post("/user", "{\"uid\":\"cat\",\"route\":\"onNews\",\"body\":5}").body())
					.isEqualTo("{\"gateways\":0,\"unconfirmed\":0}");
				assertThat(Stream.generate(() -> ann.readPush("onNews")).limit(4)).containsExactly("1", "2", "3", "4");
				assertThat(Stream.generate(() -> bob.readPush("onNews")).limit(3)).containsExactly("2", "3", "4");
			}
		}
	}

}
