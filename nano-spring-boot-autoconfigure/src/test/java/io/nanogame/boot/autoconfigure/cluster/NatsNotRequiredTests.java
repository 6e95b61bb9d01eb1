package io.nanogame.boot.autoconfigure.cluster;

import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NatsNotRequiredTests {

	@Test
	void anAppThatDoesNotRequireNatsStartsAloneAndJoinsLater() {
		try (NatsServer nats = new NatsServer()) {
			nats.kill();
			ApplicationContextRunner app = ClusterRunner.create(nats)
				.withPropertyValues("nano.cluster.required=false", "nano.cluster.connect-timeout=1s");
			app.withBean(Shop.class).run((gate) -> {
				assertThat(gate.getBean(ClusterNode.class).bus().isConnected()).isFalse();
				Group lobby = gate.getBean(Groups.class).create("lobby");
				try (RawClient client = RawClient.tcp(gate.getBean(GameServer.class).port()).handshake()) {
					client.request(1, "shop.buy", "{}");
					assertThat(client.readResponse(1)).contains("bought");
					client.request(2, "room.greet", "{\"name\":\"Ada\"}");
					assertThat(client.readResponse(2)).contains("503").contains("not connected");
					lobby.broadcast("onNews", new Room.Greeting("nobody is there"));
					nats.start();
					app.withBean(Room.class).run((room) -> {
						await().until(() -> !gate.getBean(Nodes.class).withComponent("room").isEmpty());
						client.request(3, "room.greet", "{\"name\":\"Ada\"}");
						assertThat(client.readResponse(3)).contains("Hello Ada");
					});
				}
			});
		}
	}

	@GameComponent
	static class Shop {

		@Handler
		Room.Greeting buy() {
			return new Room.Greeting("bought");
		}

	}

}
