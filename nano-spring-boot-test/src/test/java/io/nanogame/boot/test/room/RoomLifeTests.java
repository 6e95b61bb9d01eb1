package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.Arena.Move;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.route.RequestException;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rooms without ticks, with views, and what happens to sessions in rooms.
 */
@NanoTest
@Import({ Arena.class, Cards.class })
class RoomLifeTests {

	@Autowired
	private RoomTester rooms;

	@Autowired
	private NanoTestClient players;

	@Autowired
	private Rooms all;

	@BeforeEach
	void clear() {
		this.rooms.advance(Duration.ofMinutes(2));
		Cards.EVENTS.clear();
		Cards.JOINS.clear();
	}

	private List<RoomInfo> list() {
		return this.all.list("cards", (room) -> true, 0, 10).toCompletableFuture().join();
	}

	// State

	@Test
	void changesAreSentAfterEachMessage() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		RoomPlayer bob = this.rooms.join("cards", "bob");
		ann.request("raise", 5).expectResponse();
		ann.expectState("/stake", 5);
		bob.expectState("/stake", 5);
	}

	@Test
	void aPlayerNeverReceivesWhatItDoesNotSee() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		RoomPlayer bob = this.rooms.join("cards", "bob");
		RoomPlayer eve = this.rooms.spectate(ann.room(), "eve");
		ann.request("draw", "ace").expectResponse();
		ann.expectState("/hand/cards", List.of("ace"));
		for (RoomPlayer other : List.of(bob, eve)) {
			assertThat(other.player().takePushes("room.state", byte[].class))
				.noneMatch((push) -> new String(push).contains("ace"));
		}
	}

	@Test
	void changesOfTimersAndOfFailedMessagesAreSentToo() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		ann.request("raiseLater", 2).expectResponse();
		this.rooms.advance(Duration.ofSeconds(1));
		ann.expectState("/stake", 2);
		ann.request("raiseAndFail", 3).expectError(418);
		ann.expectState("/stake", 5);
	}

	@Test
	void aPlayerWithoutAChangeReceivesNothing() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		RoomPlayer bob = this.rooms.join("cards", "bob");
		bob.state();
		ann.request("draw", "ace").expectResponse();
		bob.player().expectNoPush("room.state");
	}

	@Test
	void workOfOtherThreadsReturnsToTheRoom() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		ann.request("later", null).expectResponse(Integer.class).isEqualTo(7);
		ann.expectState("/stake", 7);
		ann.request("offLane", null).expectResponse(String.class).isEqualTo("IllegalStateException");
	}

	// Creation

	@Test
	void theOptionsOfAPlayerAreThoseOfANewRoom() {
		RoomPlayer ann = this.rooms.join("cards", this.rooms.player("ann"), Map.of("stake", 3));
		ann.expectState("/stake", 3);
	}

	@Test
	void aRoomThatCannotBeCreatedFailsTheRequest() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, Map.of("stake", -1)))
			.expectError(400)
			.hasMessage("the stake is negative");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, Map.of("stake", "x")))
			.expectError(400)
			.hasMessage("the options are not those of a room of the kind cards");
		ann.request(RoomDoor.RESERVE, new Wish("chess", null, false, null)).expectError(404);
		assertThat(list()).isEmpty();
	}

	@Test
	void aRoomMayCloseItselfAtAnyTime() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, Map.of("stake", 666))).expectError(410);
		assertThat(list()).isEmpty();
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, Map.of("stake", 777))).expectResponse();
		ann.request("cards.join").expectError(410);
		assertThat(list()).isEmpty();
		this.rooms.join("cards", "ann");
	}

	@Test
	void aRoomWithoutPlayersIsClosedAfterItsTime() {
		RoomInfo created = this.all.create("cards", null).toCompletableFuture().join();
		assertThat(list()).containsExactly(created);
		this.rooms.advance(Duration.ofSeconds(60));
		assertThat(list()).hasSize(1);
		this.rooms.advance(Duration.ofSeconds(6));
		assertThat(list()).isEmpty();
		RoomPlayer ann = this.rooms.join("cards", "ann");
		ann.leave();
		this.rooms.advance(Duration.ofSeconds(59));
		assertThat(this.rooms.join("cards", "ann").room()).isEqualTo(ann.room());
	}

	// Joining

	@Test
	void aJoinMayTakeTime() {
		CompletableFuture<String> join = new CompletableFuture<>();
		Cards.JOINS.add(join);
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		SentRequest joining = ann.request("cards.join");
		ann.expectNoPush("room.state");
		join.complete("later");
		joining.expectResponse(String.class).isEqualTo("later");
		assertThat(ann.takePushes("room.state", JsonNode.class)).hasSize(1);
	}

	@Test
	void aJoinMayFailLater() {
		CompletableFuture<String> join = new CompletableFuture<>();
		Cards.JOINS.add(join);
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		SentRequest joining = ann.request("cards.join");
		join.completeExceptionally(new RequestException(402, "no money"));
		joining.expectError(402).hasMessage("no money");
		assertThat(list()).singleElement().extracting(RoomInfo::players).isEqualTo(0);
		assertThat(Cards.EVENTS).isEmpty();
	}

	@Test
	void aPlayerWhoseSessionEndsWhileItJoinsHasNoSeat() {
		CompletableFuture<String> join = new CompletableFuture<>();
		Cards.JOINS.add(join);
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		ann.request("cards.join");
		ann.expectNoPush("room.state");
		ann.close();
		join.complete("too late");
		this.rooms.advance(Duration.ofSeconds(1));
		assertThat(list()).singleElement().extracting(RoomInfo::players).isEqualTo(0);
	}

	@Test
	void aLockedRoomAcceptsNoNewPlayers() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		TestPlayer bob = this.rooms.player("bob");
		bob.request(RoomDoor.RESERVE, new Wish("", ann.room(), false, null)).expectResponse();
		ann.request("lock", true).expectResponse();
		TestPlayer cid = this.rooms.player("cid");
		cid.request(RoomDoor.RESERVE, new Wish("", ann.room(), false, null)).expectError(409);
		assertThat(this.rooms.join("cards", "cid").room()).isNotEqualTo(ann.room());
		bob.request("cards.join").expectResponse();
		this.rooms.spectate(ann.room(), "eve");
	}

	@Test
	void aHiddenRoomIsFoundByItsIdOnly() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		ann.request("hide", true).expectResponse();
		assertThat(list()).isEmpty();
		assertThat(this.rooms.join("cards", "bob").room()).isNotEqualTo(ann.room());
		assertThat(this.rooms.joinRoom(ann.room(), "cid").room()).isEqualTo(ann.room());
		assertThat(this.all.find(ann.room()).toCompletableFuture().join().metadata()).containsEntry("name", "night");
		ann.request("hide", false).expectResponse();
		assertThat(list()).extracting(RoomInfo::room).contains(ann.room());
	}

	@Test
	void aReservationElsewhereReplacesTheFormerOne() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		RoomInfo other = this.all.create("cards", null).toCompletableFuture().join();
		TestPlayer bob = this.rooms.player("bob");
		bob.request(RoomDoor.RESERVE, new Wish("", ann.room(), false, null)).expectResponse();
		bob.request(RoomDoor.RESERVE, new Wish("", other.room(), false, null)).expectResponse();
		assertThat(list()).filteredOn((room) -> room.room().equals(ann.room()))
			.singleElement()
			.extracting(RoomInfo::players)
			.isEqualTo(1);
		bob.request("cards.join").expectResponse();
		assertThat(list()).extracting(RoomInfo::players).containsOnly(1);
	}

	// Leaving

	@Test
	void aRoomMayBeCalledForSpectatorsToo() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		this.rooms.spectate(ann.room(), "eve").leave();
		assertThat(Cards.EVENTS).containsExactly("leave");
	}

	@Test
	void theGameRemovesAPlayer() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		RoomPlayer bob = this.rooms.join("cards", "bob");
		ann.request("remove", "bob").expectResponse();
		bob.expectLeft("removed").extracting((left) -> left.path("message").asString()).isEqualTo("cheating");
		bob.request("raise", 1).expectError(409);
		ann.expectState("/players", 2);
		assertThat(Cards.EVENTS).containsExactly("leave");
	}

	@Test
	void timersEndWithTheirRoom() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		ann.request("alarm", null).expectResponse();
		this.rooms.advance(Duration.ofSeconds(5));
		ann.player().expectPush("alarm", String.class).isEqualTo("ring");
		assertThat(Cards.EVENTS).containsExactly("every", "every");
		this.all.close(ann.room(), "over").toCompletableFuture().join();
		this.rooms.advance(Duration.ofSeconds(5));
		assertThat(Cards.EVENTS).containsExactly("every", "every", "leave");
	}

	// Sessions

	@Test
	void anotherSessionOfThePlayerTakesTheSeat() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		TestPlayer second = this.players.connect();
		second.request(RoomDoor.BIND, "ann").expectResponse();
		second.request("arena.join").expectResponse();
		ann.expectLeft("replaced");
		ann.request("move", new Move(1)).expectError(409);
		second.request("arena.move", new Move(1)).expectResponse();
		second.expectPush("room.state", JsonNode.class);
	}

	@Test
	void aGuestKeepsItsSeatWhenItLogsIn() {
		TestPlayer guest = this.players.connect();
		guest.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		guest.request(RoomDoor.BIND, "ann").expectResponse();
		guest.request("cards.join").expectResponse();
		TestPlayer other = this.players.connect();
		other.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		other.request("cards.join").expectResponse();
		other.request(RoomDoor.BIND, "bob").expectResponse();
		assertThat(list()).singleElement().extracting(RoomInfo::players).isEqualTo(2);
		other.request("cards.raise", 1).expectResponse();
	}

	@Test
	void aGuestLosesItsSeatToThePlayerItLogsInAs() {
		RoomPlayer ann = this.rooms.join("cards", "ann");
		TestPlayer guest = this.players.connect();
		guest.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse();
		guest.request("cards.join").expectResponse();
		guest.request(RoomDoor.BIND, "ann").expectResponse();
		guest.expectPush("room.left", JsonNode.class)
			.extracting((left) -> left.path("reason").asString())
			.isEqualTo("replaced");
		ann.request("raise", 1).expectResponse();
	}

	@Test
	void aResumedPlayerKeepsItsSeatAndReceivesTheWholeState() {
		RoomPlayer bob = this.rooms.join("arena", "bob");
		TestPlayer ann = this.players.resumable().connect();
		ann.request(RoomDoor.BIND, "ann").expectResponse();
		ann.request(RoomDoor.RESERVE, new Wish("arena", null, false, null)).expectResponse();
		ann.request("arena.join").expectResponse();
		ann.takePushes("room.state", JsonNode.class);
		ann.cut();
		bob.request("move", new Move(1)).expectResponse();
		this.rooms.advance(Duration.ofSeconds(10));
		ann.resume().expectResumed();
		this.rooms.advance(Duration.ofMillis(50));
		assertThat(ann.takePushes("room.state", JsonNode.class)).hasSizeLessThan(4)
			.last()
			.satisfies((push) -> assertThat(push.at("/patch/fighters/bob/x").asInt()).isEqualTo(201));
		assertThat(bob.state().at("/fighters").propertyNames()).containsExactlyInAnyOrder("ann", "bob");
	}

}
