package io.nanogame.boot.test.room;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.SerializationException;
import io.nanogame.serialize.Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests {@code rooms.*} and the pushes of rooms and of the matchmaker, for clients
 * with each kind of serializer.
 */
@NanoTest(properties = { "nano.additional-serializers=protobuf,raw,own", "nano.room.client-access=true" })
@Import({ Pool.class, OtherClients.class, Quick.class, SerializerRoomTests.Own.class })
class SerializerRoomTests {

	@Autowired
	private NanoTestClient players;

	@Autowired
	private RoomTester rooms;

	@BeforeEach
	void expireSeats() {
		this.rooms.advance(Duration.ofSeconds(30));
	}

	private TestPlayer connect(Serializer serializer, String uid) {
		return OtherClients.login(OtherClients.with(this.players, serializer).connect(), uid);
	}

	private TestPlayer play(Serializer serializer, String uid) {
		TestPlayer player = connect(serializer, uid);
		player.request("quick.play").expectResponse(byte[].class);
		return player;
	}

	static Serializer[] others() {
		return new Serializer[] { new RawSerializer(), new OwnSerializer() };
	}

	private static byte[] text(String json) {
		return json.getBytes(StandardCharsets.UTF_8);
	}

	private static JsonNode request(TestPlayer player, String route, String json) {
		return JsonMapper.shared().readTree(player.request(route, text(json)).expectResponse(byte[].class).value());
	}

	private static JsonNode push(TestPlayer player, String route) {
		return player.expectPush(route, byte[].class).map(JsonMapper.shared()::readTree).value();
	}

	@ParameterizedTest
	@MethodSource("others")
	void clientsWithAnyOtherSerializerUseRoomsWithJson(Serializer serializer) {
		TestPlayer ann = connect(serializer, "ann");
		JsonNode room = request(ann, "rooms.joinOrCreate", "{\"kind\":\"pool\"}");
		assertThat(room.path("seats").asInt()).isEqualTo(8);
		assertThat(request(ann, "pool.join", "{}").asString()).isEqualTo("welcome");
		assertThat(push(ann, "room.state").path("state").path("ticks").asInt(-1)).isZero();
		ann.request("pool.set", text("{\"at\":1}")).expectResponse(byte[].class);
		this.rooms.advance(Pool.TICK);
		assertThat(push(ann, "room.state").at("/patch/values/at").asInt()).isEqualTo(1);
		assertThat(request(ann, "rooms.list", "{\"kind\":\"pool\"}").at("/rooms/0/room")).isEqualTo(room.get("room"));
		ann.notify("pool.setAndClose", text("{}"));
		assertThat(push(ann, "room.left").path("reason").asString()).isEqualTo("closed");
		ann.request("rooms.joinOrCreate", text("no JSON")).expectError(400);
	}

	@ParameterizedTest
	@MethodSource("others")
	void clientsWithAnyOtherSerializerAreMatchedWithJson(Serializer serializer) {
		TestPlayer ann = play(serializer, "ann");
		play(serializer, "bob");
		this.rooms.advance(Duration.ofSeconds(1));
		assertThat(push(ann, "match.found").at("/players/1").asString()).isEqualTo("bob");
	}

	// Protobuf, read without the code that writes it

	private static UnknownFieldSet read(byte[] body) {
		try {
			return UnknownFieldSet.parseFrom(body);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new AssertionError("Not protobuf", ex);
		}
	}

	private static UnknownFieldSet call(TestPlayer player, String route, UnknownFieldSet.Builder body) {
		return read(player.request(route, body.build().toByteArray()).expectResponse(byte[].class).value());
	}

	private static String text(UnknownFieldSet message, int field) {
		return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
	}

	private static long number(UnknownFieldSet message, int field) {
		return message.getField(field).getVarintList().get(0);
	}

	private static UnknownFieldSet.Builder message() {
		return UnknownFieldSet.newBuilder();
	}

	private static UnknownFieldSet.Field field(String text) {
		return UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
	}

	@Test
	void protobufClientsUseRooms() throws Exception {
		TestPlayer ann = connect(new ProtobufSerializer(), "ann");
		Struct options = Struct.newBuilder()
			.putFields("name", Value.newBuilder().setStringValue("lake").build())
			.putFields("depth", Value.newBuilder().setNumberValue(3).build())
			.build();
		UnknownFieldSet room = call(ann, "rooms.create", message().addField(1, field("pool"))
			.addField(3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(options.toByteString()).build()));
		assertThat(text(room, 2)).isEqualTo("pool");
		assertThat(number(room, 3)).as("players").isOne();
		assertThat(number(room, 4)).as("seats").isEqualTo(8);
		assertThat(room.hasField(5)).as("no spectators").isFalse();
		assertThat(room.hasField(6)).as("not locked").isFalse();
		ann.request("pool.join").expectResponse(byte[].class);
		TestPlayer bob = connect(new ProtobufSerializer(), "bob");
		assertThat(text(call(bob, "rooms.join", message().addField(2, field(text(room, 1)))), 1))
			.isEqualTo(text(room, 1));
		bob.request("pool.join").expectResponse(byte[].class);
		bob.request("pool.name").expectResponse(byte[].class);
		UnknownFieldSet page = call(bob, "rooms.list", message().addField(1, field("pool")));
		assertThat(number(page, 2)).as("total").isOne();
		UnknownFieldSet listed = UnknownFieldSet.parseFrom(page.getField(1).getLengthDelimitedList().get(0));
		assertThat(text(listed, 1)).isEqualTo(text(room, 1));
		assertThat(Struct.parseFrom(listed.getField(7).getLengthDelimitedList().get(0))).as("metadata from the options")
			.isEqualTo(options);
		TestPlayer eve = connect(new ProtobufSerializer(), "eve");
		assertThat(number(call(eve, "rooms.spectate", message().addField(2, field(text(room, 1)))), 3)).isEqualTo(2);
		assertThat(call(eve, "rooms.list",
				message().addField(1, field("pool"))
					.addField(5, UnknownFieldSet.Field.newBuilder().addVarint(0).build()))
			.hasField(1)).as("a limit of 0").isFalse();
	}

	@Test
	void protobufClientsReceiveErrorsOfBodiesThatAreNotTheMessage() {
		TestPlayer ann = connect(new ProtobufSerializer(), "ann");
		ann.request("rooms.joinOrCreate", new byte[] { 10, 100, 1 }).expectError(400);
		ann.request("rooms.joinOrCreate", new byte[0]).expectError(400).hasMessage("the kind is missing");
		ann.request("rooms.join", new byte[0]).expectError(400).hasMessage("the room is missing");
		ann.request("rooms.join", message().addField(2, field("x")).build().toByteArray()).expectError(404);
	}

	@Test
	void protobufClientsAreMatched() {
		TestPlayer ann = play(new ProtobufSerializer(), "ann");
		play(new ProtobufSerializer(), "zoe");
		this.rooms.advance(Duration.ofSeconds(1));
		UnknownFieldSet found = ann.expectPush("match.found", byte[].class).map(SerializerRoomTests::read).value();
		assertThat(text(found, 1)).isEqualTo("quick");
		assertThat(text(found, 2)).isNotEmpty();
		assertThat(text(found, 3)).isEqualTo("pool");
		assertThat(found.getField(4).getLengthDelimitedList()).containsExactly(ByteString.copyFromUtf8("ann"),
				ByteString.copyFromUtf8("zoe"));
		TestPlayer bob = play(new ProtobufSerializer(), "bob");
		bob.request("quick.stop").expectResponse(byte[].class);
		UnknownFieldSet cancelled = bob.expectPush("match.cancelled", byte[].class)
			.map(SerializerRoomTests::read)
			.value();
		assertThat(text(cancelled, 1)).isEqualTo("quick");
		assertThat(text(cancelled, 2)).isEqualTo("cancelled");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Own {

		@Bean
		Serializer own() {
			return new OwnSerializer();
		}

	}

	/** Writes no objects at all. */
	static final class OwnSerializer implements Serializer {

		@Override
		public String name() {
			return "own";
		}

		@Override
		public byte[] serialize(Object value) {
			throw new SerializationException("not written", null);
		}

		@Override
		public PayloadReader reader(Type type) {
			return (body) -> new String(body, StandardCharsets.UTF_8);
		}

		@Override
		public byte[] empty() {
			return new byte[0];
		}

		@Override
		public byte[] serializeError(io.nanogame.serialize.ErrorBody error) {
			return JsonMapper.shared().writeValueAsBytes(Map.of("code", error.code(), "msg", error.msg()));
		}

		@Override
		public io.nanogame.serialize.ErrorBody deserializeError(byte[] body) {
			return JsonMapper.shared().readValue(body, io.nanogame.serialize.ErrorBody.class);
		}

	}

}
