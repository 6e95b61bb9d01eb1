package io.nanogame.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A packet received from the server.
 *
 * @param type 1 handshake, 3 heartbeat, 4 data, 5 kick
 * @param body the bytes after the header
 */
public record RawPacket(int type, byte[] body) {

	public static final int HANDSHAKE = 1;

	public static final int HEARTBEAT = 3;

	public static final int DATA = 4;

	public static final int KICK = 5;

	/**
	 * Returns the whole body as text.
	 * @return UTF-8
	 */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Returns whether this is a response.
	 * @return true for message type 2
	 */
	public boolean isResponse() {
		return this.type == DATA && messageType() == 2;
	}

	/**
	 * Returns whether this is a push.
	 * @return true for message type 3
	 */
	public boolean isPush() {
		return this.type == DATA && messageType() == 3;
	}

	/**
	 * Returns whether the message has pitaya's error flag.
	 * @return true if bit 5 is set
	 */
	public boolean hasErrorFlag() {
		return (this.body[0] & 0x20) != 0;
	}

	private int messageType() {
		return (this.body[0] >> 1) & 0x7;
	}

	/**
	 * Returns the id of a response.
	 * @return the id of its request
	 */
	public long id() {
		long id = 0;
		int i = 1;
		int shift = 0;
		do {
			id |= (long) (this.body[i] & 0x7F) << shift;
			shift += 7;
		}
		while ((this.body[i++] & 0x80) != 0);
		return id;
	}

	/**
	 * Returns the route of a push that is not compressed.
	 * @return the route
	 */
	public String route() {
		return new String(this.body, 2, this.body[1] & 0xFF, StandardCharsets.UTF_8);
	}

	/**
	 * Returns the code of a push with a compressed route.
	 * @return the code
	 */
	public int routeCode() {
		return (this.body[1] & 0xFF) << 8 | (this.body[2] & 0xFF);
	}

	/**
	 * Returns the payload of a response or push as text.
	 * @return UTF-8
	 */
	public String payload() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the payload of a response or push.
	 * @return a copy
	 */
	public byte[] bytes() {
		int start;
		if (isPush()) {
			start = ((this.body[0] & 1) != 0) ? 3 : 2 + (this.body[1] & 0xFF);
		}
		else {
			start = 2;
			while ((this.body[start - 1] & 0x80) != 0) {
				start++;
			}
		}
		return Arrays.copyOfRange(this.body, start, this.body.length);
	}

	@Override
	public String toString() {
		return "RawPacket[" + this.type + ", " + text() + "]";
	}

}
