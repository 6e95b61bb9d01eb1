package io.nanogame.connection;

import io.nanogame.session.CloseReason;
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
	 * Reads packets. After each packet, {@link ReadGate#mayReadNext()} decides whether
	 * the next one is read now.
	 * @param in the received and unread bytes; an incomplete packet remains unread
	 * @throws io.nanogame.protocol.ProtocolException when the bytes violate the protocol
	 */
	void receive(ByteBuf in);

	/**
	 * Returns the complete length of an incomplete packet, which limits the time to
	 * receive it.
	 * @param rest begins with that packet, and has at least one byte; not changed
	 * @return a length in bytes; 0 while it is unknown
	 */
	int announcedLength(ByteBuf rest);

	/**
	 * Returns whether the client sends heartbeats.
	 * @return false if the server has to ping it, see {@link ProtocolTrait#HEARTBEATS}
	 */
	boolean sendsHeartbeats();

	/**
	 * Appends a message to the output.
	 * @param wire the wire of the connection
	 * @param message a message to an open session
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be encoded; no byte
	 * is appended then
	 */
	void append(Wire wire, OutboundMessage message);

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
	 * Returns the last packet, which is sent after all messages.
	 * @param reason why the connection ends
	 * @return the packet, or null for none
	 */
	byte @Nullable [] farewell(CloseReason reason);

}
