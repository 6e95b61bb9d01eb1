package io.nanogame.pomelo;

import io.nanogame.protocol.Kick;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Packets the server sends of its own accord.
 */
final class Packets {

	static final byte[] HEARTBEAT = packet(PacketType.HEARTBEAT, new byte[0]);

	private Packets() {
	}

	/**
	 * Whether an ending begins with a kick: clients that come back after other ends stay
	 * away after one. A refused handshake was answered instead.
	 */
	static boolean isKick(CloseReason reason) {
		return !reason.reconnect() && !reason.code().equals(CloseReason.HANDSHAKE_REFUSED.code());
	}

	static byte[] kick(CloseReason reason) {
		return packet(PacketType.KICK, new Kick(reason.message(), reason.reconnect()).toJson());
	}

	static byte[] packet(PacketType type, byte[] body) {
		byte[] packet = new byte[4 + body.length];
		ByteBuf out = Unpooled.wrappedBuffer(packet).clear();
		PacketEncoder.encode(out, type, body);
		return packet;
	}

}
