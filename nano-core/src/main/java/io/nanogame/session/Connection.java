package io.nanogame.session;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * The way out of a session: to a socket of this server, to a WebSocket of the web app, or
 * (in a cluster) to the gateway that holds the socket.
 * <p>
 * Any thread may call; nothing blocks. What one thread sends arrives in the order it was
 * sent. There is no flow control: a connection whose client reads too slowly closes
 * itself.
 */
public interface Connection {

	/**
	 * Sends a message. Without effect once the connection is closed.
	 * @param message what to send; it passes the outbound interceptors
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written; nothing is sent then
	 */
	void send(OutboundMessage message);

	/**
	 * Holds a push while the client has not read what it was sent before.
	 * @param push takes the place of a held one with an equal key; sent in the order of
	 * the session's messages once there is room
	 * @return false when the client keeps up, so that the caller sends the push now
	 */
	default boolean hold(LatestPush push) {
		return false;
	}

	/**
	 * Tells the client why and closes, after everything that was sent before.
	 * @param reason why
	 */
	void close(CloseReason reason);

	/**
	 * The loop that carries this connection's output.
	 * @return the same object for connections that can be served together
	 */
	ConnectionLoop loop();

	/** The session has finished messages; a connection that had paused reads again. */
	void resume();

	/**
	 * Where the client is.
	 * @return its address as seen by this server
	 */
	SocketAddress remoteAddress();

	/**
	 * How the client is connected.
	 * @return {@code tcp}, {@code websocket} or {@code servlet}
	 */
	String transport();

	/**
	 * The query parameters of the URL a WebSocket was opened with.
	 * @return decoded names and values, empty for TCP
	 */
	Map<String, List<String>> queryParameters();

}
