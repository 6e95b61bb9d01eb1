package io.nanogame.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static io.nanogame.client.ResumeTests.TIMEOUT;
import static io.nanogame.client.ResumeTests.awaitPhase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Tests of how a client gets its seats in rooms. */
class ClientRoomsTests {

	private static final Map<String, String> OPTIONS = Map.of("name", "Ann");

	private ScriptedServer server;

	private NanoClient client;

	private RoomLink link;

	@BeforeEach
	void connect() throws Exception {
		this.server = new ScriptedServer("tcp");
		this.client = this.server.client().build();
		this.link = new RoomLink(this.server.open(this.client));
		awaitPhase(this.client, Phase.OPEN);
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.server.close();
	}

	private ClientRoom enter() throws Exception {
		CompletableFuture<ClientRoom> entering = this.client.rooms().enter("arena", OPTIONS).toFuture();
		assertThat(this.link.answerJoin("r1", 1, "{'n':1}")).isEqualTo("{'name':'Ann'}");
		return get(entering);
	}

	private static ClientRoom get(CompletableFuture<ClientRoom> room) {
		assertThat(room).succeedsWithin(TIMEOUT);
		return room.join();
	}

	private static String state(ClientRoom room) {
		return room.version() + " " + String.valueOf(room.state(JsonNode.class)).replace('"', '\'');
	}

	private static List<RoomLeave> leaves(ClientRoom room) {
		List<RoomLeave> leaves = new CopyOnWriteArrayList<>();
		room.onLeave(leaves::add);
		return leaves;
	}

	private void assertFails(CompletableFuture<?> join, Class<? extends Throwable> type, String message) {
		assertThat(join).failsWithin(TIMEOUT)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(type)
			.withMessageContaining(message);
	}

	static Stream<Arguments> reservations() {
		BiFunction<ClientRooms, String, Mono<ClientRoom>> joinOrCreate = (rooms, kind) -> rooms.joinOrCreate(kind,
				OPTIONS);
		BiFunction<ClientRooms, String, Mono<ClientRoom>> create = (rooms, kind) -> rooms.create(kind, OPTIONS);
		BiFunction<ClientRooms, String, Mono<ClientRoom>> join = (rooms, room) -> rooms.join(room, OPTIONS);
		BiFunction<ClientRooms, String, Mono<ClientRoom>> spectate = (rooms, room) -> rooms.spectate(room, OPTIONS);
		return Stream.of(arguments("rooms.joinOrCreate", joinOrCreate, "arena"),
				arguments("rooms.create", create, "arena"), arguments("rooms.join", join, "r1"),
				arguments("rooms.spectate", spectate, "r1"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("reservations")
	void aSeatIsReservedAndTaken(String route, BiFunction<ClientRooms, String, Mono<ClientRoom>> call, String argument)
			throws Exception {
		CompletableFuture<ClientRoom> joining = call.apply(this.client.rooms(), argument).toFuture();
		assertThat(this.link.answer(route, RoomLink.INFO)).satisfiesAnyOf(
				(body) -> assertThat(body).isEqualTo("{'room':'r1'}"),
				(body) -> assertThat(body).contains("'kind':'arena'").contains("'options':{'name':'Ann'}"));
		assertThat(this.link.answerJoin("r1", 7, "{'n':1}")).isEqualTo("{'name':'Ann'}");
		ClientRoom room = get(joining);
		assertThat(room.kind()).isEqualTo("arena");
		assertThat(room.id()).isEqualTo("r1");
		assertThat(room.answer(JsonNode.class).path("welcome").asBoolean()).isTrue();
		assertThat(state(room)).isEqualTo("7 {'n':1}");
	}

	@Test
	void enterTakesASeatThatTheGameHasReserved() throws Exception {
		ClientRoom room = enter();
		assertThat(room.id()).isEqualTo("r1");
		assertThat(state(room)).isEqualTo("1 {'n':1}");
	}

	@Test
	void roomsAreListed() throws Exception {
		CompletableFuture<RoomList> page = this.client.rooms().list("arena", 10, 5).toFuture();
		assertThat(this.link.answer("rooms.list",
				"{'rooms':[{'room':'r1','kind':'arena','players':1,'seats':4,"
						+ "'locked':true,'metadata':{'name':'x'},'later':1}],'total':11}"))
			.contains("'kind':'arena'", "'offset':10", "'limit':5");
		RoomList list = page.get();
		assertThat(list.total()).isEqualTo(11);
		assertThat(list.rooms()).singleElement().satisfies((info) -> {
			assertThat(info.metadata().path("name").asString()).isEqualTo("x");
			assertThat(info).isEqualTo(new RoomInfo("r1", "arena", 1, 4, true, info.metadata()));
		});
		CompletableFuture<RoomList> first = this.client.rooms().list("arena").toFuture();
		assertThat(this.link.answer("rooms.list", "{'rooms':[" + RoomLink.INFO + "],'total':1}"))
			.isEqualTo("{'kind':'arena'}");
		assertThat(first.get().rooms()).containsExactly(new RoomInfo("r1", "arena", 1, 4, false, null));
	}

	@Test
	void anErrorOfEitherRequestIsThatOfTheJoin() throws Exception {
		CompletableFuture<ClientRoom> full = this.client.rooms().join("r1", null).toFuture();
		this.link.answer("rooms.join", "{'code':409,'msg':'full'}");
		assertFails(full, ErrorResponseException.class, "full");
		CompletableFuture<ClientRoom> late = this.client.rooms().create("arena", null).toFuture();
		assertThat(this.link.answer("rooms.create", RoomLink.INFO)).isEqualTo("{'kind':'arena'}");
		this.link.answer("arena.join", "{'code':409,'msg':'too late'}");
		assertFails(late, ErrorResponseException.class, "too late");
	}

	@Test
	void pushesThatArriveTogetherWithTheReplyAreApplied() throws Exception {
		CompletableFuture<ClientRoom> entering = this.client.rooms().enter("arena", null).toFuture();
		Message join = this.link.read("arena.join");
		this.link.whole("r1", 3, "{'old':1}");
		this.link.whole("r1", 4, "{'n':1}");
		this.link.patch("r1", 5, "{'n':2}");
		this.link.respond(join, "{}");
		this.link.patch("r1", 6, "{'m':3}");
		this.link.awaitReceived(this.client);
		assertThat(state(get(entering))).isEqualTo("6 {'n':2,'m':3}");
	}

	@Test
	void aRoomMayEndBeforeTheReplyToItsJoin() throws Exception {
		CompletableFuture<ClientRoom> entering = this.client.rooms().enter("arena", null).toFuture();
		Message join = this.link.read("arena.join");
		this.link.left("r0", "closed", "an earlier seat");
		this.link.whole("r1", 1, "{}");
		this.link.left("r1", "removed", "cheater");
		this.link.respond(join, "{}");
		List<RoomLeave> leaves = leaves(get(entering));
		await().untilAsserted(() -> assertThat(leaves).containsExactly(new RoomLeave("removed", "cheater", null)));
	}

	@Test
	void aRoomWithoutAStateHasTheIdOfItsReservationOrNone() throws Exception {
		CompletableFuture<ClientRoom> joining = this.client.rooms().join("r1", null).toFuture();
		this.link.answer("rooms.join", RoomLink.INFO);
		this.link.answer("arena.join", "{}");
		ClientRoom room = get(joining);
		assertThat(room.id()).isEqualTo("r1");
		assertThat(room.state(JsonNode.class)).isNull();
		assertThat(room.version()).isEqualTo(-1);
		this.link.left("r1", "closed", "");
		CompletableFuture<ClientRoom> entering = this.client.rooms().enter("arena", null).toFuture();
		Message join = this.link.read("arena.join");
		this.link.patch("r1", 2, "{}");
		this.link.left("r1", "closed", "an earlier seat");
		this.link.respond(join, "{}");
		ClientRoom entered = get(entering);
		assertThat(entered.id()).isNull();
		List<RoomLeave> leaves = leaves(entered);
		assertThat(leaves).isEmpty();
		this.link.left("r2", "closed", "");
		this.link.awaitReceived(this.client);
		assertThat(leaves).hasSize(1);
	}

	@Test
	void aRoomThatIsJoinedAgainRemainsWithItsListenersAndTheCurrentState() throws Exception {
		ClientRoom room = enter();
		List<RoomLeave> leaves = leaves(room);
		ConcurrentLinkedQueue<String> states = new ConcurrentLinkedQueue<>();
		room.onState(JsonNode.class, (state) -> states.add(state(room)));
		CompletableFuture<ClientRoom> again = this.client.rooms().enter("arena", null).toFuture();
		this.link.answerJoin("r1", 5, "{'n':5}");
		assertThat(get(again)).isSameAs(room);
		assertThat(states).containsExactly("5 {'n':5}");
		assertThat(leaves).isEmpty();
	}

	@Test
	void anotherRoomOfTheKindReplacesTheFormerOne() throws Exception {
		ClientRoom room = enter();
		List<RoomLeave> leaves = leaves(room);
		CompletableFuture<ClientRoom> joining = this.client.rooms().join("r2", null).toFuture();
		this.link.answer("rooms.join", RoomLink.INFO.replace("r1", "r2"));
		this.link.answerJoin("r2", 1, "{'n':2}");
		assertThat(state(get(joining))).isEqualTo("1 {'n':2}");
		assertThat(state(room)).isEqualTo("1 {'n':1}");
		assertThat(leaves).containsExactly(new RoomLeave("left", "joined another room", null));
	}

	@Test
	void pushesForNoRoomOfThisClientAndMalformedOnesAreIgnored() throws Exception {
		ClientRoom room = enter();
		List<RoomLeave> leaves = leaves(room);
		for (String body : List.of("null", "1", "'arena'", "[]", "{}", "{'kind':'arena'}", "{'kind':['arena']}",
				"{'kind':'table','room':'r1','version':2,'patch':{}}")) {
			this.link.state(body);
		}
		this.link.patch("r0", 2, "{'n':9}");
		this.link.whole("r0", 9, "{}");
		this.link.left("r0", "closed", "");
		this.link.awaitReceived(this.client);
		assertThat(state(room)).isEqualTo("1 {'n':1}");
		assertThat(leaves).isEmpty();
	}

	@Test
	void eachSubscriptionJoins() throws Exception {
		Mono<ClientRoom> entering = this.client.rooms().enter("arena", null);
		CompletableFuture<ClientRoom> first = entering.toFuture();
		this.link.answerJoin("r1", 1, "{}");
		CompletableFuture<ClientRoom> second = entering.toFuture();
		this.link.answerJoin("r1", 1, "{}");
		assertThat(get(first)).isSameAs(get(second));
	}

}
