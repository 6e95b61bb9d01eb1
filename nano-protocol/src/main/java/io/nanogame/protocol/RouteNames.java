package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.nanogame.text.WireText;

/**
 * Decodes routes without allocating a string, if they were known at startup. Immutable:
 * routes that clients send are never added.
 */
public final class RouteNames {

	/** The character that a UTF-8 decoder puts in place of invalid bytes. */
	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * Open addressing, at most half full, a power of two long: a probe always ends.
	 */
	private final @Nullable Name[] table;

	/**
	 * Creates a table of routes.
	 * @param known the routes whose instances are reused; may contain duplicates
	 */
	public RouteNames(Collection<String> known) {
		this.table = new Name[Integer.highestOneBit(Math.max(known.size(), 1)) * 4];
		known.forEach(this::add);
	}

	private void add(String route) {
		ByteBuf utf8 = Unpooled.wrappedBuffer(route.getBytes(StandardCharsets.UTF_8));
		int hash = hash(utf8, 0, utf8.readableBytes());
		int slot = slot(hash);
		while (table[slot] != null) {
			slot = next(slot);
		}
		table[slot] = new Name(hash, utf8, route);
	}

	/**
	 * Reads a route; the reader index stays where it is.
	 * @param in holds the bytes; remains the caller's
	 * @param offset the absolute index of the first byte
	 * @param length the number of bytes
	 * @return the known instance, or a new string, decoded as {@link WireText} does:
	 * invalid bytes become U+FFFD
	 */
	public String read(ByteBuf in, int offset, int length) {
		int hash = hash(in, offset, length);
		int slot = slot(hash);
		for (Name name = table[slot]; name != null; name = table[slot]) {
			if (name.hash == hash && name.equals(in, offset, length)) {
				return name.route;
			}
			slot = next(slot);
		}
		String text = in.toString(offset, length, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text : WireText.decode(ByteBufUtil.getBytes(in, offset, length));
	}

	/** Eight bytes at a time, because Netty checks each access. */
	private static int hash(ByteBuf in, int offset, int length) {
		int end = offset + length;
		long hash = length;
		int i = offset;
		for (; i <= end - Long.BYTES; i += Long.BYTES) {
			hash = 31 * hash + in.getLong(i);
		}
		for (; i < end; i++) {
			hash = 31 * hash + in.getByte(i);
		}
		return Long.hashCode(hash * 0x9E3779B97F4A7C15L);
	}

	private int slot(int hash) {
		return (hash ^ hash >>> 16) & table.length - 1;
	}

	private int next(int slot) {
		return slot + 1 & table.length - 1;
	}

	/**
	 * A known route.
	 *
	 * @param utf8 on the heap, and read by absolute indexes only, so by any thread
	 */
	private record Name(int hash, ByteBuf utf8, String route) {

		boolean equals(ByteBuf in, int offset, int length) {
			return length == utf8.readableBytes() && ByteBufUtil.equals(utf8, 0, in, offset, length);
		}

	}

}
