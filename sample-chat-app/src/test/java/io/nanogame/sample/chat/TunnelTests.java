package io.nanogame.sample.chat;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

// tag::tunnel[]
@NanoTest(RoomComponent.class)
@Import(SimpleMeterRegistry.class)
class TunnelTests {

	@Autowired
	private NanoTestClient players;

	@Test
	void aTunnelCostsNoMessage() {
		TestPlayer ann = join(this.players, "Ann");
		TestPlayer bob = join(this.players.resumable(), "Bob");
		bob.cut();
		ann.notify("room.message", new ChatMessage(null, "where are you?"));
		bob.notify("room.message", new ChatMessage(null, "in a tunnel")); // waits
		bob.resume().expectResumed();
		bob.expectPush("onMessage", ChatMessage.class).isEqualTo(new ChatMessage("Ann", "where are you?"));
		bob.expectPush("onMessage", ChatMessage.class).isEqualTo(new ChatMessage("Bob", "in a tunnel"));
		bob.expectNoPush("onMessage");
		ann.expectNoPush("onUserLeft");
	}

	@Test
	void thePlayerOfALongTunnelLeavesTheRoom(@Autowired VirtualTime time) {
		TestPlayer ann = join(this.players, "Ann");
		TestPlayer bob = join(this.players.resumable(), "Bob");
		bob.cut();
		time.advance(Duration.ofMinutes(1)); // nano.resume.window is 30s
		ann.expectPush("onUserLeft", UserChange.class).isEqualTo(new UserChange("Bob has left", "Bob"));
		bob.resume().expectLost();
		join(this.players, "Bob"); // in a new session
	}

	private static TestPlayer join(NanoTestClient client, String name) {
		TestPlayer player = client.named(name);
		player.request("room.join", new JoinRequest(name, "tea")).expectResponse();
		return player;
	}

}
// end::tunnel[]
