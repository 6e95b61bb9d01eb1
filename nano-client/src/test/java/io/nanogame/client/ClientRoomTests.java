package io.nanogame.client;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import static io.nanogame.client.ResumeTests.TIMEOUT;
import static io.nanogame.client.ResumeTests.awaitPhase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Tests of the copy of a room's state, its listeners, and the end of a seat. */
class ClientRoomTests {

	record Fighter(int hp) {
	}

	record Arena(Map<String, Fighter> fighters) {
	}

	private final Queue<String> calls = new ConcurrentLinkedQueue<>();

	private ScriptedServer server;

	private NanoClient client;

	private ServerLink socket;

	private RoomLink link;

	@BeforeEach
	void connect() throws Exception {
		this.server = new ScriptedServer("tcp");
		this.client = this.server.client().build();
		this.socket = this.server.open(this.client);
		this.link = new RoomLink(this.socket);
		awaitPhase(this.client, Phase.OPEN);
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.server.close();
	}

	private ClientRoom enter(ClientRooms rooms, String state) throws Exception {
		CompletableFuture<ClientRoom> entering = rooms.enter("arena", null).toFuture();
		this.link.answerJoin("r1", 1, state);
		assertThat(entering).succeedsWithin(TIMEOUT);
		return entering.join();
	}

	private ClientRoom enter(String state) throws Exception {
		return enter(this.client.rooms(), state);
	}

	private static String state(ClientRoom room) {
		return room.version() + " " + String.valueOf(room.state(JsonNode.class)).replace('"', '\'');
	}

	/** Waits for the calls of listeners for what exists already, and forgets them. */
	private void awaitCalls(String... expected) {
		await().untilAsserted(() -> assertThat(this.calls).containsExactly(expected));
		this.calls.clear();
	}

	private static List<RoomLeave> leaves(ClientRoom room) {
		List<RoomLeave> leaves = new CopyOnWriteArrayList<>();
		room.onLeave(leaves::add);
		return leaves;
	}

	// The state

	@Test
	void listenersReceiveEachChangeInTheirTypes() throws Exception {
		ClientRoom room = enter("{'fighters':{'ann':{'hp':3}}}");
		room.onState(Arena.class, (arena) -> this.calls.add(room.version() + " " + arena.fighters()));
		room.listen("/fighters/*", Fighter.class,
				(fighter, previous, names) -> this.calls.add(names + " " + fighter + " " + previous));
		awaitCalls("[ann] Fighter[hp=3] null");
		Arena first = room.state(Arena.class);
		this.link.patch("r1", 2, "{'fighters':{'ann':{'hp':2}}}");
		this.link.patch("r1", 3, "{'fighters':{'ann':null,'bob':{'hp':9}}}");
		this.link.awaitReceived(this.client);
		assertThat(this.calls).containsExactly("[ann] Fighter[hp=2] Fighter[hp=3]", "2 {ann=Fighter[hp=2]}",
				"[ann] null Fighter[hp=2]", "[bob] Fighter[hp=9] null", "3 {bob=Fighter[hp=9]}");
		assertThat(first).isEqualTo(new Arena(Map.of("ann", new Fighter(3))));
		assertThat(room.state(Arena.class)).isEqualTo(new Arena(Map.of("bob", new Fighter(9))));
	}

	@Test
	void aWholeStateReplacesTheCopyAndListenersReceiveWhatDiffers() throws Exception {
		ClientRoom room = enter("{'a':{'x':1},'b':{'y':1}}");
		JsonNode a = room.state(JsonNode.class).get("a");
		room.listen("/*", JsonNode.class, (part, previous, names) -> this.calls.add(names + " " + part));
		awaitCalls("[a] {\"x\":1}", "[b] {\"y\":1}");
		this.link.whole("r1", 0, "{'a':{'x':1},'b':{'y':2}}");
		this.link.patch("r1", 1, "{'a':{'x':1},'c':1}");
		this.link.awaitReceived(this.client);
		assertThat(this.calls).containsExactly("[b] {\"y\":2}", "[c] 1");
		assertThat(room.state(JsonNode.class).get("a")).isSameAs(a);
		assertThat(room.version()).isEqualTo(1);
	}

	@Test
	void aListenerThatFailsOrIsRemovedDoesNotAffectOthers() throws Exception {
		ClientRoom room = enter("{'n':1}");
		room.listen("/n", Integer.class, (n, previous, names) -> {
			throw new IllegalStateException("a listener that fails");
		});
		room.listen("/n", Fighter.class, (n, previous, names) -> this.calls.add("not a fighter"));
		room.onState(Integer.class, (state) -> this.calls.add("not an integer"));
		Disposable removed = room.listen("/n", Integer.class, (n, previous, names) -> this.calls.add("removed " + n));
		room.listen("/n", Integer.class, (n, previous, names) -> removed.dispose());
		Disposable others = room.onState(JsonNode.class, (state) -> this.calls.add("removed"));
		others.dispose();
		room.onState(JsonNode.class, (state) -> this.calls.add("called"));
		this.link.patch("r1", 2, "{'n':2}");
		this.link.awaitReceived(this.client);
		assertThat(this.calls).containsExactly("removed 1", "called");
		assertThat(List.of(removed.isDisposed(), others.isDisposed())).containsOnly(true);
		assertThatIllegalArgumentException().isThrownBy(() -> room.listen("n", Integer.class, (n, previous, names) -> {
		}));
	}

	@Test
	void aListenerThatIsRemovedIsNotCalledAnyMoreNotEvenForTheSameChange() throws Exception {
		ClientRoom room = enter("{}");
		Queue<Disposable> listeners = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 2; i++) {
			String name = "listener " + i;
			listeners.add(room.listen("/*", Integer.class, (n, previous, names) -> {
				this.calls.add(name + ": " + n);
				listeners.forEach(Disposable::dispose);
			}));
		}
		this.link.patch("r1", 2, "{'a':1,'b':2}");
		this.link.awaitReceived(this.client);
		assertThat(this.calls).containsExactly("listener 0: 1");
	}

	@Test
	void aMissingPatchIsNoticedOnceAndRepairedByTheWholeState() throws Exception {
		ClientRoom room = enter("{'n':1}");
		this.link.patch("r1", 3, "{'n':3}");
		this.link.patch("r1", 4, "{'n':4}");
		this.link.read("arena.sync");
		// No other message was sent before.
		this.link.awaitReceived(this.client);
		assertThat(state(room)).isEqualTo("1 {'n':1}");
		this.link.whole("r1", 4, "{'n':4}");
		this.link.patch("r1", 4, "{'n':'late'}");
		this.link.patch("r1", 5, "{'n':5}");
		this.link.awaitReceived(this.client);
		assertThat(state(room)).isEqualTo("5 {'n':5}");
		this.link.patch("r1", 7, "{}");
		this.link.read("arena.sync");
	}

	@Test
	void theWholeStateIsRequestedAgainUntilItArrives() throws Exception {
		try (HurriedScheduler timer = new HurriedScheduler()) {
			ClientRoom room = enter(new ClientRooms(this.client, timer), "{'n':1}");
			this.link.patch("r1", 3, "{'n':3}");
			for (int i = 0; i < 3; i++) {
				this.link.read("arena.sync");
			}
			assertThat(timer.delays()).containsOnly(TimeUnit.SECONDS.toMillis(2));
			this.link.whole("r1", 3, "{'n':3}");
			await().until(() -> room.version() == 3);
			await().until(() -> timer.latest().isDisposed());
		}
	}

	// Messages

	@Test
	void messagesGoToTheHandlersOfTheKind() throws Exception {
		ClientRoom room = enter("{}");
		room.notify("move", Map.of("x", 1));
		assertThat(ServerLink.text(this.link.read("arena.move"))).isEqualTo("{\"x\":1}");
		CompletableFuture<Fighter> answer = room.request("shoot", null, Fighter.class).toFuture();
		this.link.answer("arena.shoot", "{'hp':1}");
		assertThat(answer).succeedsWithin(TIMEOUT).isEqualTo(new Fighter(1));
	}

	// The end

	private void assertEnded(ClientRoom room, List<RoomLeave> leaves, String reason, String message) {
		assertThat(leaves).singleElement().satisfies((leave) -> {
			assertThat(leave.reason()).isEqualTo(reason);
			assertThat(leave.message()).contains(message);
		});
		List<RoomLeave> late = leaves(room);
		await().untilAsserted(() -> assertThat(late).isEqualTo(leaves));
		assertThatExceptionOfType(RoomLeftException.class).isThrownBy(() -> room.notify("move", null))
			.withMessage("arena.move: no seat in this room any more (%s)".formatted(reason))
			.satisfies((ex) -> assertThat(ex.leave()).isEqualTo(leaves.get(0)));
		assertThat(room.request("move", null, Void.class).toFuture()).failsWithin(TIMEOUT)
			.withThrowableThat()
			.withCauseInstanceOf(RoomLeftException.class);
		room.leave().block(TIMEOUT);
	}

	@Test
	void leaveGivesTheSeatBack() throws Exception {
		ClientRoom room = enter("{'n':1}");
		List<RoomLeave> leaves = leaves(room);
		CompletableFuture<Void> leaving = room.leave().toFuture();
		Message leave = this.link.read("arena.leave");
		this.link.patch("r1", 2, "{'n':2}");
		this.link.respond(leave, "{}");
		this.link.patch("r1", 3, "{'n':3}");
		assertThat(leaving).succeedsWithin(TIMEOUT);
		this.link.awaitReceived(this.client);
		assertThat(state(room)).isEqualTo("2 {'n':2}");
		assertEnded(room, leaves, "left", "");
		assertThat(enter("{}")).isNotSameAs(room);
	}

	@Test
	void aSeatThatIsLeftAndTakenAgainInOneGoIsAnotherOne() throws Exception {
		ClientRoom room = enter("{'n':1}");
		CompletableFuture<Void> leaving = room.leave().toFuture();
		CompletableFuture<ClientRoom> entering = this.client.rooms().enter("arena", null).toFuture();
		this.link.answer("arena.leave", "{}");
		this.link.answerJoin("r1", 1, "{'n':2}");
		this.link.patch("r1", 2, "{'m':1}");
		this.link.awaitReceived(this.client);
		assertThat(leaving).succeedsWithin(TIMEOUT);
		assertThat(state(room)).isEqualTo("1 {'n':1}");
		assertThat(state(entering.get())).isEqualTo("2 {'n':2,'m':1}");
	}

	@Test
	void onlyTheFirstEndIsReported() throws Exception {
		ClientRoom room = enter("{}");
		List<RoomLeave> leaves = leaves(room);
		CompletableFuture<Void> leaving = room.leave().toFuture();
		Message leave = this.link.read("arena.leave");
		this.link.left("r1", "closed", "");
		this.link.respond(leave, "{}");
		assertThat(leaving).succeedsWithin(TIMEOUT);
		assertEnded(room, leaves, "closed", "");
	}

	@Test
	void aLeaveThatFailsLeavesTheSeat() throws Exception {
		ClientRoom room = enter("{}");
		List<RoomLeave> leaves = leaves(room);
		CompletableFuture<Void> leaving = room.leave().toFuture();
		this.link.answer("arena.leave", "{'code':500,'msg':'not now'}");
		assertThat(leaving).failsWithin(TIMEOUT).withThrowableThat().withCauseInstanceOf(ErrorResponseException.class);
		assertThat(leaves).isEmpty();
		room.notify("move", null);
	}

	@Test
	void theServerEndsASeatWithItsReason() throws Exception {
		ClientRoom room = enter("{'n':1}");
		List<RoomLeave> leaves = leaves(room);
		Disposable removed = room.onLeave((leave) -> this.calls.add("removed"));
		removed.dispose();
		room.onState(JsonNode.class, (state) -> this.calls.add("state"));
		this.link.left("r1", "removed", "cheater");
		this.link.left("r1", "closed", "");
		this.link.whole("r1", 2, "{'n':2}");
		this.link.awaitReceived(this.client);
		assertEnded(room, leaves, "removed", "cheater");
		assertThat(this.calls).isEmpty();
		assertThat(state(room)).isEqualTo("1 {'n':1}");
	}

	@Test
	void noListenerIsCalledAfterTheEndNotEvenForAChangeThatIsBeingReported() throws Exception {
		ClientRoom room = enter("{'n':1}");
		room.listen("/n", Integer.class, (n, previous, names) -> {
			if (n == 2) {
				this.client.close();
			}
		});
		room.listen("/n", Integer.class, (n, previous, names) -> this.calls.add("n " + n));
		room.onState(JsonNode.class, (state) -> this.calls.add("state"));
		awaitCalls("n 1");
		List<RoomLeave> leaves = leaves(room);
		this.link.patch("r1", 2, "{'n':2}");
		await().until(() -> !leaves.isEmpty());
		assertThat(this.calls).isEmpty();
	}

	@Test
	void aResumedSessionKeepsItsSeatsAndReceivesThePatchesThatItHasMissed() throws Exception {
		ClientRoom room = enter("{'n':1}");
		List<RoomLeave> leaves = leaves(room);
		this.socket.cut();
		awaitPhase(this.client, Phase.RESUMING);
		room.notify("move", null);
		ServerLink next = this.server.accept();
		next.readHandshake();
		next.accept(ServerLink.reply("t2", State.RESUMED, 1));
		RoomLink resumed = new RoomLink(next);
		resumed.patch("r1", 2, "{'n':2}");
		await().until(() -> room.version() == 2);
		assertThat(state(room)).isEqualTo("2 {'n':2}");
		assertThat(leaves).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aLostSessionHasLostItsSeats(boolean resumable) throws Exception {
		ClientRoom room = enter("{'n':1}");
		List<RoomLeave> leaves = leaves(room);
		this.socket.cut();
		ServerLink next = this.server.accept();
		next.readHandshake();
		if (resumable) {
			next.accept(new ResumeReply("t2", 30, State.LOST, 0, "window", "too late"));
		}
		else {
			next.reply(200, "{}");
			next.readType(ServerLink.ACK);
		}
		awaitPhase(this.client, Phase.OPEN);
		await().until(() -> !leaves.isEmpty());
		assertThat(leaves.get(0).cause()).isInstanceOf(SessionLostException.class);
		assertEnded(room, leaves, "lost", "The session was lost");
		this.link = new RoomLink(next);
		assertThat(enter("{'n':2}")).isNotSameAs(room);
	}

	@Test
	void aConnectionThatCannotBeResumedHasLostItsSeats() throws Exception {
		try (NanoClient other = this.server.client().resume(false).build()) {
			ServerLink connection = this.server.open(other);
			this.link = new RoomLink(connection);
			awaitPhase(other, Phase.OPEN);
			List<RoomLeave> leaves = leaves(enter(other.rooms(), "{}"));
			connection.cut();
			await().until(() -> !leaves.isEmpty());
			assertThat(leaves.get(0).cause()).isInstanceOf(ConnectionLostException.class);
		}
	}

	@Test
	void aClosedClientHasLostItsSeats() throws Exception {
		ClientRoom room = enter("{}");
		List<RoomLeave> leaves = leaves(room);
		CompletableFuture<ClientRoom> joining = this.client.rooms().enter("table", null).toFuture();
		CompletableFuture<Void> leaving = room.leave().toFuture();
		this.client.close();
		assertThat(joining).failsWithin(TIMEOUT).withThrowableThat().withCauseInstanceOf(ClientClosedException.class);
		assertThat(leaving).succeedsWithin(TIMEOUT);
		assertThat(leaves.get(0).cause()).isInstanceOf(ClientClosedException.class);
		assertEnded(room, leaves, "lost", "This client is closed");
	}

}
