package io.nanogame.session;

/**
 * Decides whether a client is accepted. Validators are called in order; the first one
 * that throws rejects the client, which receives the error and is disconnected.
 */
@FunctionalInterface
public interface HandshakeValidator {

	/**
	 * Validates a handshake. Called on a worker thread, so it may block.
	 * @param handshake the client's handshake
	 * @throws HandshakeRefusedException to reject the client with a message; any other
	 * exception rejects it without one
	 */
	void validate(Handshake handshake);

}
