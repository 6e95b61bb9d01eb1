package io.nanogame.protocol;

import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Writes messages; {@link MessageDecoder} documents the layout. Bodies are written as
 * they are. Immutable, any thread; buffers remain the caller's.
 */
public final class MessageEncoder {

	private static final int MAX_ROUTE_BYTES = 255;

	private final RouteDictionary dictionary;

	/** The flag of compressed bodies, or 0. */
	private final int compressed;

	/**
	 * Creates an encoder.
	 * @param dictionary the codes the peer knows
	 */
	public MessageEncoder(RouteDictionary dictionary) {
		this(dictionary, 0);
	}

	private MessageEncoder(RouteDictionary dictionary, int compressed) {
		this.dictionary = dictionary;
		this.compressed = compressed;
	}

	/**
	 * Returns an encoder of messages whose bodies are compressed, which it marks as such.
	 * @return an encoder for bodies that the caller has compressed
	 * @see BodyDeflater
	 */
	public MessageEncoder ofCompressedBodies() {
		return new MessageEncoder(this.dictionary, MessageDecoder.COMPRESSED);
	}

	/**
	 * Writes a message, without the header of a packet.
	 * @param out grows as needed
	 * @param type the type of the message
	 * @param id unsigned; not written for notify and push
	 * @param route not written for responses
	 * @param body may be empty
	 * @param error sets the error flag of a response; without effect for other types
	 * @param compressRoute whether the peer reads codes; a route without a code is
	 * written in full
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8; nothing has been written then
	 */
	public void encode(ByteBuf out, MessageType type, long id, String route, byte[] body, boolean error,
			boolean compressRoute) {
		int code = code(type, route, compressRoute);
		out.ensureWritable(length(type, id, route, code, body));
		write(out, type, id, route, code, body, error);
	}

	/**
	 * Writes a message, without the header of a packet.
	 * @param out grows as needed
	 * @param message the message to write
	 * @param compressRoute whether the peer reads codes; a route without a code is
	 * written in full
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8; nothing has been written then
	 */
	public void encode(ByteBuf out, Message message, boolean compressRoute) {
		encode(out, message.type(), message.id(), message.route(), message.body(), message.error(), compressRoute);
	}

	/**
	 * Writes a whole data packet: header and message.
	 * @param out grows as needed
	 * @param type the type of the message
	 * @param id unsigned; not written for notify and push
	 * @param route not written for responses
	 * @param body may be empty
	 * @param error sets the error flag of a response; without effect for other types
	 * @param compressRoute whether the peer reads codes; a route without a code is
	 * written in full
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8, or the message does not fit in a packet; nothing has been written
	 * then
	 */
	public void encodePacket(ByteBuf out, MessageType type, long id, String route, byte[] body, boolean error,
			boolean compressRoute) {
		int code = code(type, route, compressRoute);
		int length = length(type, id, route, code, body);
		PacketEncoder.writeHeader(out, PacketType.DATA, length);
		out.ensureWritable(length);
		write(out, type, id, route, code, body, error);
	}

	/**
	 * Writes a whole data packet: header and message.
	 * @param out grows as needed
	 * @param message the message to write
	 * @param compressRoute whether the peer reads codes; a route without a code is
	 * written in full
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8, or the message does not fit in a packet; nothing has been written
	 * then
	 */
	public void encodePacket(ByteBuf out, Message message, boolean compressRoute) {
		encodePacket(out, message.type(), message.id(), message.route(), message.body(), message.error(),
				compressRoute);
	}

	/**
	 * Returns a whole data packet as an array, for callers that keep it. Faster than
	 * {@link #encodePacket} to a buffer of such an array.
	 * @param type the type of the message
	 * @param id unsigned; not written for notify and push
	 * @param route not written for responses
	 * @param body may be empty
	 * @param error sets the error flag of a response; without effect for other types
	 * @param compressRoute whether the peer reads codes; a route without a code is
	 * written in full
	 * @return a new array of the whole packet, header included
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8, or the message does not fit in a packet
	 */
	public byte[] packet(MessageType type, long id, String route, byte[] body, boolean error, boolean compressRoute) {
		if (type.hasRoute()) {
			byte[] packet = new byte[packetLength(type, id, route, body, compressRoute)];
			encodePacket(Unpooled.wrappedBuffer(packet).clear(), type, id, route, body, error, compressRoute);
			return packet;
		}
		int length = length(type, id, route, 0, body);
		PacketEncoder.checkLength(length);
		byte[] packet = new byte[PacketDecoder.HEADER_LENGTH + length];
		packet[0] = (byte) PacketType.DATA.code();
		packet[1] = (byte) (length >>> 16);
		packet[2] = (byte) (length >>> 8);
		packet[3] = (byte) length;
		packet[4] = (byte) (flag(type, 0, error) | this.compressed);
		int next = PacketDecoder.HEADER_LENGTH + 1;
		long rest = id;
		for (; rest >>> 7 != 0; rest >>>= 7) {
			packet[next++] = (byte) (rest | 0x80);
		}
		packet[next++] = (byte) rest;
		System.arraycopy(body, 0, packet, next, body.length);
		return packet;
	}

	/**
	 * Returns the number of bytes that {@link #encodePacket} will write, for callers that
	 * frame the packet.
	 * @param type the type of the message
	 * @param id unsigned
	 * @param route the route
	 * @param body may be empty
	 * @param compressRoute whether the peer reads codes
	 * @return the length of the whole packet, header included
	 * @throws ProtocolException if the route is written in full and has more than 255
	 * bytes of UTF-8, or the message does not fit in a packet
	 */
	public int packetLength(MessageType type, long id, String route, byte[] body, boolean compressRoute) {
		int code = code(type, route, compressRoute);
		int length = length(type, id, route, code, body);
		PacketEncoder.checkLength(length);
		return PacketDecoder.HEADER_LENGTH + length;
	}

	private int code(MessageType type, String route, boolean compressRoute) {
		return (compressRoute && type.hasRoute()) ? this.dictionary.code(route) : 0;
	}

	private static int length(MessageType type, long id, String route, int code, byte[] body) {
		int idLength = type.hasId() ? idLength(id) : 0;
		int routeLength = type.hasRoute() ? routeLength(route, code) : 0;
		return 1 + idLength + routeLength + body.length;
	}

	private static int idLength(long id) {
		int highestBit = 63 - Long.numberOfLeadingZeros(id | 1);
		return highestBit / 7 + 1;
	}

	private static int routeLength(String route, int code) {
		if (code > 0) {
			return 2;
		}
		int length = ByteBufUtil.utf8Bytes(route);
		if (length > MAX_ROUTE_BYTES) {
			throw new ProtocolException(Reason.ROUTE_TOO_LONG);
		}
		return 1 + length;
	}

	private void write(ByteBuf out, MessageType type, long id, String route, int code, byte[] body, boolean error) {
		out.writeByte(flag(type, code, error) | this.compressed);
		if (type.hasId()) {
			writeId(out, id);
		}
		if (type.hasRoute()) {
			writeRoute(out, route, code);
		}
		out.writeBytes(body);
	}

	private static int flag(MessageType type, int code, boolean error) {
		int flag = type.code() << 1;
		if (type.hasRoute() && code > 0) {
			flag |= MessageDecoder.ROUTE_IS_CODE;
		}
		if (type == MessageType.RESPONSE && error) {
			flag |= MessageDecoder.ERROR;
		}
		return flag;
	}

	private static void writeId(ByteBuf out, long id) {
		long rest = id;
		while (rest >>> 7 != 0) {
			out.writeByte((int) rest | 0x80);
			rest >>>= 7;
		}
		out.writeByte((int) rest);
	}

	private static void writeRoute(ByteBuf out, String route, int code) {
		if (code > 0) {
			out.writeShort(code);
		}
		else {
			// Without the length Netty would reserve three bytes per character.
			int length = ByteBufUtil.utf8Bytes(route);
			out.writeByte(length);
			ByteBufUtil.reserveAndWriteUtf8(out, route, length);
		}
	}

}
