package io.nanogame.connection;

import java.util.Collection;

/**
 * Thrown when a listener names a protocol that the server does not have.
 */
public final class UnknownProtocolException extends RuntimeException {

	UnknownProtocolException(String name, Collection<String> known) {
		super("There is no protocol named '" + name + "', but " + known);
	}

}
