package io.nanogame.transport;

import java.net.SocketAddress;
import java.security.Principal;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * What carries packets to one client and brings bytes from it: a Netty channel
 * ({@link NettyWire}), a WebSocket of a servlet container, or the memory of a test. All
 * methods are called on its loop, unless they say otherwise.
 */
public interface Wire {

	/**
	 * The loop of this wire. Any thread.
	 * @return always the same
	 */
	OutputLoop loop();

	/**
	 * Appends a message to the output. Nothing is sent before {@link #flush()}.
	 * @param message the message; it is encoded now
	 * @param compressRoute whether the client reads route codes
	 * @param markError whether the client reads the error flag
	 * @throws io.nanogame.protocol.ProtocolException when it does not fit the protocol;
	 * nothing was appended then
	 */
	void append(OutboundMessage message, boolean compressRoute, boolean markError);

	/**
	 * Appends a whole packet to the output.
	 * @param packet header and body; not changed, not kept
	 */
	void append(byte[] packet);

	/** Sends what was appended. */
	void flush();

	/**
	 * How many bytes wait for the client to read.
	 * @return bytes appended and not yet taken by the socket
	 */
	long pendingBytes();

	/**
	 * Whether the client keeps up.
	 * @return false when reading from it should wait until it has read
	 */
	boolean isWritable();

	/** Stops reading; what was read and not decoded is kept. */
	void pause();

	/** Decodes what was kept, and reads again unless that paused the wire once more. */
	void resume();

	/**
	 * Sends what was appended, then closes, giving the client time to read it. What still
	 * comes in is dropped.
	 * @param close what a WebSocket's close frame says
	 */
	void finish(CloseFrame close);

	/** Closes at once. */
	void abort();

	/**
	 * Where the client is. Any thread.
	 * @return its address
	 */
	SocketAddress remoteAddress();

	/**
	 * {@code tcp}, {@code websocket}, {@code servlet} or {@code memory}. Any thread.
	 * @return the name
	 */
	String transport();

	/**
	 * The query of the WebSocket's URL. Any thread.
	 * @return the query, or null when this is no WebSocket
	 */
	default @Nullable UrlQuery query() {
		return null;
	}

	/**
	 * Who the web app says the client is. Any thread.
	 * @return the principal of the HTTP request the wire began as, or null
	 */
	default @Nullable Principal principal() {
		return null;
	}

}
