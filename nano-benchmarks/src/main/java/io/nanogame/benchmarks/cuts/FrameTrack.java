package io.nanogame.benchmarks.cuts;

/**
 * Finds the bytes of packets in one direction of a connection: all bytes, or the content
 * of data frames if it is a WebSocket.
 */
final class FrameTrack {

	/** Returned for a byte that is not part of a packet. */
	static final int NONE = -1;

	private static final int END_OF_HEADERS = 0x0D0A0D0A;

	private static final int CONTROL = 8;

	private enum Layer {

		UNKNOWN, PACKETS, HTTP, FRAMES

	}

	private Layer layer = Layer.UNKNOWN;

	/** The last four bytes. */
	private int last;

	// The frame

	/** The bytes of the header that were read. */
	private int headerRead;

	private int headerLength = 2;

	private int opcode;

	private boolean masked;

	private final byte[] mask = new byte[4];

	/** The length of the content. */
	private long length;

	private long contentRead;

	/**
	 * Reads a byte.
	 * @return the byte of a packet, or {@link #NONE}
	 */
	int advance(byte next) {
		if (this.layer == Layer.UNKNOWN) {
			this.layer = (next == 'G' || next == 'H') ? Layer.HTTP : Layer.PACKETS;
		}
		switch (this.layer) {
			case PACKETS:
				return next & 0xFF;
			case HTTP:
				this.last = this.last << 8 | next & 0xFF;
				if (this.last == END_OF_HEADERS) {
					this.layer = Layer.FRAMES;
				}
				return NONE;
			default:
				return frame(next);
		}
	}

	private int frame(byte next) {
		if (this.headerRead < this.headerLength) {
			header(next & 0xFF);
			if (this.headerRead == this.headerLength && this.length == 0) {
				this.headerRead = 0;
			}
			return NONE;
		}
		int content = this.masked ? next ^ this.mask[(int) (this.contentRead % 4)] : next;
		this.contentRead++;
		if (this.contentRead == this.length) {
			this.headerRead = 0;
		}
		return (this.opcode < CONTROL) ? content & 0xFF : NONE;
	}

	private void header(int next) {
		if (this.headerRead == 0) {
			this.opcode = next & 0xF;
			this.headerLength = 2;
			this.contentRead = 0;
		}
		else if (this.headerRead == 1) {
			this.masked = next > 127;
			this.length = next & 127;
			int longer = (this.length == 126) ? 2 : (this.length == 127) ? 8 : 0;
			this.length = (longer > 0) ? 0 : this.length;
			this.headerLength += longer + (this.masked ? 4 : 0);
		}
		else if (this.masked && this.headerRead >= this.headerLength - 4) {
			this.mask[this.headerRead - this.headerLength + 4] = (byte) next;
		}
		else {
			this.length = this.length << 8 | next;
		}
		this.headerRead++;
	}

}
