package io.nanogame.resume;

/**
 * A packet that is kept until the clients that were sent it have confirmed it. The
 * clients of one loop share the packet of a broadcast. Confined to the loop.
 */
public final class KeptPacket {

	private final byte[] bytes;

	private final boolean push;

	/**
	 * Beside the array, which has often left the caches of the CPU when it is dropped.
	 */
	private final int length;

	/** The number of sessions that keep it. */
	private int holders;

	/**
	 * Creates a packet that no session keeps yet.
	 * @param bytes the complete packet; must never be modified
	 * @param push whether it is a push, not a response
	 */
	public KeptPacket(byte[] bytes, boolean push) {
		this.bytes = bytes;
		this.push = push;
		this.length = bytes.length;
	}

	boolean isPush() {
		return this.push;
	}

	/**
	 * Returns the packet.
	 * @return always the same array, which must not be modified
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Returns the size of the packet.
	 * @return a number of bytes
	 */
	int length() {
		return this.length;
	}

	/** Returns the bytes that are kept in addition. */
	int hold() {
		return (this.holders++ == 0) ? this.length : 0;
	}

	/** Returns the bytes that are not kept any more. */
	int release() {
		return (--this.holders == 0) ? this.length : 0;
	}

}
