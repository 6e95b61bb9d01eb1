package io.nanogame.sample.arena;

import java.time.Duration;
import java.util.List;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomPlayer;
import io.nanogame.boot.test.room.RoomTester;
import io.nanogame.sample.arena.Admin.CloseRoom;
import io.nanogame.sample.arena.Arena.Chat;
import io.nanogame.sample.arena.Arena.Move;
import io.nanogame.sample.arena.Arena.Options;
import io.nanogame.sample.arena.Arena.Said;
import io.nanogame.sample.arena.Logins.Login;
import io.nanogame.sample.arena.ScoreBoard.Gift;
import io.nanogame.sample.arena.Scores.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureJdbc;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the game, in virtual time.
 */
@NanoTest
@AutoConfigureJdbc
@Import({ Logins.class, Scores.class })
class ArenaTests {

	private static final Duration TICK = Duration.ofMillis(50);

	@Autowired
	private NanoTestClient clients;

	@Autowired
	private RoomTester rooms;

	@Autowired
	private Scores scores;

	@BeforeEach
	void theRoomsOfTheTestBeforeClose() {
		this.rooms.advance(Duration.ofMinutes(1));
	}

	@Test
	void fourMeetAndTheFifthIsInAnotherRoom() {
		String room = join("ann").room();
		assertThat(join("bob").room()).isEqualTo(room);
		assertThat(join("cid").room()).isEqualTo(room);
		assertThat(join("dan").room()).isEqualTo(room);
		assertThat(join("eve").room()).isNotEqualTo(room);
	}

	@Test
	void aMoveIsSeenByAllUntilTheFighterStops() {
		RoomPlayer ann = join("ann");
		RoomPlayer bob = join("bob");
		int y = ann.state().at("/fighters/ann/y").asInt();
		ann.notify("move", new Move(0, (y < 50) ? 9 : -9)); // one step a tick,
															// nevertheless
		this.rooms.advance(TICK.multipliedBy(10));
		ann.notify("move", new Move(0, 0));
		this.rooms.advance(TICK.multipliedBy(10));
		bob.expectState("/fighters/ann/y", (y < 50) ? y + 10 : y - 10);
	}

	@Test
	void fightersStayOnTheField() {
		RoomPlayer ann = join("ann").notify("move", new Move(-7, 7));
		this.rooms.advance(Duration.ofSeconds(10));
		ann.expectState("/fighters/ann/x", 0).expectState("/fighters/ann/y", ArenaState.SIZE - 1);
	}

	@Test
	void aCoinIsAPointAndPointsAreStoredWhenAPlayerLeaves() {
		for (int coins = 1; coins <= 2; coins++) {
			RoomPlayer zoe = join("zoe");
			collectACoin(zoe);
			zoe.leave();
			zoe.player().request("score.top").expectResponse(Score[].class);
			assertThat(points("zoe")).isEqualTo(coins);
		}
	}

	@Test
	void botsCollectCoinsBesidePlayers() {
		RoomPlayer ann = this.rooms.join("arena", player("ann"), new Options(2));
		this.rooms.advance(Duration.ofMinutes(1));
		assertThat(ann.state().at("/fighters/bot 1/score").asInt() + ann.state().at("/fighters/bot 2/score").asInt())
			.isPositive();
	}

	@Test
	void aPlayerWhoIsBackInTimeKeepsItsPlace() {
		RoomPlayer ann = this.rooms.join("arena", resumable("ann"), null);
		RoomPlayer bob = join("bob");
		ann.notify("move", new Move(1, 1));
		this.rooms.advance(TICK);
		int x = ann.state().at("/fighters/ann/x").asInt();
		ann.player().cut();
		ann.notify("move", new Move(0, 0)); // waits
		this.rooms.advance(Duration.ofSeconds(29));
		bob.expectState("/fighters/ann/away", true);
		ann.player().resume().expectResumed();
		this.rooms.advance(TICK);
		for (RoomPlayer player : List.of(ann, bob)) {
			player.expectState("/fighters/ann/away", false).expectState("/fighters/ann/x", x);
		}
	}

	@Test
	void aPlayerWhoIsBackTooLateIsReplacedAndTheRoomCloses() {
		RoomPlayer ann = this.rooms.join("arena", resumable("ann"), null);
		ann.player().cut();
		this.rooms.advance(Duration.ofSeconds(31));
		ann.player().resume().expectLost();
		assertThat(join("bob").room()).isNotEqualTo(ann.room());
		join("ann");
	}

	@Test
	void aPlayerWhoLogsInTwiceKeepsItsPlaceInTheNewerWindow() {
		RoomPlayer ann = join("ann");
		RoomPlayer bob = join("bob");
		JsonNode before = bob.state().at("/fighters/ann");
		RoomPlayer again = this.rooms.join("arena", this.clients.user(new Login("player:ann")).connect(), null);
		ann.expectLeft("replaced");
		again.expectState("/fighters/ann", before);
		assertThat(again.room()).isEqualTo(bob.room());
	}

	@Test
	void spectatorsWatchAndChatButCannotMove() {
		RoomPlayer ann = join("ann");
		RoomPlayer eve = this.rooms.spectate(ann.room(), player("eve"));
		eve.request("move", new Move(1, 0)).expectError(403);
		eve.expectState("/fighters/eve", null);
		eve.notify("chat", new Chat("well done"));
		ann.player().expectPush("chat", Said.class).isEqualTo(new Said("eve", "well done"));
	}

	@Test
	void theChatStaysInItsRoom() {
		RoomPlayer ann = this.rooms.join("arena", player("ann"), new Options(0));
		RoomPlayer bob = join("bob");
		ann.request("chat", new Chat("hello")).expectResponse();
		bob.player().expectPush("chat", Said.class).isEqualTo(new Said("ann", "hello"));
		ann.request("chat", new Chat(" ")).expectError(400);
		join("cid");
		join("dan");
		RoomPlayer eve = join("eve");
		eve.notify("chat", new Chat("alone?"));
		eve.player().expectPush("chat", Said.class);
		bob.player().expectNoPush("chat");
	}

	@Test
	void onlyAnAdminClosesRooms() {
		RoomPlayer ann = join("ann");
		CloseRoom room = new CloseRoom(ann.room());
		ann.player().request("admin.close", room).expectError(403);
		this.clients.user(new Login("admin:max")).connect().request("admin.close", room).expectResponse();
		ann.expectLeft("closed").extracting((left) -> left.path("message").asString()).isEqualTo("closed by an admin");
		assertThat(join("ann").room()).isNotEqualTo(ann.room());
	}

	@Test
	void playersGivePointsThatTheyHave() {
		this.scores.add("gil", 3);
		TestPlayer gil = player("gil");
		gil.request("score.give", new Gift("hal", 2)).expectResponse();
		gil.request("score.give", new Gift("hal", 2)).expectError(409);
		assertThat(points("gil")).isEqualTo(1);
		assertThat(points("hal")).isEqualTo(2);
	}

	@Test
	void guestsAreRefused() {
		this.clients.expectRefused();
		this.clients.user(new Login("nonsense")).expectRefused();
		this.clients.user(new Login("king:ann")).expectRefused();
	}

	private RoomPlayer join(String name) {
		return this.rooms.join("arena", player(name), null);
	}

	private TestPlayer player(String name) {
		return this.clients.user(new Login("player:" + name)).named(name);
	}

	private TestPlayer resumable(String name) {
		return this.clients.resumable().user(new Login("player:" + name)).named(name);
	}

	private void collectACoin(RoomPlayer player) {
		String name = player.player().name();
		while (player.state().at("/fighters/" + name + "/score").asInt() == 0) {
			JsonNode fighter = player.state().at("/fighters/" + name);
			JsonNode coin = player.state().at("/coin");
			player.notify("move", new Move(direction(fighter, coin, "x"), direction(fighter, coin, "y")));
			this.rooms.advance(TICK);
		}
	}

	private static int direction(JsonNode from, JsonNode to, String axis) {
		return Integer.signum(to.path(axis).asInt() - from.path(axis).asInt());
	}

	private int points(String player) {
		return this.scores.top()
			.stream()
			.filter((score) -> score.player().equals(player))
			.mapToInt(Score::points)
			.sum();
	}

}
