package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
		byte[] utf8 = route.getBytes(StandardCharsets.UTF_8);
		int hash = 0;
		for (byte b : utf8) {
			hash = 31 * hash + b;
		}
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
		int hash = 0;
		for (int i = offset; i < offset + length; i++) {
			hash = 31 * hash + in.getByte(i);
		}
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

	private int slot(int hash) {
		return (hash ^ hash >>> 16) & table.length - 1;
	}

	private int next(int slot) {
		return slot + 1 & table.length - 1;
	}

	private record Name(int hash, byte[] utf8, String route) {

		boolean equals(ByteBuf in, int offset, int length) {
			if (length != utf8.length) {
				return false;
			}
			for (int i = 0; i < length; i++) {
				if (in.getByte(offset + i) != utf8[i]) {
					return false;
				}
			}
			return true;
		}

	}

}
