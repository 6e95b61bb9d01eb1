package io.nanogame.protocol;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The type of a packet: the first byte of its header.
 */
public enum PacketType {

	/**
	 * JSON: the client introduces itself, the server replies with the same type.
	 */
	HANDSHAKE(1),

	/**
	 * No body: the client has processed the reply, data may follow.
	 */
	HANDSHAKE_ACK(2),

	/**
	 * No body: the sender is alive.
	 */
	HEARTBEAT(3),

	/**
	 * One {@link Message}.
	 */
	DATA(4),

	/**
	 * JSON: the server is about to close the connection, see {@link Kick}.
	 */
	KICK(5);

	private static final PacketType[] BY_CODE = { HANDSHAKE, HANDSHAKE_ACK, HEARTBEAT, DATA, KICK };

	private final int code;

	PacketType(int code) {
		this.code = code;
	}

	/**
	 * Returns the byte on the wire.
	 * @return 1 to 5
	 */
	public int code() {
		return code;
	}

	static PacketType of(int code) {
		if (code < 1 || code > BY_CODE.length) {
			throw new ProtocolException(Reason.INVALID_PACKET_TYPE);
		}
		return BY_CODE[code - 1];
	}

}
