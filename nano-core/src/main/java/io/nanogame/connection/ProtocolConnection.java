package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A protocol's side of one connection: bytes become calls of a {@link ClientConnection},
 * and messages become bytes. Confined to the loop of the connection.
 */
public interface ProtocolConnection {

	/**
	 * Called when the transport is established: on a WebSocket after the upgrade. Bytes
	 * may have been received before.
	 */
	default void connected() {
	}

	/**
	 * Continues a session of another server, instead of a handshake. Only called if the
	 * protocol has let that outlive its connection there.
	 * @param introduction the handshake with which the session has begun
	 * @param resumption its state; null if its client cannot resume it
	 */
	default void restored(Introduction introduction, @Nullable Resumption resumption) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reads packets. After each packet, {@link ReadGate#mayReadNext()} decides whether
	 * the next one is read now.
	 * @param in the received and unread bytes; an incomplete packet remains unread
	 * @throws io.nanogame.protocol.ProtocolException when the bytes violate the protocol
	 */
	void receive(ByteBuf in);

	/**
	 * Called when the connection continues with another wire, or with none: an incomplete
	 * packet will not be completed.
	 */
	default void wireReplaced() {
		// By default, nothing is known of an incomplete packet.
	}

	/**
	 * Returns the complete length of an incomplete packet, which limits the time to
	 * receive it.
	 * @param rest begins with that packet, or continues it after the {@link #consumed()}
	 * bytes; not changed
	 * @return a length in bytes; 0 while it is unknown. By default how much was received,
	 * so that the time grows with it
	 */
	default int announcedLength(ByteBuf rest) {
		return rest.readableBytes();
	}

	/**
	 * Returns how much of an incomplete packet was read already, so that the unread bytes
	 * continue it.
	 * @return a number of bytes; 0 if the unread bytes begin with a packet
	 */
	default int consumed() {
		return 0;
	}

	/**
	 * Returns whether no more requests should be read, because too many replies must wait
	 * for others. Once there is room, the protocol calls
	 * {@link ClientConnection#resume()}.
	 * @return false if replies are sent when they are appended
	 */
	default boolean isReplyQueueFull() {
		return false;
	}

	/**
	 * Returns whether the client sends heartbeats.
	 * @return false if the server has to ping it, see {@link ProtocolTrait#HEARTBEATS}
	 */
	default boolean sendsHeartbeats() {
		return false;
	}

	/**
	 * Checks that this protocol can send a message, before it is queued. Thread-safe.
	 * @param message a message to an open session
	 * @throws io.nanogame.serialize.SerializationException when it cannot
	 */
	default void check(OutboundMessage message) {
		// By default, each message can be sent.
	}

	/**
	 * Appends a message to the output.
	 * @param wire the wire of the connection
	 * @param message a message to an open session
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded; no byte
	 * is appended then
	 * @throws io.nanogame.serialize.SerializationException when a push that was not
	 * {@link #check checked}, such as a broadcast, cannot be sent; no byte is appended
	 * then
	 */
	void append(Wire wire, OutboundMessage message);

	/**
	 * Encodes a message that is kept until the client confirms it. Only called if the
	 * protocol has let the session outlive its connection, see
	 * {@link ClientConnection#keepWhenCut}.
	 * @param message as for {@link #append(Wire, OutboundMessage)}, with the same errors
	 * @return the complete packet, which is never modified
	 */
	default byte[] encode(OutboundMessage message) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Appends a packet that is kept until the client confirms it, for the first time or
	 * again.
	 * @param wire the wire of the connection, perhaps of another transport than before
	 * @param packet an {@link #encode encoded} message or broadcast
	 */
	default void appendKept(Wire wire, byte[] packet) {
		wire.append(packet);
	}

	/**
	 * Appends a broadcast to the output.
	 * @param wire the wire of the connection
	 * @param push the broadcast
	 * @param packet its encoding in the {@link #broadcastForm() form} of this client
	 */
	default void append(Wire wire, OutboundMessage push, byte[] packet) {
		wire.append(packet);
	}

	/**
	 * Returns the encoding of broadcasts for this client.
	 * @return the same object for all clients that receive the same bytes
	 */
	BroadcastForm broadcastForm();

	/**
	 * Returns the last packet. It follows the output that was appended to the wire
	 * before, and precedes output that other threads have queued, which is dropped.
	 * @param reason why the connection ends
	 * @return the packet, or null for none
	 */
	byte @Nullable [] farewell(CloseReason reason);

	/**
	 * Returns the packet that asks the client to resume its session on another server.
	 * Only called if the protocol has let the session outlive its connection.
	 * @param after the time after which the client closes its connection
	 * @return the packet, or null if the protocol has none
	 */
	default byte @Nullable [] moveRequest(Duration after) {
		return null;
	}

	/**
	 * Passes received bytes to {@link ClientConnection#relay} from now on, because the
	 * client continues another session. Only called if the protocol has allowed that, see
	 * {@link ClientConnection#mayContinue}.
	 */
	default void relay() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Continues with another client, whose bytes are relayed from another connection.
	 * Called as {@link #relay()} is.
	 * @param newer the side of that connection, of the same protocol
	 */
	default void adopt(ProtocolConnection newer) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the protocol's side itself, if this object delegates to one.
	 * @return by default, this object
	 */
	default ProtocolConnection decided() {
		return this;
	}

	/**
	 * Releases large objects, because no more bytes are read, and messages are dropped. A
	 * game or a running handler may keep the session. May be called again.
	 */
	default void ended() {
		// By default, a connection holds little.
	}

}
