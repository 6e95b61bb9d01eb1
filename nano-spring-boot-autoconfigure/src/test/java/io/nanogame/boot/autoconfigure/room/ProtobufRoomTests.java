package io.nanogame.boot.autoconfigure.room;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.DynamicMessage;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that receive protobuf in rooms, over a real socket.
 */
class ProtobufRoomTests {

	private static final int PAGES = 12;

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class))
		.withPropertyValues("nano.room.client-access=true")
		.withUserConfiguration(Board.class);

	private final ApplicationContextRunner mixed = this.app
		.withPropertyValues("nano.additional-serializers=protobuf", "nano.push.high-water-mark=100KB")
		.withBean(ProtobufClient.Choice.class);

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String join(ProtobufClient client) {
		DynamicMessage room = client.request("rooms.joinOrCreate", "kind", "board", "RoomInfo");
		client.request("board.join", new byte[0]);
		return (String) RoomsProto.get(room, "room");
	}

	@Test
	void clientsWithJsonAndWithProtobufShareARoom() {
		this.mixed.run((context) -> {
			int port = context.getBean(GameServer.class).port();
			try (RawClient browser = RawClient.tcp(port).handshake(); RawClient socket = RawClient.tcp(port)) {
				ProtobufClient unity = new ProtobufClient(socket);
				String room = join(unity);
				assertThat(browser.request(1, "rooms.joinOrCreate", "{\"kind\":\"board\"}").readResponse(1))
					.contains(room);
				browser.request(2, "board.join", "").readResponse(2);
				unity.request("board.write", text("3"));
				assertThat(browser.readPush("room.state")).contains("\"patch\":{\"page\":3}");
				browser.request(3, "board.write", "4").readResponse(3);
				unity.awaitState("page", 4);
				browser.request(4, "board.close", "");
				DynamicMessage left = unity.readPush("room.left", "RoomLeft");
				assertThat(RoomsProto.get(left, "kind")).isEqualTo("board");
				assertThat(RoomsProto.get(left, "room")).isEqualTo(room);
				assertThat(RoomsProto.get(left, "reason")).isEqualTo("closed");
				assertThat(RoomsProto.get(left, "message")).isEqualTo("over");
				assertThat(browser.readPush("room.left")).contains("\"reason\":\"closed\"");
			}
		});
	}

	@Test
	void aClientThatReadsLateReceivesTheNewestState() {
		this.mixed.run((context) -> {
			int port = context.getBean(GameServer.class).port();
			try (RawClient late = RawClient.tcpWithSmallBuffer(port); RawClient socket = RawClient.tcp(port)) {
				ProtobufClient slow = new ProtobufClient(late);
				ProtobufClient fast = new ProtobufClient(socket);
				join(slow);
				join(fast);
				fast.request("board.fill", text("2000000"));
				for (int page = 1; page <= PAGES; page++) {
					fast.request("board.write", text(String.valueOf(page)));
					fast.awaitState("page", page);
				}
				slow.awaitState("page", PAGES);
				assertThat(slow.states).as("the others were not sent").isLessThan(fast.states);
			}
		});
	}

	@Test
	void aServerWithProtobufLetsItsClientsUseRooms() {
		this.app.withPropertyValues("nano.serializer=protobuf").run((context) -> {
			try (RawClient socket = RawClient.tcp(context.getBean(GameServer.class).port())) {
				ProtobufClient client = new ProtobufClient(socket);
				join(client);
				client.request("board.write", text("1"));
				client.awaitState("page", 1);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "raw", "json" })
	void aServerWithAnotherSerializerLetsItsClientsUseRoomsWithJson(String serializer) {
		this.app.withPropertyValues("nano.serializer=" + serializer).run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				client.request(1, "rooms.joinOrCreate", "{\"kind\":\"board\"}").readResponse(1);
				client.request(2, "board.join", "");
				assertThat(client.readPush("room.state")).contains("\"state\":{", "\"page\":0");
			}
		});
	}

}
