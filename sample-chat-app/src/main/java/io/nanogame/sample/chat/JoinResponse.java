package io.nanogame.sample.chat;

/**
 * Response of {@code room.join}.
 *
 * @param code 0 when all is well
 * @param result the same in words
 */
public record JoinResponse(int code, String result) {

	static JoinResponse success() {
		return new JoinResponse(0, "success");
	}

}
