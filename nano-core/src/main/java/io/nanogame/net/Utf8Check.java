package io.nanogame.net;

import io.netty.buffer.ByteBuf;

/**
 * Validates text that is received in pieces (RFC 3629). The first byte that no valid text
 * can contain at its position is detected immediately. Confined to the loop.
 */
final class Utf8Check {

	/** The number of missing bytes of the incomplete character. */
	private int missing;

	/** The least and the greatest legal value of the next byte of that character. */
	private int min;

	private int max;

	/**
	 * Checks the next bytes of a text. Returns false if they are invalid, after which the
	 * object must not be used any more.
	 */
	boolean isValid(ByteBuf in, int from, int count) {
		for (int i = from; i < from + count; i++) {
			int next = in.getUnsignedByte(i);
			if (this.missing > 0 ? !continues(next) : next >= 0x80 && !begins(next)) {
				return false;
			}
		}
		return true;
	}

	private boolean continues(int next) {
		boolean legal = next >= this.min && next <= this.max;
		expect(this.missing - 1, 0x80, 0xBF);
		return legal;
	}

	/**
	 * Excludes overlong forms, surrogates and code points above U+10FFFF, which the
	 * second byte determines.
	 */
	private boolean begins(int next) {
		switch (next) {
			case 0xE0 -> expect(2, 0xA0, 0xBF);
			case 0xED -> expect(2, 0x80, 0x9F);
			case 0xF0 -> expect(3, 0x90, 0xBF);
			case 0xF4 -> expect(3, 0x80, 0x8F);
			default -> expect((next < 0xE0) ? 1 : (next < 0xF0) ? 2 : 3, 0x80, 0xBF);
		}
		return next >= 0xC2 && next <= 0xF4;
	}

	private void expect(int bytes, int least, int greatest) {
		this.missing = bytes;
		this.min = least;
		this.max = greatest;
	}

	/** Returns whether the text does not end within a character. */
	boolean isComplete() {
		return this.missing == 0;
	}

}
