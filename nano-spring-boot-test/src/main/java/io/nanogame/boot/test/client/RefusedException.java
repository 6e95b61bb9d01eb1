package io.nanogame.boot.test.client;

/**
 * The game did not let a player in.
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
