package io.nanogame.benchmarks.load;

import io.nanogame.protocol.Acknowledgement;
import io.netty.buffer.ByteBuf;

/**
 * The heartbeats of a client that can resume its session: at each interval, and after a
 * number of messages or bytes in either direction. The client is never cut, so it keeps
 * no packets. Confined to the event loop.
 */
final class Acknowledgements {

	private static final int MAX_MESSAGES = 64;

	private static final int MAX_BYTES = 32 * 1024;

	private long received;

	private final Unconfirmed in = new Unconfirmed();

	private final Unconfirmed out = new Unconfirmed();

	void received(int length) {
		this.received++;
		this.in.add(length);
	}

	void sent(int length) {
		this.out.add(length);
	}

	boolean isDue() {
		return this.in.isMuch() || this.out.isMuch();
	}

	void write(ByteBuf to) {
		to.writeBytes(Acknowledgement.packet(this.received));
		this.in.clear();
		this.out.clear();
	}

	/** What was sent in one direction since the last heartbeat. */
	private static final class Unconfirmed {

		private int messages;

		private int bytes;

		void add(int length) {
			this.messages++;
			this.bytes += length;
		}

		boolean isMuch() {
			return this.messages >= MAX_MESSAGES || this.bytes >= MAX_BYTES;
		}

		void clear() {
			this.messages = 0;
			this.bytes = 0;
		}

	}

}
