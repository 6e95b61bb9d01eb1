package io.nanogame.boot.test.client;

/**
 * An error that the game sent.
 *
 * @param code such as 403
 * @param message the game's message
 */
public record ErrorReply(int code, String message) {

	@Override
	public String toString() {
		return this.code + " " + this.message;
	}

}
