package io.nanogame.connection;

/**
 * What clients speak. One object serves all connections of a server; what it keeps for
 * one of them is a {@link ProtocolConnection}.
 */
@FunctionalInterface
public interface Protocol {

	/**
	 * Begins with a client. Called once a connection, before its first byte.
	 * @param connection the server's end; not to be used before this method returns
	 * @return what the protocol keeps for it
	 */
	ProtocolConnection open(ClientConnection connection);

}
