package io.nanogame.sample.chat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@NanoTest(RoomComponent.class)
@Import(SimpleMeterRegistry.class) // for the interceptor that counts messages
class RepeatedJoinTests {

	@Autowired
	private NanoTestClient players;

	private TestPlayer ann;

	private TestPlayer bob;

	@BeforeEach
	void annAndBobJoin() {
		this.ann = this.players.named("Ann");
		this.bob = this.players.named("Bob");
		join(this.ann, "Ann", "tea");
		join(this.bob, "Bob", "tea");
		this.ann.expectPush("onNewUser", UserChange.class).isEqualTo(new UserChange("Bob has joined", "Bob"));
	}

	@Test
	void aRepeatedJoinSucceedsAndIsNotAnnouncedAgain() {
		join(this.bob, "Bob", "tea");
		this.ann.expectNoPush("onUserLeft");
		this.ann.expectNoPush("onNewUser");
		this.bob.notify("room.message", new ChatMessage(null, "still here"));
		this.ann.expectPush("onMessage", ChatMessage.class).isEqualTo(new ChatMessage("Bob", "still here"));
	}

	@Test
	void aMemberThatJoinsWithAnotherNameLeavesAndJoins() {
		join(this.bob, "Bert", "tea");
		this.ann.expectPush("onUserLeft", UserChange.class).isEqualTo(new UserChange("Bob has left", "Bob"));
		this.ann.expectPush("onNewUser", UserChange.class).isEqualTo(new UserChange("Bert has joined", "Bert"));
	}

	@Test
	void aMemberThatJoinsAnotherRoomLeavesTheFirst() {
		join(this.bob, "Bob", "coffee");
		this.ann.expectPush("onUserLeft", UserChange.class).isEqualTo(new UserChange("Bob has left", "Bob"));
		this.ann.expectNoPush("onNewUser");
	}

	private static void join(TestPlayer player, String name, String room) {
		player.request("room.join", new JoinRequest(name, room))
			.expectResponse(JoinResponse.class)
			.isEqualTo(JoinResponse.success());
	}

}
