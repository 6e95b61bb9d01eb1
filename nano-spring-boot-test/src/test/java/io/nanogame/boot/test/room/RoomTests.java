package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.Map;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.Arena.JoinOptions;
import io.nanogame.boot.test.room.Arena.Move;
import io.nanogame.boot.test.room.Arena.Welcome;
import io.nanogame.session.Sessions;
import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NanoTest
@Import(Arena.class)
class RoomTests {

	private static final Duration TICK = Duration.ofMillis(50);

	@Autowired
	private RoomTester rooms;

	@Autowired
	private Rooms all;

	@Autowired
	private Sessions sessions;

	@BeforeEach
	void clear() {
		this.rooms.advance(Duration.ofSeconds(20));
		Arena.EVENTS.clear();
	}

	@Test
	void playersMeetUntilTheRoomIsFull() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		RoomPlayer bob = this.rooms.join("arena", "bob");
		RoomPlayer cid = this.rooms.join("arena", "cid");
		assertThat(bob.room()).isEqualTo(ann.room());
		assertThat(cid.room()).isNotEqualTo(ann.room());
		assertThat(ann.answer(Welcome.class)).isEqualTo(new Welcome(ann.room(), 1));
		assertThat(bob.answer(Welcome.class)).isEqualTo(new Welcome(ann.room(), 2));
	}

	@Test
	void aPlayerReceivesTheStateAndItsChanges() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.expectState("", Map.of("fighters", Map.of("ann", Map.of("x", 0))));
		RoomPlayer bob = this.rooms.join("arena", "bob");
		ann.expectState("/fighters/bob/x", 0);
		bob.request("move", new Move(2)).expectResponse();
		this.rooms.advance(TICK.multipliedBy(10));
		ann.expectState("/fighters/bob/x", 20);
		bob.expectState("", Map.of("fighters", Map.of("ann", Map.of("x", 0), "bob", Map.of("x", 20))));
	}

	@Test
	void handlersRunOnTheLaneOfTheRoom() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.request("onLane", null).expectResponse(Boolean.class).isEqualTo(true);
	}

	@Test
	void aMessageWithoutASeatFails() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request("arena.move", new Move(1)).expectError(409);
		ann.request("arena.join").expectError(409);
		ann.request("arena.leave").expectError(409);
	}

	@Test
	void aPlayerLeaves() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		RoomPlayer bob = this.rooms.join("arena", "bob");
		bob.leave();
		this.rooms.advance(TICK);
		ann.expectState("/fighters/bob", null);
		bob.request("move", new Move(1)).expectError(409);
		assertThat(Arena.EVENTS).containsExactly("join ann", "join bob", "leave bob LEFT");
		assertThat(this.rooms.join("arena", "cid").room()).isEqualTo(ann.room());
	}

	@Test
	void aPlayerWhoseSessionEndsLeaves() {
		this.rooms.join("arena", "ann");
		RoomPlayer bob = this.rooms.join("arena", "bob");
		bob.player().close();
		this.rooms.advance(TICK);
		assertThat(Arena.EVENTS).containsExactly("join ann", "join bob", "leave bob DISCONNECTED");
	}

	@Test
	void anEmptyRoomIsClosed() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.leave();
		assertThat(this.all.list("arena", (room) -> true, 0, 10).toCompletableFuture().join()).isEmpty();
		this.rooms.player("bob")
			.request(RoomDoor.RESERVE, new RoomDoor.Wish("", ann.room(), false, null))
			.expectError(404);
	}

	@Test
	void theRoomRefusesAPlayer() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new RoomDoor.Wish("arena", null, false, null)).expectResponse();
		ann.request("arena.join", new JoinOptions("banned")).expectError(403).hasMessage("banned");
		ann.request("arena.move", new Move(1)).expectError(409);
		assertThat(this.all.list("arena", (room) -> true, 0, 10).toCompletableFuture().join()).isEmpty();
	}

	@Test
	void aPlayerWhoJoinsAgainReceivesTheSameAnswerAndTheState() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		this.rooms.join("arena", "bob");
		RoomPlayer again = this.rooms.join("arena", "ann");
		assertThat(again.room()).isEqualTo(ann.room());
		assertThat(again.answer(Welcome.class)).isEqualTo(ann.answer(Welcome.class));
		again.expectState("/fighters/bob/x", 0);
		assertThat(Arena.EVENTS).containsExactly("join ann", "join bob");
	}

	@Test
	void aPlayerHasOneSeatInAKindOfRoom() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		this.rooms.join("arena", "bob");
		RoomPlayer cid = this.rooms.join("arena", "cid");
		ann.player().request(RoomDoor.RESERVE, new RoomDoor.Wish("", cid.room(), false, null)).expectError(423);
	}

	@Test
	void aNewSessionOfAPlayerTakesItsSeat(@Autowired NanoTestClient players) {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		this.rooms.join("arena", "bob"); // now this room is full
		this.rooms.join("arena", "cid"); // in another room
		TestPlayer phone = players.connect();
		phone.request(RoomDoor.BIND, "ann").expectResponse();
		assertThat(this.rooms.join("arena", phone, null).room()).isEqualTo(ann.room());
		ann.expectLeft("replaced");
		assertThat(Arena.EVENTS).containsExactly("join ann", "join bob", "join cid");
	}

	@Test
	void theOptionsOfARoomWithoutOptionsAreAnEmptyObject() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.request("options", null).expectResponse(JoinOptions.class).isEqualTo(new JoinOptions(null));
	}

	@Test
	void aReservationExpires() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new RoomDoor.Wish("arena", null, false, null)).expectResponse();
		this.rooms.advance(Duration.ofSeconds(11));
		ann.request("arena.join").expectError(409);
		assertThat(this.all.list("arena", (room) -> true, 0, 10).toCompletableFuture().join()).isEmpty();
	}

	@Test
	void spectatorsSeeTheStateAndUseOnlyTheirHandlers() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		RoomPlayer eve = this.rooms.spectate(ann.room(), "eve");
		eve.expectState("/fighters/ann/x", 0);
		eve.request("move", new Move(1)).expectError(403);
		eve.request("cheer", "go").expectResponse();
		ann.player().expectPush("cheer", String.class).isEqualTo("go");
		eve.player().expectNoPush("cheer");
		assertThat(this.rooms.join("arena", "bob").room()).isEqualTo(ann.room());
	}

	@Test
	void onlyMethodsForSpectatorsAreCalledForThem() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		RoomPlayer eve = this.rooms.spectate(ann.room(), "eve");
		eve.leave();
		assertThat(Arena.EVENTS).containsExactly("join ann", "leave eve LEFT");
	}

	@Test
	void allLeaveARoomThatIsClosed() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		RoomPlayer bob = this.rooms.join("arena", "bob");
		ann.notify("close", null);
		bob.expectLeft("closed").extracting((left) -> left.path("message").asString()).isEqualTo("over");
		ann.expectLeft("closed");
		// A player receives that it has left before @OnLeave is called.
		await().untilAsserted(() -> assertThat(Arena.EVENTS).endsWith("leave ann CLOSED", "leave bob CLOSED"));
		this.rooms.join("arena", "ann");
	}

	@Test
	void aClientThatLacksAChangeReceivesTheWholeState() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.state();
		this.rooms.advance(Duration.ofSeconds(1));
		ann.notify("sync", null).notify("sync", null);
		assertThat(ann.player().takePushes("room.state", tools.jackson.databind.JsonNode.class)).as("one a second")
			.singleElement()
			.satisfies((push) -> assertThat(push.has("state")).isTrue());
	}

	@Test
	void aGuestWhoLogsInKeepsItsSeat() {
		RoomPlayer ann = this.rooms.join("arena", "ann");
		ann.player().request(RoomDoor.BIND, "ann").expectResponse();
		assertThat(this.sessions.findByUid("ann")).hasSize(1);
		ann.request("onLane", null).expectResponse();
	}

}
