package io.nanogame.session;

/**
 * Decides whether a client may come in. All validators are asked in order; the first that
 * throws turns the client away, which is answered and closed.
 */
@FunctionalInterface
public interface HandshakeValidator {

	/**
	 * Looks at a handshake. Called on a worker thread, so it may block.
	 * @param handshake the client's handshake
	 * @throws HandshakeRefusedException to turn the client away with words for it; any
	 * other exception turns it away without
	 */
	void validate(Handshake handshake);

}
