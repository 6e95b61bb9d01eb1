package io.nanogame.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;

import io.nanogame.test.RawClient;

/**
 * Messages that become much larger than they are.
 */
public final class Zipped {

	private static final int COMPRESSED = 0x10;

	private Zipped() {
	}

	/**
	 * A packet with a request.
	 * @param id of the request
	 * @param route where it goes
	 * @param length what its body becomes, in bytes
	 * @return the packet
	 */
	public static byte[] request(long id, String route, int length) {
		return RawClient.packet(4, RawClient.message(COMPRESSED, id, route, zeros(length)));
	}

	/**
	 * A packet with a notify.
	 * @param route where it goes
	 * @param length what its body becomes, in bytes
	 * @return the packet
	 */
	public static byte[] notify(String route, int length) {
		return RawClient.packet(4, RawClient.message(COMPRESSED | 2, -1, route, zeros(length)));
	}

	/**
	 * A packet with a notify that becomes an empty body.
	 * @param route where it goes
	 * @param length of the compressed body, at most, in bytes
	 * @return the packet
	 */
	public static byte[] emptyBlocks(String route, int length) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		packed.writeBytes(new byte[] { 0x78, 1 });
		while (packed.size() + 14 <= length) {
			packed.writeBytes(new byte[] { 0, 0, 0, (byte) 0xFF, (byte) 0xFF });
		}
		packed.writeBytes(new byte[] { 1, 0, 0, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, 1 });
		return RawClient.packet(4, RawClient.message(COMPRESSED | 2, -1, route, packed.toByteArray()));
	}

	private static byte[] zeros(int length) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (DeflaterOutputStream zlib = new DeflaterOutputStream(packed)) {
			zlib.write(new byte[length]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

}
