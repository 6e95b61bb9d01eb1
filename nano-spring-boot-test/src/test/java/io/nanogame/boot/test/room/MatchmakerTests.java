package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.List;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The matchmaker on one server, in virtual time.
 */
@NanoTest
@Import({ Duels.class, Duels.Rule.class, Duels.Ring.class })
class MatchmakerTests {

	@Autowired
	private RoomTester rooms;

	@Autowired
	private NanoTestClient players;

	private TestPlayer play(String uid, int rating) {
		TestPlayer player = this.rooms.player(uid);
		player.request("duels.play", rating).expectResponse();
		return player;
	}

	private static JsonNode found(TestPlayer player) {
		return player.expectPush("match.found", JsonNode.class).value();
	}

	private static List<JsonNode> pushes(TestPlayer player, String route) {
		return player.takePushes(route, JsonNode.class);
	}

	@Test
	void playersWhoFitMeetInARoom() {
		TestPlayer ann = play("ann", 1000);
		TestPlayer bob = play("bob", 1050);
		this.rooms.advance(Duration.ofSeconds(1));
		JsonNode found = found(ann);
		assertThat(found(bob)).isEqualTo(found);
		assertThat(found.path("queue").asString()).isEqualTo("duel");
		assertThat(found.path("kind").asString()).isEqualTo("ring");
		assertThat(found.path("players").valueStream().map(JsonNode::asString)).containsExactly("ann", "bob");
		RoomPlayer inRing = this.rooms.join("ring", ann, null);
		assertThat(inRing.room()).isEqualTo(found.path("room").asString());
		this.rooms.join("ring", bob, null).expectState("/waited", 0);
		bob.request("duels.play", 1000).expectError(423);
	}

	@Test
	void theRuleWidensWithTime() {
		TestPlayer ann = play("ann", 1000);
		TestPlayer bob = play("bob", 1200);
		this.rooms.advance(Duration.ofSeconds(9));
		assertThat(pushes(ann, "match.found")).isEmpty();
		this.rooms.advance(Duration.ofSeconds(2));
		assertThat(found(ann)).isEqualTo(found(bob));
		this.rooms.join("ring", ann, null).expectState("/waited", 10);
	}

	@Test
	void aPlayerWaitsUntilTheTimeout() {
		TestPlayer ann = play("ann", 1000);
		ann.request("duels.play", 1000).expectError(409);
		this.rooms.advance(Duration.ofSeconds(62));
		assertThat(ann.expectPush("match.timedOut", JsonNode.class).value().path("queue").asString()).isEqualTo("duel");
		ann.request("duels.play", 1000).expectResponse();
	}

	@Test
	void aPlayerLeavesTheQueue() {
		TestPlayer ann = play("ann", 1000);
		assertThat(ann.request("duels.stop", null).expectResponse(Boolean.class).value()).isTrue();
		assertThat(ann.expectPush("match.cancelled", JsonNode.class).value().path("reason").asString())
			.isEqualTo("cancelled");
		assertThat(ann.request("duels.stop", null).expectResponse(Boolean.class).value()).isFalse();
		TestPlayer bob = play("bob", 1000);
		this.rooms.advance(Duration.ofSeconds(5));
		assertThat(pushes(bob, "match.found")).isEmpty();
	}

	@Test
	void aPartyIsMatchedTogether() {
		TestPlayer ann = play("ann", 0);
		TestPlayer bob = this.rooms.player("bob");
		TestPlayer cid = this.rooms.player("cid");
		bob.request("duels.playWith", List.of("cid")).expectResponse();
		cid.request("duels.play", 0).expectError(409);
		this.rooms.advance(Duration.ofSeconds(1));
		assertThat(found(bob)).isEqualTo(found(cid));
		assertThat(pushes(ann, "match.found")).isEmpty();
	}

	@Test
	void aPartyEndsWhenAMemberLeaves() {
		TestPlayer ann = play("ann", 0);
		TestPlayer bob = this.rooms.player("bob");
		bob.request("duels.playWith", List.of("cid")).expectError(404);
		bob.request("duels.playWith", List.of("cid", "dan")).expectError(400);
		bob.request("duels.playWith", List.of("ann")).expectError(409);
		this.rooms.player("cid");
		bob.request("duels.playWith", List.of("cid")).expectResponse();
		this.rooms.player("cid").request("duels.logout", null).expectResponse();
		assertThat(bob.expectPush("match.cancelled", JsonNode.class).value().path("reason").asString())
			.isEqualTo("left");
		bob.request("duels.play", 0).expectResponse();
		this.rooms.advance(Duration.ofSeconds(1));
		assertThat(found(ann)).isEqualTo(found(bob));
	}

	@Test
	void whatCannotBeQueuedFails() {
		this.players.named("eve").request("duels.play", 1).expectError(401);
		this.rooms.player("ann").request("duels.playElsewhere", null).expectError(404);
	}

}
