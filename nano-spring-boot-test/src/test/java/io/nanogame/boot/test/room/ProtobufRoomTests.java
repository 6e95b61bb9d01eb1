package io.nanogame.boot.test.room;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.spring.room.ProtobufPushes;
import io.nanogame.spring.room.RoomObserver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rooms whose clients receive JSON and protobuf, in virtual time.
 */
@NanoTest(properties = "nano.additional-serializers=protobuf")
@Import({ Pool.class, Hands.class, OtherClients.class, ProtobufRoomTests.Written.class })
class ProtobufRoomTests {

	/** Of the states that a client without changes receives. */
	private static final Duration INTERVAL = Duration.ofMillis(200);

	@Autowired
	private RoomTester rooms;

	private NanoTestClient protobuf;

	@BeforeEach
	void create(@Autowired NanoTestClient players) {
		this.rooms.advance(Duration.ofSeconds(30));
		this.protobuf = OtherClients.with(players, new ProtobufSerializer());
	}

	private RoomPlayer join(String kind, String uid) {
		return this.rooms.join(kind, OtherClients.login(this.protobuf.connect(), uid), null);
	}

	private static byte[] json(Object value) {
		return JsonMapper.shared().writeValueAsBytes(value);
	}

	private static void set(RoomPlayer player, String name, Object value) {
		player.request("set", json(Map.of(name, value))).expectResponse();
	}

	private static List<JsonNode> wholes(RoomPlayer player) {
		return player.player()
			.takePushes("room.state", byte[].class)
			.stream()
			.<JsonNode>map(ProtobufPushes::state)
			.toList();
	}

	@Test
	void bothKindsOfClientsHaveTheSameState() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		assertThat(pat.room()).isEqualTo(ann.room());
		Map<String, Object> value = Map.of("n", 1.5, "long", 9_000_000_000L, "text", "grün 🦆", "yes", true, "list",
				List.of(1, Map.of("x", 2)), "deep", Map.of("er", Map.of("est", -1)));
		set(ann, "value", value);
		this.rooms.advance(INTERVAL);
		ann.expectState("/values/value", value);
		pat.expectState("", Map.of("values", Map.of("value", value), "ticks", 0));
		ann.expectState("", pat.state());
	}

	@Test
	void theWholeStateArrivesBeforeTheReplyToTheJoin() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		set(ann, "at", 7);
		TestPlayer pat = OtherClients.login(this.protobuf.connect(), "pat");
		pat.request(RoomDoor.RESERVE, json(Map.of("kind", "pool", "spectator", false))).expectResponse(byte[].class);
		pat.request("pool.join", "{}".getBytes(StandardCharsets.UTF_8)).expectResponse(byte[].class);
		JsonNode push = pat.expectPush("room.state", byte[].class).map(ProtobufPushes::state).value();
		assertThat(push.path("kind").asString()).isEqualTo("pool");
		assertThat(push.path("room").asString()).isEqualTo(ann.room());
		assertThat(push.path("version").asLong()).isPositive();
		assertThat(push.at("/state/values/at").asInt()).isEqualTo(7);
	}

	@Test
	void aClientReceivesAtMostFiveStatesASecondAndTheLastOne() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		this.rooms.advance(INTERVAL);
		ann.state();
		wholes(pat);
		pat.request("run", json(true)).expectResponse();
		this.rooms.advance(Duration.ofSeconds(2));
		pat.request("run", json(false)).expectResponse();
		assertThat(ann.player().takePushes("room.state", JsonNode.class)).hasSize(40);
		this.rooms.advance(Duration.ofSeconds(2));
		assertThat(wholes(pat)).hasSize(11).last().extracting((push) -> push.at("/state/ticks").asInt()).isEqualTo(40);
	}

	@Test
	void aChangeAfterAQuietTimeIsSentAtOnce() {
		RoomPlayer ann = this.rooms.join("hands", "ann");
		RoomPlayer pat = join("hands", "pat");
		this.rooms.advance(Duration.ofSeconds(1));
		set(pat, "card", "ace");
		pat.expectState("/card", "ace");
		set(pat, "card", "king");
		pat.expectState("/card", "ace");
		set(ann, "card", "hidden");
		this.rooms.advance(INTERVAL);
		pat.expectState("/card", "king");
	}

	@Test
	void aClientWhoIsRemovedReceivesTheLastStateBefore() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		pat.request("run", json(true)).expectResponse();
		this.rooms.advance(Pool.TICK.multipliedBy(2));
		ann.notify("setAndClose", json(Map.of("winner", "pat")));
		pat.expectLeft("closed").extracting((left) -> left.path("message").asString()).isEqualTo("over");
		pat.expectState("/values/winner", "pat");
	}

	@Test
	void aPlayerWhoIsRemovedReceivesItsLastView() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		ann.request("removeAll", json("")).expectResponse();
		JsonNode left = pat.expectLeft("removed").value();
		assertThat(left.path("kind").asString()).isEqualTo("pool");
		assertThat(left.path("message").asString()).isEqualTo("enough");
		set(ann, "at", 1);
		this.rooms.advance(INTERVAL.multipliedBy(2));
		assertThat(pat.state().at("/values/at").isMissingNode()).isTrue();
	}

	@Test
	void aPlayerWhoJoinsAgainReceivesTheWholeState() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		set(ann, "at", 1);
		this.rooms.advance(INTERVAL);
		wholes(pat);
		this.rooms.join("pool", pat.player(), null).expectState("/values/at", 1);
	}

	@Test
	void aClientMayRequestTheStateOnceASecond() {
		RoomPlayer pat = join("pool", "pat");
		this.rooms.advance(Duration.ofSeconds(1));
		wholes(pat);
		pat.notify("sync", null).notify("sync", null);
		assertThat(wholes(pat)).hasSize(1);
	}

	@Test
	void aSessionThatIsResumedReceivesTheWholeState() {
		TestPlayer phone = OtherClients.login(this.protobuf.resumable().connect(), "pat");
		RoomPlayer pat = this.rooms.join("pool", phone, null);
		RoomPlayer ann = this.rooms.join("pool", "ann");
		phone.cut();
		this.rooms.advance(INTERVAL);
		wholes(pat);
		set(ann, "at", 1);
		this.rooms.advance(Duration.ofSeconds(1));
		set(ann, "at", 2);
		phone.resume().expectResumed();
		assertThat(wholes(pat)).singleElement()
			.satisfies((push) -> assertThat(push.at("/state/values/at").asInt()).isEqualTo(2));
		set(ann, "at", 3);
		this.rooms.advance(INTERVAL);
		pat.expectState("/values/at", 3);
	}

	@Test
	void spectatorsReceiveTheState() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer eve = this.rooms.spectate(ann.room(), OtherClients.login(this.protobuf.connect(), "eve"));
		set(ann, "at", 1);
		this.rooms.advance(INTERVAL);
		eve.expectState("/values/at", 1);
	}

	@Test
	void aClientReceivesNothingOfTheViewsOfOthers() {
		RoomPlayer ann = this.rooms.join("hands", "ann");
		RoomPlayer pat = join("hands", "pat");
		RoomPlayer eve = this.rooms.spectate(ann.room(), OtherClients.login(this.protobuf.connect(), "eve"));
		for (int i = 0; i < 20; i++) {
			set(ann, "of-ann", "secret-of-ann-" + i);
			set(pat, "of-pat", "secret-of-pat-" + i);
			this.rooms.advance(Duration.ofMillis(60));
		}
		this.rooms.advance(INTERVAL);
		assertThat(received(pat)).contains("secret-of-pat-19").doesNotContain("of-ann");
		assertThat(received(ann)).contains("secret-of-ann-19").doesNotContain("of-pat");
		assertThat(received(eve)).doesNotContain("of-pat").doesNotContain("of-ann");
	}

	@Test
	void clientsThatSeeTheSameShareWhatIsWritten(@Autowired Written written) {
		RoomPlayer ann = this.rooms.join("hands", "ann");
		this.rooms.spectate(ann.room(), "eve");
		this.rooms.spectate(ann.room(), "fay");
		RoomPlayer gil = this.rooms.spectate(ann.room(), OtherClients.login(this.protobuf.connect(), "gil"));
		RoomPlayer hal = this.rooms.spectate(ann.room(), OtherClients.login(this.protobuf.connect(), "hal"));
		this.rooms.advance(INTERVAL);
		written.changes.set(0);
		written.wholes.set(0);
		set(ann, "card", "ace");
		this.rooms.advance(INTERVAL);
		assertThat(written.changes).as("of ann, and of both spectators with JSON").hasValue(2);
		assertThat(written.wholes).as("of both spectators with protobuf").hasValue(1);
		gil.expectState("/ann", 1);
		hal.expectState("/ann", 1);
	}

	private static String received(RoomPlayer player) {
		StringBuilder all = new StringBuilder();
		player.player()
			.takePushes("room.state", byte[].class)
			.forEach((body) -> all.append(new String(body, StandardCharsets.ISO_8859_1)));
		return all.toString();
	}

	@Test
	void aStateThatCouldNotBeWrittenIsSentWhenItCan() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		ann.request("poison", json(true)).expectResponse();
		RoomPlayer pat = join("pool", "pat");
		assertThat(wholes(pat)).isEmpty();
		ann.request("poison", json(false)).expectResponse();
		set(ann, "at", 1);
		this.rooms.advance(INTERVAL);
		pat.expectState("/values/at", 1);
	}

	@Test
	void textThatIsNotValidUnicodeDoesNotStopTheState() {
		RoomPlayer ann = this.rooms.join("pool", "ann");
		RoomPlayer pat = join("pool", "pat");
		ann.request("setHalf", null).expectResponse();
		this.rooms.advance(INTERVAL);
		pat.expectState("/values", Map.of("half?", "?"));
	}

	/** Counts the states that are written. */
	static final class Written implements RoomObserver {

		final AtomicInteger changes = new AtomicInteger();

		final AtomicInteger wholes = new AtomicInteger();

		@Override
		public void stateSent(String kind, boolean whole, int bytes) {
			(whole ? this.wholes : this.changes).incrementAndGet();
		}

	}

}
