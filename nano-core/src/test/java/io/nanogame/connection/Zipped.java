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
