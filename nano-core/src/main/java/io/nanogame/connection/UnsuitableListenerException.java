package io.nanogame.connection;

/**
 * Thrown when a listener cannot serve one of its protocols, because of its other
 * protocols or of its transports.
 */
public final class UnsuitableListenerException extends RuntimeException {

	private final String listener;

	private final String protocol;

	private final String setting;

	/**
	 * Creates the exception.
	 * @param listener the name of the listener
	 * @param protocol the name of the protocol
	 * @param problem why it cannot be served, as the rest of a sentence
	 * @param setting the setting of the listener to change, such as {@code protocols}
	 */
	public UnsuitableListenerException(String listener, String protocol, String problem, String setting) {
		super("Listener '%s' serves the protocol '%s', %s".formatted(listener, protocol, problem));
		this.listener = listener;
		this.protocol = protocol;
		this.setting = setting;
	}

	public String listener() {
		return this.listener;
	}

	public String protocol() {
		return this.protocol;
	}

	/**
	 * Returns the setting of the listener to change.
	 * @return the last part of its key, such as {@code protocols}
	 */
	public String setting() {
		return this.setting;
	}

}
