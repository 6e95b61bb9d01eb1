package io.nanogame.boot.autoconfigure;

import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Packets of the protocol 'length-id' on one port.
 *
 * @param errorId Id of errors, and of the reason of a disconnection. By default a failed
 * request ends the connection.
 * @param idFirst Whether the id is before the length.
 * @param lengthBytes Width of the length: 1, 2 or 4 bytes.
 * @param idBytes Width of the id: 1, 2 or 4 bytes.
 * @param byteOrder Byte order of length and id.
 * @param lengthCounts What the length counts: the 'body', 'id-and-body' or the whole
 * 'packet' with its header.
 */
public record LengthIdProperties(@Nullable Long errorId, @DefaultValue("false") boolean idFirst,
		@DefaultValue("4") int lengthBytes, @DefaultValue("4") int idBytes,
		@DefaultValue("little-endian") ByteOrder byteOrder, @DefaultValue("body") Counts lengthCounts) {

	static final LengthIdProperties DEFAULTS = new LengthIdProperties(null, false, 4, 4, ByteOrder.LITTLE_ENDIAN,
			Counts.BODY);

	/**
	 * A byte order.
	 */
	public enum ByteOrder {

		/** The least significant byte is the first. */
		LITTLE_ENDIAN,

		/** The most significant byte is the first. */
		BIG_ENDIAN

	}

	/** Returns the header of packets. */
	LengthIdFormat format(String prefix) {
		return new LengthIdFormat(this.idFirst, Checks.width(prefix + ".length-bytes", this.lengthBytes),
				Checks.width(prefix + ".id-bytes", this.idBytes), this.byteOrder == ByteOrder.BIG_ENDIAN,
				this.lengthCounts);
	}

}
