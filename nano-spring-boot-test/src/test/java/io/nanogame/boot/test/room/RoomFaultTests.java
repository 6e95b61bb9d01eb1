package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.boot.test.room.Trap.Wanted;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Rooms whose games make mistakes, and whose clients send what they want.
 */
@NanoTest
@Import({ Trap.class, Peeking.class, Cards.class })
class RoomFaultTests {

	/** Half of a character: what remains of an emoji that was cut. */
	private static final String HALF = "\uD83D";

	@Autowired
	private RoomTester rooms;

	@Autowired
	private Rooms all;

	@Autowired
	private NanoTestClient players;

	@BeforeEach
	void clear() {
		this.rooms.advance(Duration.ofSeconds(70));
		Trap.TIMERS.set(0);
	}

	private List<RoomInfo> list() {
		return this.all.list("trap", (room) -> true, 0, 10).toCompletableFuture().join();
	}

	private RoomInfo find(String room) {
		return this.all.find(room).toCompletableFuture().join();
	}

	private static Wish seat(RoomPlayer in) {
		return new Wish("", in.room(), false, null);
	}

	private static Wish watch(RoomPlayer in) {
		return new Wish("", in.room(), true, null);
	}

	// Seats

	@Test
	void aReservationOfASpectatorIsNoSeatInAFullRoom() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		this.rooms.join("trap", "bob");
		TestPlayer cid = this.rooms.player("cid");
		cid.request(RoomDoor.RESERVE, watch(ann)).expectResponse();
		cid.request(RoomDoor.RESERVE, seat(ann)).expectError(409).hasMessage("the room is full");
		cid.request("trap.join").expectResponse();
		assertThat(find(ann.room()).players()).isEqualTo(2);
		assertThat(find(ann.room()).spectators()).isEqualTo(1);
	}

	@Test
	void aReservationOfASpectatorIsNoSeatInALockedRoom() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		ann.request("lock", null).expectResponse();
		TestPlayer cid = this.rooms.player("cid");
		cid.request(RoomDoor.RESERVE, watch(ann)).expectResponse();
		cid.request(RoomDoor.RESERVE, seat(ann)).expectError(409).hasMessage("the room is locked");
	}

	@Test
	void aRoomWhoseLastReservationHasMovedIsClosed() {
		RoomPlayer slow = this.rooms.join("trap", "slow");
		RoomInfo other = this.all.create("trap", null).toCompletableFuture().join();
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, seat(slow)).expectResponse();
		TestPlayer phone = this.players.connect();
		phone.request(RoomDoor.BIND, "ann").expectResponse();
		this.rooms.advance(Duration.ofSeconds(9));
		phone.request(RoomDoor.RESERVE, new Wish("", other.room(), false, null)).expectResponse();
		phone.request("trap.join").expectResponse();
		slow.leave();
		assertThat(list()).extracting(RoomInfo::room).containsExactly(other.room());
	}

	// Rooms that close or remove while they are called

	@Test
	void aRoomThatClosesItselfInItsConstructorIsNotCreated() {
		assertThatThrownBy(() -> this.all.create("trap", Map.of("close", true)).toCompletableFuture().join())
			.hasMessageContaining("closed");
		assertThat(list()).isEmpty();
	}

	@Test
	void aPlayerWhoIsRemovedWhileItJoinsIsNotInTheRoom() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		TestPlayer bob = this.rooms.player("bob");
		bob.request(RoomDoor.RESERVE, seat(ann)).expectResponse();
		bob.request("trap.join", new Wanted("removed")).expectError(410);
		ann.request("broadcast", null).expectResponse();
		ann.request("name", "anna").expectResponse();
		bob.expectNoPush("told").expectNoPush("room.state");
	}

	@Test
	void aRoomThatClosesWhileAPlayerJoinsHasNoPlayers() {
		TestPlayer ann = this.rooms.player("ann");
		ann.request(RoomDoor.RESERVE, new Wish("trap", null, false, null)).expectResponse();
		ann.request("trap.join", new Wanted("closed")).expectError(410);
		ann.expectNoPush("room.state");
		assertThat(list()).isEmpty();
		this.rooms.join("trap", "ann");
	}

	@Test
	void timersThatStartWhileTheRoomClosesDoNotRun() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		this.all.close(ann.room(), "over").toCompletableFuture().join();
		this.rooms.advance(Duration.ofSeconds(5));
		ann.player().request("trap.name", "anna").expectError(409);
		assertThat(Trap.TIMERS).hasValue(0);
	}

	@Test
	void theRoomIsCalledWhenAPlayerHasLeftBeforeItsJoinHasSucceeded() {
		CompletableFuture<String> join = new CompletableFuture<>();
		Cards.EVENTS.clear();
		Cards.JOINS.add(join);
		TestPlayer ann = this.rooms.player("ann");
		var room = ann.request(RoomDoor.RESERVE, new Wish("cards", null, false, null)).expectResponse(RoomInfo.class);
		SentRequest joining = ann.request("cards.join");
		ann.expectNoPush("room.state");
		this.all.close(room.value().room(), "over").toCompletableFuture().join();
		assertThat(Cards.EVENTS).isEmpty();
		join.complete("too late");
		joining.expectError(410);
		assertThat(Cards.EVENTS).containsExactly("leave");
	}

	@Test
	void aServerThatStopsCreatesNoRooms(@Autowired GameRooms server) {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		server.beforeShutdown();
		try {
			ann.expectLeft("closed");
			assertThatThrownBy(() -> this.all.create("trap", null).toCompletableFuture().join())
				.hasMessageContaining("stopping");
			assertThat(list()).isEmpty();
		}
		finally {
			server.start();
		}
		this.rooms.join("trap", "ann");
	}

	// Values that cannot be written

	@Test
	void halfACharacterInTheStateDoesNotStopIt() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		RoomPlayer bob = this.rooms.join("trap", "bob");
		ann.request("name", HALF).expectResponse();
		bob.request("name", "bobby").expectResponse();
		bob.expectState("/names/bob", "bobby");
		ann.expectState("/names/bob", "bobby");
	}

	@Test
	void halfACharacterInAMessageDoesNotStopTheEndOfARoom() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		RoomPlayer bob = this.rooms.join("trap", "bob");
		ann.notify("close", "thank you " + HALF);
		bob.expectLeft("closed");
		ann.expectLeft("closed");
		assertThat(list()).isEmpty();
		assertThat(this.rooms.join("trap", "ann").room()).isNotEqualTo(ann.room());
	}

	@Test
	void metadataThatCannotBeWrittenDoesNotStopTheRoom() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		ann.request("metadata", true).expectError(500);
		ann.request("metadata", false).expectError(500);
		RoomPlayer bob = this.rooms.join("trap", "bob");
		assertThat(bob.room()).isEqualTo(ann.room());
		bob.leave();
		ann.leave();
		assertThat(list()).isEmpty();
	}

	@Test
	void aPlayerWhoJoinsWhileTheStateCannotBeWrittenReceivesItLater() {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		ann.request("poison", true).expectResponse();
		TestPlayer bob = this.rooms.player("bob");
		bob.request(RoomDoor.RESERVE, seat(ann)).expectResponse();
		bob.request("trap.join").expectResponse();
		ann.request("poison", false).expectResponse();
		bob.notify("trap.sync");
		ann.request("name", "anna").expectResponse();
		assertThat(bob.takePushes("room.state", JsonNode.class)).last()
			.satisfies((push) -> assertThat(push.at("/patch/names/ann").asString()).isEqualTo("anna"));
	}

	@Test
	void aViewThatFailsForOnePlayerIsSentToTheOthers() {
		RoomPlayer ann = this.rooms.join("peeking", "ann");
		RoomPlayer bob = this.rooms.join("peeking", "bob");
		bob.request("fail", "ann").expectResponse();
		bob.request("count", null).expectResponse();
		bob.expectState("/count", 1);
		bob.request("fail", "").expectResponse();
		ann.expectState("/count", 1);
	}

	@Test
	void aViewThatFailsWhileAPlayerJoinsIsSentLater() {
		RoomPlayer ann = this.rooms.join("peeking", "ann");
		ann.request("fail", "bob").expectResponse();
		TestPlayer bob = this.rooms.player("bob");
		bob.request(RoomDoor.RESERVE, seat(ann)).expectResponse();
		bob.request("peeking.join").expectResponse();
		ann.request("fail", "").expectResponse();
		ann.request("count", null).expectResponse();
		bob.notify("peeking.sync");
		assertThat(bob.takePushes("room.state", JsonNode.class)).last()
			.satisfies((push) -> assertThat(push.at("/state/count").asInt()).isEqualTo(1));
	}

	@Test
	void aJoinTakesTheNewestReservation() throws InterruptedException {
		RoomPlayer slow = this.rooms.join("trap", "slow");
		RoomInfo other = this.all.create("trap", null).toCompletableFuture().join();
		TestPlayer ann = this.rooms.player("ann");
		this.rooms.advance(Duration.ofSeconds(9));
		ann.request(RoomDoor.RESERVE, seat(slow)).expectResponse();
		TestPlayer phone = this.players.connect();
		phone.request(RoomDoor.BIND, "ann").expectResponse();
		Trap.blocked = new CountDownLatch(1);
		Trap.blocking = new CountDownLatch(1);
		SentRequest leaving = slow.player().request("trap.leave");
		Trap.blocking.await();
		SentRequest joining = ann.request("trap.join");
		phone.request(RoomDoor.RESERVE, new Wish("", other.room(), false, null)).expectResponse();
		Trap.blocked.countDown();
		leaving.expectResponse();
		joining.expectResponse();
		this.rooms.advance(Duration.ofSeconds(60));
		assertThat(list()).extracting(RoomInfo::room).containsExactly(other.room());
	}

}
