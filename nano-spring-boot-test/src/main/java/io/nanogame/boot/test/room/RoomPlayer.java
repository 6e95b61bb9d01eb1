package io.nanogame.boot.test.room;

import java.util.Objects;

import io.nanogame.boot.test.client.PayloadAssert;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.spring.room.ProtobufPushes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A player or a spectator in a room, with its copy of the room's state. Confined to the
 * thread of the test.
 */
public final class RoomPlayer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final TestPlayer player;

	private final String kind;

	private final String room;

	private final byte[] answer;

	private final boolean isProtobuf;

	private @Nullable ObjectNode state;

	private long version;

	RoomPlayer(TestPlayer player, String kind, String room, byte[] answer) {
		this.player = player;
		this.kind = kind;
		this.room = room;
		this.answer = answer;
		this.isProtobuf = isProtobuf(player);
	}

	static boolean isProtobuf(TestPlayer player) {
		return player.payloads().serializer().name().equals("protobuf");
	}

	/** Returns the player, for everything that is not about this room. */
	public TestPlayer player() {
		return this.player;
	}

	/** Returns the id of the room. */
	public String room() {
		return this.room;
	}

	/**
	 * Returns the answer of the room to the join.
	 * @param type its type
	 * @param <T> its type
	 * @return the answer
	 */
	public <T> T answer(Class<T> type) {
		return type.cast(this.player.payloads().reader(type).read(this.answer));
	}

	/**
	 * Sends a request to the room.
	 * @param handler the name of the handler, such as {@code move}
	 * @param payload the payload, or null
	 * @return awaits the reply
	 */
	public SentRequest request(String handler, @Nullable Object payload) {
		return this.player.request(this.kind + "." + handler, payload);
	}

	/**
	 * Sends a notification to the room.
	 * @param handler the name of the handler
	 * @param payload the payload, or null
	 * @return this
	 */
	public RoomPlayer notify(String handler, @Nullable Object payload) {
		this.player.notify(this.kind + "." + handler, payload);
		return this;
	}

	/** Leaves the room. */
	public void leave() {
		request("leave", null).expectResponse();
	}

	/**
	 * Checks that the player is removed from the room.
	 * @param reason the reason, such as {@code closed}
	 * @return the payload of the push
	 */
	public PayloadAssert<JsonNode> expectLeft(String reason) {
		PayloadAssert<JsonNode> left = this.player.expectPush("room.left", byte[].class)
			.map((body) -> this.isProtobuf ? ProtobufPushes.left(body) : MAPPER.readTree(body));
		if (!left.value().path("room").asString().equals(this.room)
				|| !left.value().path("reason").asString().equals(reason)) {
			throw new AssertionError("%s should have left %s with the reason %s, but received %s"
				.formatted(this.player.name(), this.room, reason, left.value()));
		}
		return left;
	}

	/**
	 * Returns the player's copy of the state, when the game has handled all messages.
	 * @return the state as JSON; later changes do not affect it
	 * @throws AssertionError when the player has received none, or a change that does not
	 * fit its copy
	 */
	public JsonNode state() {
		for (byte[] body : this.player.takePushes("room.state", byte[].class)) {
			JsonNode push = this.isProtobuf ? ProtobufPushes.state(body) : MAPPER.readTree(body);
			if (push.path("room").asString().equals(this.room)) {
				apply(push);
			}
		}
		if (this.state == null) {
			throw new AssertionError("%s has received no state of the room".formatted(this.player.name()));
		}
		return this.state.deepCopy();
	}

	private void apply(JsonNode push) {
		long received = push.path("version").asLong();
		if (push.get("state") instanceof ObjectNode whole) {
			this.state = whole;
		}
		else if (received != this.version + 1 || !(push.get("patch") instanceof ObjectNode patch)) {
			throw new AssertionError("%s has version %d of the state and has received version %d: %s"
				.formatted(this.player.name(), this.version, received, push));
		}
		else {
			merge(Objects.requireNonNull(this.state), patch);
		}
		this.version = received;
	}

	private static void merge(ObjectNode target, ObjectNode patch) {
		patch.properties().forEach((member) -> {
			JsonNode value = member.getValue();
			if (value.isNull()) {
				target.remove(member.getKey());
			}
			else if (value instanceof ObjectNode inner) {
				ObjectNode present = (target.get(member.getKey()) instanceof ObjectNode object) ? object
						: target.putObject(member.getKey());
				merge(present, inner);
			}
			else {
				target.set(member.getKey(), value);
			}
		});
	}

	/**
	 * Returns the player's copy of the state.
	 * @param type the class to read it as
	 * @param <T> the class
	 * @return the state
	 */
	public <T> T state(Class<T> type) {
		return MAPPER.treeToValue(state(), type);
	}

	/**
	 * Checks a value of the player's copy of the state.
	 * @param pointer a JSON pointer, such as {@code /fighters/ann/x}
	 * @param value the expected value; null if there must be none
	 * @return this
	 */
	public RoomPlayer expectState(String pointer, @Nullable Object value) {
		JsonNode found = state().at(pointer);
		JsonNode expected = MAPPER.readTree(MAPPER.writeValueAsBytes(value));
		boolean isEqual = (value == null) ? found.isMissingNode()
				: found.equals((left, right) -> isSame(left, right), expected);
		if (!isEqual) {
			throw new AssertionError("%s should see %s at %s, but sees %s. The state is %s".formatted(
					this.player.name(), expected, pointer, found.isMissingNode() ? "nothing" : found, this.state));
		}
		return this;
	}

	/** Numbers are the same, whatever their types. */
	private static int isSame(JsonNode left, JsonNode right) {
		if (left.isNumber() && right.isNumber()) {
			return left.decimalValue().compareTo(right.decimalValue());
		}
		return left.equals(right) ? 0 : 1;
	}

	@Override
	public String toString() {
		return this.player.name() + " in " + this.room;
	}

}
