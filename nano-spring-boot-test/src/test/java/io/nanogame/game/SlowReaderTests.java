package io.nanogame.game;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Tests a player whose network stalls. Heartbeats are too rare to matter. */
@SpringBootTest(properties = { "nano.server.port=0", "nano.push.high-water-mark=64KB" })
@AutoConfigureNanoTestClient
class SlowReaderTests {

	private static final Chat MUCH = new Chat("Bob", "m".repeat(16 * 1024));

	/** More messages than all socket buffers on the way can hold. */
	private static final int ENOUGH = 4_000;

	@Test
	void aSlowReaderIsDisconnected(@Autowired NanoTestClient players, @Autowired Sessions sessions,
			@LocalNanoPort int port) {
		try (FaultyNetwork network = FaultyNetwork.to(port)) {
			TestPlayer ann = players.via(network).named("ann");
			TestPlayer bob = players.named("bob");
			ann.request("room.join", new Join("Ann")).expectResponse();
			bob.request("room.join", new Join("Bob")).expectResponse();
			network.stallReading();
			for (int i = 0; i < ENOUGH && sessions.count() == 2; i++) {
				bob.request("room.message", MUCH).expectResponse();
				bob.expectPush("onMessage", Chat.class);
			}
			network.flow();
			ann.expectClosed();
		}
	}

}
