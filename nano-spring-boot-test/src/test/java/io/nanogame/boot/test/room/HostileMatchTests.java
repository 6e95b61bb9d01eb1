package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Rooms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Players who disturb those who wait for a match, and games with mistakes.
 */
@NanoTest
@Import({ HostileMatchTests.Play.class, HostileMatchTests.Logins.class, HostileMatchTests.Fair.class,
		HostileMatchTests.Crowd.class, HostileMatchTests.Broken.class, HostileMatchTests.Nowhere.class,
		HostileMatchTests.Arena.class, HostileMatchTests.Closing.class })
class HostileMatchTests {

	@Autowired
	private RoomTester rooms;

	@Autowired
	private Rooms all;

	/** The tickets of the players of another test are forgotten. */
	@BeforeEach
	void forgetPlayers() {
		advance(5000);
	}

	private TestPlayer play(String uid, String queue, Object properties) {
		TestPlayer player = this.rooms.player(uid);
		player.request("play." + queue, properties).expectResponse();
		return player;
	}

	private void advance(int millis) {
		this.rooms.advance(Duration.ofMillis(millis));
	}

	private static String found(TestPlayer player) {
		return player.expectPush("match.found", JsonNode.class).value().path("players").toString();
	}

	@Test
	void propertiesThatCannotBeReadExcludeTheirOwnTicket() {
		List<Object> hostile = new ArrayList<>(
				List.of("text", List.of(List.of()), 1e300, "\u0000\uD83D", "x".repeat(8000)));
		hostile.add(null);
		for (int i = 0; i < hostile.size(); i++) {
			play("hostile" + i, "fair", hostile.get(i));
		}
		advance(500);
		TestPlayer ann = play("ann", "fair", 1);
		TestPlayer bob = play("bob", "fair", 1);
		advance(1000);
		assertThat(found(ann)).isEqualTo(found(bob)).isEqualTo("[\"ann\",\"bob\"]");
	}

	@Test
	void aPlayerWhoEntersAndLeavesAQueueAgainAndAgainDoesNotDelayOthers() {
		TestPlayer eve = this.rooms.player("eve");
		for (int i = 0; i < 40; i++) {
			play("eve", "fair", 1);
			eve.request("play.stop", null).expectResponse();
			eve.expectPush("match.cancelled", JsonNode.class);
		}
		TestPlayer ann = play("ann", "fair", 1);
		TestPlayer bob = play("bob", "fair", 1);
		advance(1000);
		assertThat(found(ann)).isEqualTo(found(bob)).isEqualTo("[\"ann\",\"bob\"]");
	}

	@Test
	void uidsOfMembersMayBeAnything() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request("play.party", Arrays.asList("bob", null)).expectError(400);
		ann.request("play.party", List.of("\uD83D")).expectError(404);
		ann.request("play.party", List.of("")).expectError(404);
		String longest = "\uD83D\uDE00.".repeat(2700);
		TestPlayer bob = this.rooms.player(longest);
		ann.request("play.party", List.of(longest, "ann")).expectResponse();
		advance(1000);
		assertThat(found(ann)).isEqualTo(found(bob));
	}

	@Test
	void roomsThatAreTooSmallForAMatchDoNotPileUp() {
		TestPlayer ann = play("ann", "crowd", 1);
		play("bob", "crowd", 1);
		TestPlayer cid = play("cid", "crowd", 1);
		advance(10_000);
		assertThat(this.all.list("arena", (room) -> true, 0, 100).toCompletableFuture().join()).hasSizeLessThan(2);
		advance(52_000);
		ann.expectPush("match.timedOut", JsonNode.class);
		cid.expectPush("match.timedOut", JsonNode.class);
	}

	@Test
	void aMatchWithoutARoomTimesOut() {
		for (String queue : List.of("broken", "nowhere")) {
			TestPlayer ann = play("ann " + queue, queue, 1);
			TestPlayer bob = play("bob " + queue, queue, 1);
			advance(70_000);
			ann.expectPush("match.timedOut", JsonNode.class);
			bob.expectPush("match.timedOut", JsonNode.class);
		}
	}

	@Test
	void aPlayerWithAnotherUidHasLeft() {
		TestPlayer ann = play("ann", "fair", 1);
		ann.request("play.rename", "amy").expectResponse();
		assertThat(ann.expectPush("match.cancelled", JsonNode.class).value().path("reason").asString())
			.isEqualTo("left");
		TestPlayer bob = play("bob", "fair", 1);
		advance(1000);
		bob.expectNoPush("match.found");
		ann.request("play.fair", 1).expectResponse();
		advance(1000);
		assertThat(found(bob)).isEqualTo("[\"bob\",\"amy\"]");
	}

	@Test
	void aPlayerMayEnterAQueueAtItsLogin() {
		TestPlayer ann = this.rooms.player("auto ann");
		TestPlayer bob = this.rooms.player("auto bob");
		advance(1000);
		assertThat(found(ann)).isEqualTo(found(bob));
	}

	@GameComponent("play")
	static class Play {

		private final Matchmaker matchmaker;

		Play(Matchmaker matchmaker) {
			this.matchmaker = matchmaker;
		}

		@Handler
		CompletionStage<Void> fair(Session player, @Nullable JsonNode properties) {
			return this.matchmaker.enqueue(player, "fair", properties);
		}

		@Handler
		CompletionStage<Void> crowd(Session player) {
			return this.matchmaker.enqueue(player, "crowd", 1);
		}

		@Handler
		CompletionStage<Void> broken(Session player) {
			return this.matchmaker.enqueue(player, "broken", 1);
		}

		@Handler
		CompletionStage<Void> nowhere(Session player) {
			return this.matchmaker.enqueue(player, "nowhere", 1);
		}

		@Handler
		CompletionStage<Void> party(Session player, List<String> members) {
			return this.matchmaker.enqueue(player, members, "fair", 1);
		}

		@Handler
		CompletionStage<Boolean> stop(Session player) {
			return this.matchmaker.cancel(player, "fair");
		}

		@Handler
		void rename(Session player, String uid) {
			player.unbind();
			player.bind(uid);
		}

	}

	static class Logins implements SessionListener {

		private final ObjectProvider<Matchmaker> matchmaker;

		Logins(ObjectProvider<Matchmaker> matchmaker) {
			this.matchmaker = matchmaker;
		}

		@Override
		public void bound(Session session) {
			if (String.valueOf(session.uid()).startsWith("auto")) {
				this.matchmaker.getObject().enqueue(session, "fair", 1);
			}
		}

	}

	@MatchQueue(value = "fair", room = "arena", players = 2)
	static class Fair implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return Math.abs(ticket.properties(Integer.class) - other.properties(Integer.class)) < 10;
		}

	}

	@MatchQueue(value = "crowd", room = "arena", players = 3)
	static class Crowd extends Fair {

	}

	@MatchQueue(value = "broken", room = "closing", players = 2)
	static class Broken extends Fair {

	}

	@MatchQueue(value = "nowhere", room = "unknown", players = 2)
	static class Nowhere extends Fair {

	}

	@GameRoom(value = "arena", seats = 2)
	static class Arena {

	}

	@GameRoom(value = "closing", seats = 2)
	static class Closing {

		Closing(Room<Void> room) {
			room.close("at once");
		}

	}

}
