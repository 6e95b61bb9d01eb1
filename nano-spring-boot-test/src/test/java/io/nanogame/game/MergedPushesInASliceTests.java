package io.nanogame.game;

import java.time.Duration;
import java.util.List;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** The windows of merged pushes end in the virtual time of a slice. */
@NanoTest(properties = "nano.push.merge[onMessage]=50ms")
class MergedPushesInASliceTests {

	record Items(List<Chat> items) {
	}

	@Autowired
	private NanoTestClient players;

	@Autowired
	private VirtualTime time;

	@Test
	void theBroadcastsOfAWindowAreOnePush() {
		TestPlayer ann = this.players.connect();
		ann.request("room.join", new Join("Ann")).expectResponse();
		Chat first = new Chat("Ann", "1");
		Chat second = new Chat("Ann", "2");
		ann.notify("room.message", first).notify("room.message", second);
		this.time.advance(Duration.ofMillis(49));
		ann.expectNoPush("onMessage");
		this.time.advance(Duration.ofMillis(1));
		ann.expectPush("onMessage", Items.class).isEqualTo(new Items(List.of(first, second)));
	}

}
