package io.nanogame.connection;

import java.net.SocketAddress;
import java.security.Principal;

import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What carries bytes to one client and from it: a Netty channel ({@code NettyWire}), a
 * WebSocket of a servlet container, or the memory of a test. All methods are called on
 * its loop, unless they say otherwise.
 */
public interface Wire {

	/**
	 * The loop of this wire. Any thread.
	 * @return always the same
	 */
	OutputLoop loop();

	/**
	 * Appends a packet to the output: on a WebSocket, a frame of its own. Nothing is sent
	 * before {@link #flush()}.
	 * @param length of the packet, in bytes
	 * @return where the caller writes precisely so many bytes, before it calls anything
	 * else of this wire; remains the wire's
	 */
	ByteBuf append(int length);

	/**
	 * Appends a packet to the output.
	 * @param packet all of it; never changed, not even later
	 */
	default void append(byte[] packet) {
		append(packet.length).writeBytes(packet);
	}

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

	/**
	 * From now on the packets are text in UTF-8, which a WebSocket announces. Without
	 * effect on a wire that has no messages of its own.
	 */
	default void sendText() {
		// Most wires carry bytes.
	}

	/**
	 * Whether the client reads each appended packet as a message of its own.
	 * @return false when packets follow each other without a bound
	 */
	default boolean keepsBounds() {
		return false;
	}

	/**
	 * Asks the client for a sign of life, which comes as bytes received.
	 * @return false when the wire has no way to ask
	 */
	default boolean ping() {
		return false;
	}

	/**
	 * Whether bytes of the client are kept that were not decoded.
	 * @return true while some wait, for the rest of a packet or for {@link #resume()}
	 */
	default boolean hasUnread() {
		return false;
	}

	/** Stops reading; what was read and not decoded is kept. */
	void pause();

	/** Decodes what was kept, and reads again unless that paused the wire once more. */
	void resume();

	/**
	 * Sends what was appended, then closes, giving the client time to read it. What still
	 * comes in is dropped.
	 * @param reason why, for a close frame
	 */
	void finish(CloseReason reason);

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
