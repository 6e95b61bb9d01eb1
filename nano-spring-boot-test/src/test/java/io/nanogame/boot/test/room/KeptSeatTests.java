package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.List;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Players whose sessions end, and who return with other ones. */
@NanoTest(properties = { "nano.session.login=replace", "nano.resume.window=30s" })
@Import(Cards.class)
class KeptSeatTests {

	@Autowired
	private RoomTester rooms;

	@Autowired
	private NanoTestClient players;

	@Autowired
	private Rooms all;

	@Autowired
	private Sessions sessions;

	private RoomPlayer ann;

	@BeforeEach
	void join() {
		this.rooms.advance(Duration.ofMinutes(2));
		Cards.EVENTS.clear();
		Cards.JOINS.clear();
		this.ann = this.rooms.join("cards", "ann");
	}

	private Session session() {
		return this.sessions.findByUid("ann").iterator().next();
	}

	/** Logs in with another session, which replaces the former one. */
	private TestPlayer login() {
		TestPlayer again = this.players.connect();
		again.request(RoomDoor.BIND, "ann").expectResponse();
		return again;
	}

	private int seats() {
		return this.all.find(this.ann.room()).toCompletableFuture().join().players();
	}

	@Test
	void aNewerLoginFindsTheSeat() {
		TestPlayer again = login();
		RoomInfo room = again.request(RoomDoor.RESERVE, new Wish("cards", null, false, null))
			.expectResponse(RoomInfo.class)
			.value();
		assertThat(room.room()).isEqualTo(this.ann.room());
		again.request("cards.join").expectResponse(String.class).isEqualTo("at once");
		again.request("cards.raise", 3).expectResponse();
		assertThat(seats()).isEqualTo(1);
		this.rooms.advance(Duration.ofMinutes(1));
		again.request("cards.raise", 3).expectResponse();
		assertThat(Cards.EVENTS).isEmpty();
	}

	@Test
	void theSeatIsFreeWhenThePlayerDoesNotReturn() {
		login();
		this.rooms.advance(Duration.ofSeconds(29));
		assertThat(seats()).isEqualTo(1);
		assertThat(Cards.EVENTS).isEmpty();
		this.rooms.advance(Duration.ofSeconds(2));
		assertThat(seats()).isZero();
		assertThat(Cards.EVENTS).containsExactly("leave");
	}

	@ParameterizedTest
	@MethodSource
	void theSeatOfALostSessionIsKept(CloseReason reason) {
		session().close(reason);
		this.rooms.advance(Duration.ofSeconds(20));
		login().request("cards.join").expectResponse();
		assertThat(seats()).isEqualTo(1);
		assertThat(Cards.EVENTS).isEmpty();
	}

	static List<CloseReason> theSeatOfALostSessionIsKept() {
		return List.of(CloseReason.SESSION_LOST, CloseReason.SHUTDOWN);
	}

	@Test
	void theSeatOfAPlayerWhoIsKickedIsFree() {
		session().close(CloseReason.kick("cheating"));
		this.rooms.advance(Duration.ofMillis(10));
		assertThat(Cards.EVENTS).containsExactly("leave");
		login().request("cards.join").expectError(409);
	}

	@Test
	void aSpectatorAndAGuestHaveNoSeatToKeep() {
		this.rooms.spectate(this.ann.room(), "eve");
		this.sessions.findByUid("eve").iterator().next().close(CloseReason.SESSION_LOST);
		this.rooms.advance(Duration.ofMillis(10));
		TestPlayer guest = this.players.connect();
		guest.request(RoomDoor.RESERVE, new Wish("", this.ann.room(), false, null)).expectResponse();
		guest.request("cards.join").expectResponse();
		this.sessions.all()
			.stream()
			.filter((session) -> session.uid() == null)
			.forEach((session) -> session.close(CloseReason.SESSION_LOST));
		this.rooms.advance(Duration.ofMillis(10));
		assertThat(Cards.EVENTS).containsExactly("leave", "leave");
		assertThat(seats()).isEqualTo(1);
	}

	@Test
	void theRoomClosesForAPlayerWhoIsAway() {
		login();
		this.all.close(this.ann.room(), "over").toCompletableFuture().join();
		assertThat(Cards.EVENTS).containsExactly("leave");
		this.rooms.advance(Duration.ofMinutes(1));
		assertThat(Cards.EVENTS).containsExactly("leave");
	}

}
