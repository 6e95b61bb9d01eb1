package io.nanogame.boot.test.client;

/**
 * An error answer.
 *
 * @param code such as 403
 * @param message what the game says
 */
public record ErrorReply(int code, String message) {

	@Override
	public String toString() {
		return this.code + " " + this.message;
	}

}
