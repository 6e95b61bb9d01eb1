package io.nanogame.boot.test.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection: one thread reads, another writes, and between them bytes
 * are under way. So all of them are late by the same time, however many there are.
 */
final class Direction {

	private static final int MOST_AT_ONCE = 4 * 1024;

	private static final int MOST_UNDER_WAY = 64;

	private final Socket from;

	private final Socket to;

	private final Faults faults;

	private final BlockingQueue<Bytes> underWay = new ArrayBlockingQueue<>(MOST_UNDER_WAY);

	Direction(Socket from, Socket to, Faults faults) {
		this.from = from;
		this.to = to;
		this.faults = faults;
	}

	/** Reads until the sender has ended. Blocks. */
	void read() throws IOException, InterruptedException {
		InputStream in = this.from.getInputStream();
		byte[] buffer = new byte[MOST_AT_ONCE];
		int length;
		do {
			this.faults.awaitFlow();
			length = in.read(buffer);
			byte[] content = Arrays.copyOf(buffer, Math.max(0, length));
			this.underWay.put(new Bytes(content, System.nanoTime() + this.faults.delayNanos()));
		}
		while (length >= 0);
	}

	/** Writes until the sender has ended, and tells the receiver. Blocks. */
	void write() throws IOException, InterruptedException {
		Bytes next;
		while ((next = this.underWay.take()).content().length > 0) {
			TimeUnit.NANOSECONDS.sleep(next.dueNanos() - System.nanoTime());
			this.faults.awaitFlow();
			this.faults.corrupt(next.content());
			this.to.getOutputStream().write(next.content());
		}
		this.to.shutdownOutput();
	}

	/**
	 * Bytes that are under way.
	 *
	 * @param content those bytes; none at the end
	 * @param dueNanos when they arrive
	 */
	private record Bytes(byte[] content, long dueNanos) {
	}

}
