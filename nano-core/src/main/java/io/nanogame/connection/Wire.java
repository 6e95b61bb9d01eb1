package io.nanogame.connection;

import java.net.SocketAddress;
import java.security.Principal;

import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The transport of one client: a Netty channel ({@code NettyWire}), a WebSocket of a
 * servlet container, or memory in tests. Confined to its loop, except where stated.
 */
public interface Wire {

	/**
	 * Returns the loop of this wire. Thread-safe.
	 * @return always the same object
	 */
	OutputLoop loop();

	/**
	 * Appends a packet to the output; on a WebSocket as a separate frame. No byte is sent
	 * before {@link #flush()}.
	 * @param length the length of the packet, in bytes
	 * @return a buffer to which the caller must write exactly this number of bytes,
	 * before it calls another method of this wire; owned by the wire
	 */
	ByteBuf append(int length);

	/**
	 * Appends a packet to the output.
	 * @param packet the complete packet; must never be modified
	 */
	default void append(byte[] packet) {
		append(packet.length).writeBytes(packet);
	}

	/** Sends the appended packets. */
	void flush();

	/**
	 * Returns the number of bytes that are queued for the client.
	 * @return bytes that were appended and not yet accepted by the socket
	 */
	long pendingBytes();

	/**
	 * Returns whether the client keeps up with the output.
	 * @return false when the server should not read from the client until the client has
	 * read
	 */
	boolean isWritable();

	/**
	 * Declares whether the packets that are appended from now on are UTF-8 text. A
	 * WebSocket sends text in text frames. Without a call they are bytes.
	 * @param text whether they are text
	 */
	default void sendText(boolean text) {
		// A stream of bytes has no frames.
	}

	/**
	 * Makes this wire record the bounds and types of the messages that it receives, and
	 * validate text. Called before the first byte is received. Without a call, received
	 * bytes are a stream, whatever the client's messages are.
	 * @return the messages of a WebSocket; null if this wire cannot be one
	 */
	default @Nullable InboundMessages receiveMessages() {
		return null;
	}

	/**
	 * Returns whether the client receives each appended packet as a separate message.
	 * @return false if packets are a stream of bytes
	 */
	default boolean keepsBounds() {
		return false;
	}

	/**
	 * Sends a ping. The reply counts as bytes received.
	 * @return false if the wire has no pings
	 */
	default boolean ping() {
		return false;
	}

	/**
	 * Returns whether received bytes are kept that are not decoded yet.
	 * @return true for an incomplete packet, and for bytes that were received while
	 * paused
	 */
	default boolean hasUnread() {
		return false;
	}

	/**
	 * Returns the length of the message that this wire has received incompletely, if the
	 * protocol reads complete messages only.
	 * @return its length in bytes, as far as it was announced; 0 if there is none
	 */
	default int incompleteLength() {
		return 0;
	}

	/**
	 * Returns whether the client has closed this wire deliberately, so that its session
	 * ends: a WebSocket with code 1000, or without a code.
	 * @return false if the wire was cut, or it is unknown
	 */
	default boolean isClosedByClient() {
		return false;
	}

	/** Stops reading. Received and undecoded bytes are kept. */
	void pause();

	/**
	 * Decodes the kept bytes, and reads again unless the wire is paused in the meantime.
	 */
	void resume();

	/**
	 * Sends the appended packets, then closes gracefully, so that the client can read
	 * them. Further input is dropped.
	 * @param reason the reason, for a close frame
	 */
	void finish(CloseReason reason);

	/** Closes immediately. */
	void abort();

	/**
	 * Returns the address of the client. Thread-safe.
	 * @return its address
	 */
	SocketAddress remoteAddress();

	/**
	 * Returns the name of the transport. Thread-safe.
	 * @return {@code tcp}, {@code websocket}, {@code servlet} or {@code memory}
	 */
	String transport();

	/**
	 * Returns the query of the WebSocket's URL. Thread-safe.
	 * @return the query, or null when this is not a WebSocket
	 */
	default @Nullable UrlQuery query() {
		return null;
	}

	/**
	 * Returns the authenticated user of the web app, or of a TLS certificate.
	 * Thread-safe.
	 * @return the principal, or null
	 */
	default @Nullable Principal principal() {
		return null;
	}

}
