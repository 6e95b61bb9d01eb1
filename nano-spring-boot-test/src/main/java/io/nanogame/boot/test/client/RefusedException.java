package io.nanogame.boot.test.client;

/**
 * Thrown when the game has rejected the handshake of a player.
 */
public final class RefusedException extends RuntimeException {

	private final ErrorReply reply;

	public RefusedException(ErrorReply reply) {
		super("The handshake was refused: " + reply);
		this.reply = reply;
	}

	public ErrorReply reply() {
		return this.reply;
	}

}
