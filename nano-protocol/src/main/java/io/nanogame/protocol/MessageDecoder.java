package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * Reads the message in the body of a data packet. <pre>
 * +------+---- - - ----+---- - - - - - - - ----+---- - - ----+
 * | flag |     id      |         route         |    body     |
 * +------+---- - - ----+---- - - - - - - - ----+---- - - ----+
 *          request,      request, notify, push   the rest
 *          response
 *
 *    7   6   5   4   3   2   1   0      bits 6 and 7: ignored
 *  +---+---+---+---+---+---+---+---+    E: error, in responses
 *  | - | - | E | Z |   type    | C |    Z: the body is compressed, zlib or gzip
 *  +---+---+---+---+---+---+---+---+    C: the route is a code
 *
 *  id     unsigned, 64 bits, seven to a byte, lowest first; the top bit is set on all but the
 *         last byte. Ten bytes at most.
 *  route  C = 0: one byte length, then as many bytes of UTF-8
 *         C = 1: two bytes, big endian, to be found in the dictionary
 * </pre> The layout is the one of pomelo 0.1.6; Z and E were added by pitaya.
 * <p>
 * Immutable, any thread.
 */
public final class MessageDecoder {

	static final int ROUTE_IS_CODE = 0x01;

	static final int COMPRESSED = 0x10;

	static final int ERROR = 0x20;

	private static final int MIN_LENGTH = 2;

	private static final byte[] NO_BYTES = {};

	private final RouteDictionary dictionary;

	private final RouteNames names;

	private final BodyInflater inflater;

	private final int maxInflatedLength;

	/**
	 * Creates a decoder.
	 * @param dictionary the codes the peer may use; a route in full is accepted even if
	 * it has a code
	 * @param names the routes to decode without allocating
	 * @param maxInflatedLength the maximum length of an inflated body, in bytes; 0 to
	 * reject compressed bodies
	 * @throws IllegalArgumentException if the length is negative
	 */
	public MessageDecoder(RouteDictionary dictionary, RouteNames names, int maxInflatedLength) {
		this.dictionary = dictionary;
		this.names = names;
		this.inflater = new BodyInflater(maxInflatedLength);
		this.maxInflatedLength = maxInflatedLength;
	}

	/**
	 * Reads one message and moves the reader index behind it. Does not read beyond.
	 * @param in positioned at the flag; remains the caller's, the message does not refer
	 * to it
	 * @param length the length of the message in bytes, at most the readable bytes
	 * @return the message, its body inflated
	 * @throws ProtocolException if the bytes are not a valid message; the reader index is
	 * then anywhere between the flag and the end
	 */
	public Message decode(ByteBuf in, int length) {
		return message(head(in, length), in);
	}

	/**
	 * Returns the maximum length of an inflated body.
	 * @return a length in bytes; 0 when compressed bodies are rejected
	 */
	public int maxInflatedLength() {
		return maxInflatedLength;
	}

	/**
	 * Returns whether the body of a message is compressed.
	 * @param in positioned at the flag; not changed
	 * @param length the length of the message in bytes
	 * @return {@code true} if it is; {@code false} also for a message of length 0
	 */
	public static boolean isCompressed(ByteBuf in, int length) {
		return length > 0 && (in.getByte(in.readerIndex()) & COMPRESSED) != 0;
	}

	/**
	 * Reads the fields before the body, and moves the reader index to the body.
	 * @param in positioned at the flag; remains the caller's
	 * @param length the length of the message in bytes, at most the readable bytes
	 * @return the head
	 * @throws ProtocolException if the bytes are not a valid message, or its body is
	 * compressed and compressed bodies are rejected
	 */
	public MessageHead head(ByteBuf in, int length) {
		if (length < MIN_LENGTH) {
			throw new ProtocolException(Reason.MESSAGE_TOO_SHORT);
		}
		int end = in.readerIndex() + length;
		int flag = in.readByte();
		MessageType type = MessageType.of(flag >> 1 & 0x07);
		long id = type.hasId() ? readId(in, end) : 0;
		String route = type.hasRoute() ? readRoute(in, end, (flag & ROUTE_IS_CODE) != 0) : "";
		boolean compressed = (flag & COMPRESSED) != 0;
		if (compressed && maxInflatedLength == 0) {
			throw new ProtocolException(Reason.COMPRESSED_BODY);
		}
		boolean error = type == MessageType.RESPONSE && (flag & ERROR) != 0;
		return new MessageHead(type, id, route, error, compressed, end - in.readerIndex());
	}

	/**
	 * Reads the body of a message, and moves the reader index behind it.
	 * @param head the head that {@link #head} has read
	 * @param in positioned as {@link #head} has left it
	 * @return the message, its body inflated
	 * @throws ProtocolException if the body cannot be inflated
	 */
	public Message message(MessageHead head, ByteBuf in) {
		byte[] body = (head.packedLength() > 0) ? new byte[head.packedLength()] : NO_BYTES;
		in.readBytes(body);
		return new Message(head.type(), head.id(), head.route(), head.compressed() ? inflater.inflate(body) : body,
				head.error());
	}

	private static long readId(ByteBuf in, int end) {
		long id = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			if (in.readerIndex() == end) {
				throw new ProtocolException(Reason.TRUNCATED_MESSAGE_ID);
			}
			int next = in.readByte();
			long bits = next & 0x7F;
			id |= bits << shift;
			// Only the tenth byte can lose bits on the left.
			if (bits << shift >>> shift != bits) {
				break;
			}
			if (next >= 0) {
				return id;
			}
		}
		throw new ProtocolException(Reason.MESSAGE_ID_TOO_LONG);
	}

	private String readRoute(ByteBuf in, int end, boolean isCode) {
		int available = end - in.readerIndex();
		if (available < (isCode ? 2 : 1)) {
			throw new ProtocolException(Reason.TRUNCATED_ROUTE);
		}
		return isCode ? routeOf(in.readUnsignedShort()) : readName(in, end, in.readUnsignedByte());
	}

	private String routeOf(int code) {
		String route = dictionary.route(code);
		if (route == null) {
			throw new ProtocolException(Reason.UNKNOWN_ROUTE_CODE);
		}
		return route;
	}

	private String readName(ByteBuf in, int end, int length) {
		int start = in.readerIndex();
		if (end - start < length) {
			throw new ProtocolException(Reason.TRUNCATED_ROUTE);
		}
		in.readerIndex(start + length);
		return names.read(in, start, length);
	}

}
