package io.nanogame.sample.chat;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

// tag::slice[]
@NanoTest(RoomComponent.class)
@Import(SimpleMeterRegistry.class) // for an interceptor of the chat
class RoomComponentTests {

	@Autowired
	private NanoTestClient players;

	@Test
	void aNewMemberReceivesTheMembersAndTheOthersAreNotified() {
		TestPlayer ann = join("Ann", "tea");
		TestPlayer bob = join("Bob", "tea");
		bob.expectPush("onMembers", Members.class).isEqualTo(new Members(List.of("Ann")));
		ann.expectPush("onNewUser", UserChange.class).isEqualTo(new UserChange("Bob has joined", "Bob"));
		bob.notify("room.message", new ChatMessage(null, "hello"));
		ann.expectPush("onMessage", ChatMessage.class).isEqualTo(new ChatMessage("Bob", "hello"));
	}

	@Test
	void roomsAreSeparate() {
		TestPlayer ann = join("Ann", "tea");
		TestPlayer bob = join("Bob", "coffee");
		bob.notify("room.message", new ChatMessage(null, "anybody here?"));
		ann.expectNoPush("onMessage");
	}

	@Test
	void invalidMessagesAreRefused() {
		TestPlayer ann = this.players.connect();
		ann.request("room.message", new ChatMessage(null, "to nobody")).expectError(409);
		ann.request("room.join", new JoinRequest("n".repeat(65), null)).expectError(400).hasMessageContaining("name");
	}

	@Test
	void aPlayerThatLeavesIsKicked() {
		TestPlayer ann = join("Ann", "tea");
		ann.notify("room.leave");
		ann.expectKicked("left the room");
	}

	private TestPlayer join(String name, String room) {
		TestPlayer player = this.players.named(name);
		player.request("room.join", new JoinRequest(name, room))
			.expectResponse(JoinResponse.class)
			.isEqualTo(JoinResponse.success());
		return player;
	}

}
// end::slice[]
