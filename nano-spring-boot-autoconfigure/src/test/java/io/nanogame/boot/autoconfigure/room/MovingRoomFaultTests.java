package io.nanogame.boot.autoconfigure.room;

import java.util.List;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes and clients that leave while a room moves. A message of a player that a node has
 * not completed delays the move.
 */
class MovingRoomFaultTests extends RoomCluster {

	private void inCluster(InCluster test) {
		inCluster(gateway("west"), test);
	}

	private void inCluster(ApplicationContextRunner gateway, InCluster test) {
		gateway.run((west) -> quickBackend("one").run((one) -> quickBackend("two").run((two) -> {
			await().until(() -> west.getBean(Nodes.class).withComponent("relay").size() == 2);
			await().until(() -> one.getBean(Nodes.class).withComponent("relay").size() == 1);
			test.run(west, one, two);
			closeClients();
		})));
	}

	/** Its stop does not wait long for rooms and messages that cannot leave it. */
	private ApplicationContextRunner quickBackend(String name) {
		return backend(name, Relay.class).withPropertyValues("nano.cluster.drain.period=1s",
				"nano.server.shutdown.grace-period=1s");
	}

	private static void enter(RawClient client, String room) {
		call(client, "rooms.join", "{\"room\":\"" + room + "\"}");
		client.request(3, "relay.join", "{}").readResponse(3);
	}

	/** Returns false also if the message has waited on the other node, and failed. */
	private static boolean isIn(RawClient player, String node) {
		return call(player, "relay.where", "").toString().equals("\"" + node + "\"");
	}

	private static boolean isOn(AssertableApplicationContext node, String room) {
		return roomsOn(node).stream().anyMatch((info) -> info.room().equals(room));
	}

	private static List<RoomInfo> roomsOn(AssertableApplicationContext node) {
		return node.getBean(GameRooms.class).rooms("relay");
	}

	/** Returns a room whose move waits for the completion of the hold. */
	private String delayedMove(AssertableApplicationContext west, AssertableApplicationContext from,
			RawClient... players) {
		String room = roomOn(from, "relay", west.getBean(Rooms.class));
		for (RawClient player : players) {
			enter(player, room);
		}
		players[0].request(4, "relay.hold", "");
		await().until(() -> Relay.events(room).contains("hold"));
		drain(from);
		return room;
	}

	/** Sends a request that waits on the next node. */
	private static void awaitArrival(RawClient player) {
		player.request(5, "relay.where", "");
	}

	@Test
	void aRoomStaysWhenTheNextNodeIsGone() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			String room = delayedMove(west, one, ann, bob);
			awaitArrival(bob);
			two.getBean(ClusterNode.class).close();
			await().until(() -> west.getBean(Nodes.class).all().size() == 2);
			Relay.holdOf(room).complete("held");
			assertThat(ann.readResponse(4)).isEqualTo("\"held\"");
			await().until(() -> isIn(ann, "one"));
			assertThat(roomsOn(one)).extracting(RoomInfo::room).containsExactly(room);
			assertThat(Relay.events(room)).containsExactly("join ann", "join bob", "hold");
		});
	}

	@Test
	void aMessageInProgressDelaysTheMove() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			String room = delayedMove(west, one, ann, bob);
			int ticks = Relay.TICKS.get(room).size();
			await().until(() -> Relay.TICKS.get(room).size() > ticks + 20);
			assertThat(isOn(one, room)).isTrue();
			Relay.holdOf(room).complete("held");
			assertThat(ann.readResponse(4)).isEqualTo("\"held\"");
			await().until(() -> isOn(two, room));
			assertThat(Relay.events(room)).containsExactly("join ann", "join bob", "hold", "restored on two");
		});
	}

	@Test
	void aNodeReceivesNoMoreRoomsThanItMayHave() {
		gateway("west").run((west) -> quickBackend("one").run((one) -> {
			await().until(() -> west.getBean(Nodes.class).withComponent("relay").size() == 1);
			Rooms rooms = west.getBean(Rooms.class);
			for (int i = 0; i < 5; i++) {
				roomOn(one, "relay", rooms);
			}
			quickBackend("two").withPropertyValues("nano.room.max=2").run((two) -> {
				await().until(() -> one.getBean(Nodes.class).withComponent("relay").size() == 1);
				drain(one);
				await().until(() -> roomsOn(one).size() == 3);
				String room = roomsOn(one).get(0).room();
				int ticks = Relay.TICKS.get(room).size();
				await().until(() -> Relay.TICKS.get(room).size() > ticks + 50);
				assertThat(roomsOn(two)).hasSize(2);
			});
		}));
	}

	@Test
	void aRoomMovesAlsoIfTheGatewayOfItsPlayersIsDrained() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			enter(ann, room);
			drain(west);
			drain(one);
			await().until(() -> isOn(two, room));
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
		});
	}

	@Test
	void playersLeaveAndJoinWhileTheRoomMoves() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			RawClient eve = login(west, "eve");
			String room = delayedMove(west, one, ann, bob);
			bob.request(5, "relay.leave", "");
			eve.request(6, "rooms.join", "{\"room\":\"" + room + "\"}");
			Relay.holdOf(room).complete("held");
			assertThat(bob.readResponse(5)).isEqualTo("{}");
			assertThat(eve.readResponse(6)).contains(room);
			eve.request(7, "relay.join", "").readResponse(7);
			await().until(() -> isIn(eve, "two"));
			assertThat(Relay.events(room)).containsExactlyInAnyOrder("join ann", "join bob", "hold", "restored on two",
					"leave bob LEFT", "join eve");
		});
	}

	@Test
	void anAttemptThatWaitsEndsNoKeptSeat() {
		inCluster(gateway("west").withPropertyValues("nano.session.login=replace"), (west, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			enter(ann, room);
			enter(bob, room);
			login(west, "ann");
			bob.request(4, "relay.hold", "");
			await().until(() -> Relay.events(room).contains("hold"));
			drain(one);
			int ticks = Relay.TICKS.get(room).size();
			await().until(() -> Relay.TICKS.get(room).size() > ticks + 20);
			assertThat(Relay.events(room)).containsExactly("join ann", "join bob", "hold");
			Relay.holdOf(room).complete("held");
			assertThat(bob.readResponse(4)).isEqualTo("\"held\"");
		});
	}

	@Test
	void aRoomIsLostWithItsNodeBeforeItHasMoved() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			String room = delayedMove(west, one, ann, bob);
			one.getBean(ClusterNode.class).close();
			assertThat(bob.readPush("room.left")).contains("node-lost");
			assertThat(ann.readPush("room.left")).contains("node-lost");
			assertThat(isOn(two, room)).isFalse();
		});
	}

	@Test
	void aRoomThatHasMovedIsLostWithItsPresentNode() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			enter(ann, room);
			drain(one);
			await().until(() -> isOn(two, room));
			one.getBean(ClusterNode.class).close();
			await().until(() -> west.getBean(Nodes.class).all().size() == 2);
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
			two.getBean(ClusterNode.class).close();
			assertThat(ann.readPush("room.left")).contains("node-lost", room);
		});
	}

	@Test
	void aRoomThatCannotBeRestoredGoesOnAndMovesLater() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			Relay.BROKEN.add(room);
			enter(ann, room);
			drain(one);
			await().until(() -> Relay.events(room).contains("broken on two"));
			await().until(() -> isIn(ann, "one"));
			Relay.BROKEN.remove(room);
			await().until(() -> isOn(two, room));
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
			assertThat(Relay.events(room)).doesNotContain("leave ann CLOSED");
		});
	}

	@Test
	void aMessageThatArrivesAfterAFailedMoveFailsWith503() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			Relay.BROKEN.add(room);
			enter(ann, room);
			drain(one);
			await().until(() -> Relay.events(room).contains("broken on two"));
			one.getBean(ClusterNode.class).drain().undo();
			await().until(() -> isIn(ann, "one"));
			routeTo(west, "ann", room, two.getBean(Nodes.class).self().id());
			assertThat(call(ann, "relay.where", "").path("code").asInt()).isEqualTo(503);
			assertThat(call(ann, "relay.join", "").path("code").asInt()).isEqualTo(503);
			routeTo(west, "ann", "another", two.getBean(Nodes.class).self().id());
			assertThat(call(ann, "relay.where", "").path("code").asInt()).isEqualTo(409);
		});
	}

	/** Routes messages as a gateway that has not received that the room stays. */
	private static void routeTo(AssertableApplicationContext gateway, String uid, String room, String node) {
		Session session = gateway.getBean(GameServer.class).sessions().findByUid(uid).iterator().next();
		session.attributes().set("nano.room.relay", room + " 1000 " + node);
		gateway.getBean(SessionRouting.class).bind(session, "relay", node);
	}

	/** The former node repeats the call, whose outcome it does not know. */
	@Test
	void aRoomThatIsRestoredSlowlyIsOnOneNodeOnly() {
		inCluster((west, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			String other = roomOn(two, "relay", west.getBean(Rooms.class));
			enter(ann, room);
			Relay.SLOW.add(room);
			Relay.BROKEN.add(room);
			drain(one);
			await().until(() -> Relay.events(room).contains("restoring"));
			int ticks = Relay.TICKS.get(other).size();
			await().until(() -> Relay.TICKS.get(other).size() > ticks + 30);
			Relay.holdOf(room).complete("");
			await().until(() -> Relay.events(room).contains("broken on two"));
			await().until(() -> isIn(ann, "one"));
			Relay.BROKEN.remove(room);
			await().until(() -> isOn(two, room));
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
			assertThat(isOn(one, room)).isFalse();
			assertThat(Relay.events(room)).containsOnlyOnce("join ann", "restoring", "restored on two");
		});
	}

	@Test
	void aPlayerResumesAtAnotherGatewayWhileTheRoomMoves() {
		gateway("east").run((east) -> inCluster((west, one, two) -> {
			await().until(() -> east.getBean(Nodes.class).all().size() == 4);
			RawClient bob = login(west, "bob");
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			try (RawResumingClient ann = loginResuming(west, "ann")) {
				ann.request(2, "rooms.join", "{\"room\":\"" + room + "\"}").read();
				ann.request(3, "relay.join", "{}");
				until(ann, "welcome");
				enter(bob, room);
				bob.request(4, "relay.hold", "");
				await().until(() -> Relay.events(room).contains("hold"));
				drain(one);
				ann.cut();
				ann.resume(connect(east));
				ann.request(4, "relay.where", "");
				Relay.holdOf(room).complete("held");
				until(ann, "\"two\"");
				ann.request(5, "relay.step", "1");
				until(ann, "1");
			}
			assertThat(Relay.events(room)).contains("restored on two").doesNotContain("leave ann DISCONNECTED");
		}));
	}

	private static void until(RawResumingClient client, String text) {
		await().until(() -> client.read().contains(text));
	}

	@Test
	void roomsThatArriveAtANodeWhichIsDrainedMoveOn() {
		inCluster((west, one, two) -> backend("three", Relay.class).run((three) -> {
			await().until(() -> west.getBean(Nodes.class).withComponent("relay").size() == 3);
			await().until(() -> one.getBean(Nodes.class).withComponent("relay").size() == 2);
			await().until(() -> two.getBean(Nodes.class).withComponent("relay").size() == 2);
			String first = roomOn(one, "relay", west.getBean(Rooms.class));
			String second = roomOn(two, "relay", west.getBean(Rooms.class));
			RawClient ann = login(west, "ann");
			RawClient bob = login(west, "bob");
			enter(ann, first);
			enter(bob, second);
			try (Runner runner = new Runner(ann); Runner other = new Runner(bob)) {
				await().until(() -> runner.number() > 100 && other.number() > 100);
				drain(one);
				drain(two);
				await().until(() -> roomsOn(one).isEmpty() && roomsOn(two).isEmpty());
				int moved = runner.number();
				await().until(() -> runner.number() > moved + 100);
				assertThat(runner.finish()).isEmpty();
				assertThat(other.finish()).isEmpty();
			}
			assertThat(roomsOn(three)).extracting(RoomInfo::room).contains(first, second);
			assertThat(Relay.events(first)).contains("restored on three").allMatch((event) -> isRegular(event));
			assertThat(Relay.events(second)).contains("restored on three").allMatch((event) -> isRegular(event));
		}));
	}

	private static boolean isRegular(String event) {
		return event.startsWith("join") || event.startsWith("restored");
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext one, AssertableApplicationContext two)
				throws Exception;

	}

}
