package io.nanogame.boot.autoconfigure.room;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that receive protobuf, and whose room is on another node.
 */
class ProtobufClusterTests extends RoomCluster {

	@Override
	ApplicationContextRunner node(String name) {
		return super.node(name).withPropertyValues("nano.additional-serializers=protobuf");
	}

	@Override
	ApplicationContextRunner gateway(String name) {
		return node(name).withBean(Board.Lobby.class)
			.withBean(ProtobufClient.Choice.class)
			.withPropertyValues("nano.room.client-access=true");
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private ProtobufClient loginProtobuf(AssertableApplicationContext gateway, String uid) {
		ProtobufClient client = new ProtobufClient(connect(gateway));
		client.request("lobby.login", text(uid));
		return client;
	}

	@Test
	void aRoomMovesWithClientsOfBothKinds() {
		gateway("west").run((west) -> gateway("east").run((east) -> backend("one", Board.class).run((one) -> {
			awaitNodes("board", 1, west, east, one);
			RawClient ann = login(west, "ann");
			String room = join(ann, "board");
			ProtobufClient pat = loginProtobuf(east, "pat");
			DynamicMessage joined = pat.request("rooms.join", "room", room, "RoomInfo");
			assertThat(RoomsProto.get(joined, "players")).isEqualTo(2);
			pat.request("board.join", new byte[0]);
			pat.request("board.write", text("7"));
			pat.awaitState("page", 7);
			awaitState(ann, "\"patch\":{\"page\":7}");
			long before = pat.version;
			backend("two", Board.class).run((two) -> {
				awaitNodes("board", 2, west, east, one, two);
				drain(one);
				await().until(() -> two.getBean(GameRooms.class).rooms("board").size() == 1);
				Struct moved = pat.readState();
				assertThat(moved.getFieldsOrThrow("node").getStringValue()).isEqualTo("two");
				assertThat(moved.getFieldsOrThrow("page").getNumberValue()).isEqualTo(7);
				assertThat(pat.version).isGreaterThan(before);
				JsonNode whole = JsonMapper.shared().readTree(ann.readPush("room.state"));
				assertThat(whole.at("/state/node").asString()).isEqualTo("two");
				assertThat(whole.path("version").asLong()).isEqualTo(pat.version);
				call(ann, "board.write", "8");
				pat.awaitState("page", 8);
				closeClients();
			});
		})));
	}

	@Test
	void aClientIsNotifiedThatTheNodeOfItsRoomIsLost() {
		gateway("west").run((west) -> backend("one", Board.class).run((one) -> {
			awaitNodes("board", 1, west, one);
			ProtobufClient pat = loginProtobuf(west, "pat");
			pat.request("rooms.joinOrCreate", "kind", "board", "RoomInfo");
			pat.request("board.join", new byte[0]);
			one.getBean(ClusterNode.class).close();
			DynamicMessage left = pat.readPush("room.left", "RoomLeft");
			assertThat(RoomsProto.get(left, "kind")).isEqualTo("board");
			assertThat(RoomsProto.get(left, "reason")).isEqualTo("node-lost");
			closeClients();
		}));
	}

}
