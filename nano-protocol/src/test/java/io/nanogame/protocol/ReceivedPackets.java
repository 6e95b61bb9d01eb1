package io.nanogame.protocol;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Decodes a byte stream and records each packet as its type and its body in hex.
 */
final class ReceivedPackets implements PacketHandler {

	private final PacketDecoder decoder;

	private final ByteBuf in = Unpooled.buffer();

	private final List<String> packets = new ArrayList<>();

	ReceivedPackets(PacketDecoder decoder) {
		this.decoder = decoder;
	}

	ReceivedPackets receive(byte[] bytes) {
		in.writeBytes(bytes);
		decoder.decode(in, this);
		return this;
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		packets.add(line(type, ByteBufUtil.getBytes(in, in.readerIndex(), length)));
		return true;
	}

	static String line(PacketType type, byte[] body) {
		return type + " " + HexFormat.of().formatHex(body);
	}

	List<String> packets() {
		return packets;
	}

	int unread() {
		return in.readableBytes();
	}

}
