package io.nanogame.session;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * The connection of a session to its client: a socket of this server, a WebSocket of the
 * web app, or, in a cluster, the gateway that has the socket.
 * <p>
 * Thread-safe; no method blocks. Messages of one thread are sent in order. There is no
 * flow control: a connection whose client reads too slowly closes itself.
 */
public interface Connection {

	/**
	 * Sends a message through the outbound interceptors. Has no effect if the connection
	 * is closed.
	 * @param message the message
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written; nothing is sent then
	 */
	void send(OutboundMessage message);

	/**
	 * Holds a push while the client has not read earlier messages.
	 * @param push replaces a held one with an equal key; sent in the order of the
	 * session's messages once there is room
	 * @return false if the client keeps up, so that the caller sends the push now
	 */
	default boolean hold(LatestPush push) {
		return false;
	}

	/**
	 * Sends the client the reason and closes, after all earlier messages are sent.
	 * @param reason the reason
	 */
	void close(CloseReason reason);

	/**
	 * Returns the loop that carries the output of this connection.
	 * @return the same object for connections that share a loop
	 */
	ConnectionLoop loop();

	/** Reads on if reading was paused and the backlog of the session has room. */
	void resume();

	/**
	 * Returns whether the client is connected.
	 * @return false while the client may resume the session
	 */
	default boolean isConnected() {
		return true;
	}

	/**
	 * Returns whether the client of another connection can continue the session of this
	 * one: it must read the same protocol.
	 * @param newer the connection of the client
	 * @return false if it cannot
	 */
	default boolean admits(Connection newer) {
		return false;
	}

	/**
	 * Continues the session of this connection with the client of another one, which this
	 * connection {@link #admits}. This connection closes its own client at once. The
	 * other client follows when its pending messages are handled.
	 * @param newer the connection of the client
	 * @param continuation must be ended when they are
	 */
	default void continueWith(Connection newer, Continuation continuation) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the address of the client.
	 * @return the address as this server sees it, or of a PROXY header
	 */
	SocketAddress remoteAddress();

	/**
	 * Returns how the client is connected.
	 * @return {@code tcp}, {@code websocket} or {@code servlet}
	 */
	String transport();

	/**
	 * Returns the query parameters of the URL to which a WebSocket was opened.
	 * @return decoded names and values; empty for TCP
	 */
	Map<String, List<String>> queryParameters();

}
