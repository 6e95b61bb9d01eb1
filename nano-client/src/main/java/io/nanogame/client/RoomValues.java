package io.nanogame.client;

import java.util.Objects;

import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts parts of states to the types of the game, as the client's serializer does. */
final class RoomValues {

	private final NanoClient client;

	RoomValues(NanoClient client) {
		this.client = client;
	}

	/**
	 * Converts a part of a state.
	 * @throws io.nanogame.serialize.SerializationException if it is not of the type
	 */
	<T> @Nullable T convert(@Nullable JsonNode part, Class<T> type) {
		if (part == null || type.isInstance(part)) {
			return type.cast(part);
		}
		return type.cast(this.client.reader(type).read(this.client.write(part)));
	}

	/**
	 * Reads the body of a response.
	 * @throws io.nanogame.serialize.SerializationException if it is not of the type
	 */
	<T> @Nullable T read(byte[] body, Class<T> type) {
		PayloadReader reader = this.client.responseReader(type);
		return type.cast(reader.read(body));
	}

	/** Reads the body of a response of the server itself. */
	JsonNode read(byte[] body) {
		return Objects.requireNonNull(read(body, JsonNode.class));
	}

}
