package io.nanogame.pomelo;

import io.nanogame.protocol.Kick;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Builds the packets of pomelo that are not messages.
 */
final class Packets {

	static final byte[] HEARTBEAT = packet(PacketType.HEARTBEAT, new byte[0]);

	private Packets() {
	}

	/**
	 * Returns whether a kick is sent before the close. Clients reconnect after a close
	 * without a kick, but not after a kick. A rejected handshake has already received a
	 * reply.
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
