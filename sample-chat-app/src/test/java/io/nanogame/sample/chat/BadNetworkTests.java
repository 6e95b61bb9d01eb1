package io.nanogame.sample.chat;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.network.FaultyNetwork;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

// tag::network[]
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "nano.server.port=0", "nano.heartbeat=1s" })
@AutoConfigureNanoTestClient
class BadNetworkTests {

	@Autowired
	private NanoTestClient players;

	@LocalNanoPort
	private int port;

	@Test
	void theRoomIsNotifiedOfADisconnectedPlayer() {
		try (FaultyNetwork network = FaultyNetwork.to(this.port)) {
			TestPlayer ann = join(this.players, "Ann", "attic");
			TestPlayer bob = join(this.players.via(network), "Bob", "attic");
			network.cut();
			bob.expectClosed();
			ann.expectPush("onUserLeft", UserChange.class).isEqualTo(new UserChange("Bob has left", "Bob"));
		}
	}

	@Test
	void aSilentPlayerLeavesTheRoom() {
		try (FaultyNetwork network = FaultyNetwork.to(this.port)) {
			TestPlayer ann = join(this.players, "Ann", "cellar");
			TestPlayer bob = join(this.players.via(network), "Bob", "cellar");
			network.stallWriting(); // heartbeats do not arrive
			bob.expectClosed();
			ann.expectPush("onUserLeft", UserChange.class);
		}
	}

	private static TestPlayer join(NanoTestClient client, String name, String room) {
		TestPlayer player = client.named(name);
		player.request("room.join", new JoinRequest(name, room)).expectResponse();
		return player;
	}

}
// end::network[]
