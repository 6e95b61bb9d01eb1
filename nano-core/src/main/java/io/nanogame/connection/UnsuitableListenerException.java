package io.nanogame.connection;

/**
 * Thrown when a listener names a protocol that it cannot serve, because of its transports
 * or of its other protocols.
 */
public final class UnsuitableListenerException extends RuntimeException {

	private final String protocol;

	/**
	 * Creates the exception.
	 * @param protocol the name of the protocol
	 * @param problem why it cannot be served, as the rest of a sentence
	 */
	public UnsuitableListenerException(String protocol, String problem) {
		super("The protocol '" + protocol + "' " + problem);
		this.protocol = protocol;
	}

	public String protocol() {
		return this.protocol;
	}

}
