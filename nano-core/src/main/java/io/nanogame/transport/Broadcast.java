package io.nanogame.transport;

import io.nanogame.protocol.MessageEncoder;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One message for many clients of a loop, encoded once for those that read route codes
 * and once for the others. Arrays, not buffers: nothing has to be released, and a small
 * packet is copied into each client's output faster than it is shared. Loop.
 */
final class Broadcast {

	private final OutboundMessage message;

	private byte @Nullable [] plain;

	private byte @Nullable [] compressed;

	Broadcast(OutboundMessage message) {
		this.message = message;
	}

	OutboundMessage message() {
		return this.message;
	}

	byte[] packet(MessageEncoder encoder, boolean compressRoute) {
		byte[] packet = compressRoute ? this.compressed : this.plain;
		if (packet == null) {
			packet = encode(encoder, compressRoute);
			if (compressRoute) {
				this.compressed = packet;
			}
			else {
				this.plain = packet;
			}
		}
		return packet;
	}

	private byte[] encode(MessageEncoder encoder, boolean compressRoute) {
		OutboundMessage push = this.message;
		byte[] packet = new byte[encoder.packetLength(push.type(), push.id(), push.route(), push.body(),
				compressRoute)];
		ByteBuf out = Unpooled.wrappedBuffer(packet).clear();
		encoder.encodePacket(out, push.type(), push.id(), push.route(), push.body(), false, compressRoute);
		return packet;
	}

}
