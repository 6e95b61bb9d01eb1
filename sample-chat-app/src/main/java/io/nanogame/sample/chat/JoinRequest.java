package io.nanogame.sample.chat;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code room.join}. All fields are optional: nano's own page sends an empty
 * payload.
 *
 * @param name the user's name
 * @param room the room to join
 */
public record JoinRequest(@Size(max = 64) @Nullable String name, @Size(max = 64) @Nullable String room) {

	private static final String DEFAULT_ROOM = "lobby";

	String nameOr(String fallback) {
		return (this.name != null && !this.name.isBlank()) ? this.name.strip() : fallback;
	}

	String roomOrLobby() {
		return (this.room != null && !this.room.isBlank()) ? this.room.strip() : DEFAULT_ROOM;
	}

}
