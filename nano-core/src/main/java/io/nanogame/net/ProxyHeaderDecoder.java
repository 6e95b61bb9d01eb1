package io.nanogame.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;

/**
 * Decodes the PROXY header, versions 1 and 2. In addition to Netty's decoder, rejects
 * bytes immediately that cannot become a header, and verifies the checksum. Removes
 * itself from the pipeline after the header; the remaining bytes are passed on. Confined
 * to the event loop.
 */
final class ProxyHeaderDecoder extends HAProxyMessageDecoder {

	/** The maximum length of the extensions after the addresses, in bytes. */
	private static final int MAX_EXTENSIONS = 2048;

	private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BINARY = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

	private static final int BINARY_FIXED_LENGTH = 16;

	private static final int LOCAL_2 = 0x20;

	private static final int PROXY_2 = 0x21;

	private static final int CHECKSUM = 3;

	/** Whether the remaining bytes are dropped. Netty would search them for a header. */
	private boolean refused;

	ProxyHeaderDecoder() {
		super(MAX_EXTENSIONS);
	}

	@Override
	protected void callDecode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		try {
			if (!this.refused) {
				check(in);
				super.callDecode(ctx, in, out);
			}
		}
		catch (RuntimeException ex) {
			this.refused = true;
			throw ex;
		}
		finally {
			if (this.refused) {
				in.skipBytes(in.readableBytes());
			}
		}
	}

	private static void check(ByteBuf in) {
		if (begins(in, TEXT)) {
			return;
		}
		if (!begins(in, BINARY)) {
			throw new HAProxyProtocolException("no PROXY header");
		}
		int start = in.readerIndex();
		if (in.readableBytes() <= BINARY.length) {
			return;
		}
		int command = in.getUnsignedByte(start + BINARY.length);
		if (command != PROXY_2 && command != LOCAL_2) {
			throw new HAProxyProtocolException("unknown version or command in the PROXY header");
		}
		if (command == PROXY_2 && in.readableBytes() >= BINARY_FIXED_LENGTH) {
			int length = BINARY_FIXED_LENGTH + in.getUnsignedShort(start + 14);
			if (in.readableBytes() >= length) {
				checkExtensions(ByteBuffer.wrap(ByteBufUtil.getBytes(in, start, length)));
			}
		}
	}

	/** Returns whether the bytes received so far are the beginning of a header. */
	private static boolean begins(ByteBuf in, byte[] expected) {
		int length = Math.min(in.readableBytes(), expected.length);
		for (int i = 0; i < length; i++) {
			if (in.getByte(in.readerIndex() + i) != expected[i]) {
				return false;
			}
		}
		return true;
	}

	/** Checks the extensions after the addresses: type, length in two bytes, value. */
	private static void checkExtensions(ByteBuffer header) {
		int at = BINARY_FIXED_LENGTH + addressesLength(header.get(13));
		while (at + 3 <= header.limit()) {
			int type = header.get(at);
			int length = Short.toUnsignedInt(header.getShort(at + 1));
			at += 3;
			if (at + length > header.limit()) {
				throw new HAProxyProtocolException("an extension of the PROXY header is longer than the header");
			}
			if (type == CHECKSUM) {
				checkChecksum(header, at, length);
			}
			at += length;
		}
	}

	private static int addressesLength(byte familyAndProtocol) {
		return switch ((familyAndProtocol >> 4) & 0xF) {
			case 1 -> 12;
			case 2 -> 36;
			case 3 -> 216;
			default -> 0;
		};
	}

	private static void checkChecksum(ByteBuffer header, int at, int length) {
		if (length != Integer.BYTES) {
			throw new HAProxyProtocolException("the checksum of the PROXY header has no four bytes");
		}
		int expected = header.getInt(at);
		CRC32C checksum = new CRC32C();
		checksum.update(header.duplicate().putInt(at, 0).rewind());
		header.putInt(at, expected);
		if (expected != (int) checksum.getValue()) {
			throw new HAProxyProtocolException("the checksum of the PROXY header is wrong");
		}
	}

}
