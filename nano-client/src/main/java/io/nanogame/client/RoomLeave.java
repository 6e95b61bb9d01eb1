package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * The end of a seat in a room.
 *
 * @param reason {@link #LEFT}, {@link #LOST}, or that of the server, such as
 * {@code closed} or {@code removed}
 * @param message the server's message, or that of the cause; may be empty
 * @param cause why the session has ended, such as a {@link ClientClosedException};
 * {@code null} unless the reason is {@link #LOST}
 */
public record RoomLeave(String reason, String message, @Nullable NanoClientException cause) {

	/** The reason after {@link ClientRoom#leave()}. */
	public static final String LEFT = "left";

	/** The reason when the session has ended, and all its seats with it. */
	public static final String LOST = "lost";

	static RoomLeave left(String message) {
		return new RoomLeave(LEFT, message, null);
	}

	static RoomLeave lost(NanoClientException cause) {
		return new RoomLeave(LOST, String.valueOf(cause.getMessage()), cause);
	}

}
