package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A protocol's side of one connection: bytes become calls of a {@link ClientConnection},
 * and messages become bytes. All methods belong to the loop of the connection.
 */
public interface ProtocolConnection {

	/**
	 * Reads packets. Behind each of them, {@link ReadGate#readsOn()} decides whether the
	 * next one is read now.
	 * @param in the bytes received and not yet read; what is not whole stays unread
	 * @throws io.nanogame.protocol.ProtocolException when the bytes are not the
	 * protocol's
	 */
	void receive(ByteBuf in);

	/**
	 * How long a packet will be that is not whole, so that it does not take for ever.
	 * @param rest begins with that packet, and has at least one byte; not changed
	 * @return a length in bytes; 0 when it is not known yet
	 */
	int announcedLength(ByteBuf rest);

	/**
	 * Returns whether the client sends heartbeats.
	 * @return false if the server has to ping it, see {@link ProtocolTrait#HEARTBEATS}
	 */
	boolean sendsHeartbeats();

	/**
	 * Appends a message to the output.
	 * @param wire of the connection
	 * @param message for a session that was opened
	 * @throws io.nanogame.protocol.ProtocolException when it cannot be written; nothing
	 * was appended then
	 */
	void append(Wire wire, OutboundMessage message);

	/**
	 * How this client reads broadcasts.
	 * @return the same object for all clients that read the same bytes
	 */
	BroadcastForm broadcastForm();

	/**
	 * What the client reads last, behind all messages.
	 * @param reason why the connection ends
	 * @return bytes, or null when the end itself says enough
	 */
	byte @Nullable [] farewell(CloseReason reason);

}
