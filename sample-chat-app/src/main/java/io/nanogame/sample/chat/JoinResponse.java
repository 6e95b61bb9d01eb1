package io.nanogame.sample.chat;

/**
 * Response of {@code room.join}.
 *
 * @param code 0 for success
 * @param result the same as text
 */
public record JoinResponse(int code, String result) {

	static JoinResponse success() {
		return new JoinResponse(0, "success");
	}

}
