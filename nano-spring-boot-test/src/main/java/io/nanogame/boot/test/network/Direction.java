package io.nanogame.boot.test.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection. One thread reads, another writes, and the bytes in
 * between are in flight. So all bytes are delayed by the same time, however many there
 * are.
 */
final class Direction {

	private static final int BUFFER_SIZE = 4 * 1024;

	private static final int MAX_IN_FLIGHT = 64;

	private final Socket from;

	private final Socket to;

	private final Faults faults;

	private final BlockingQueue<Bytes> inFlight = new ArrayBlockingQueue<>(MAX_IN_FLIGHT);

	Direction(Socket from, Socket to, Faults faults) {
		this.from = from;
		this.to = to;
		this.faults = faults;
	}

	/** Reads until the sender ends its output. Blocks. */
	void read() throws IOException, InterruptedException {
		InputStream in = this.from.getInputStream();
		byte[] buffer = new byte[BUFFER_SIZE];
		int length;
		do {
			this.faults.awaitFlow();
			length = in.read(buffer);
			byte[] content = Arrays.copyOf(buffer, Math.max(0, length));
			this.inFlight.put(new Bytes(content, System.nanoTime() + this.faults.delayNanos()));
		}
		while (length >= 0);
	}

	/**
	 * Writes until the sender ends its output, then half-closes the receiver's socket.
	 * Blocks.
	 */
	void write() throws IOException, InterruptedException {
		Bytes next;
		while ((next = this.inFlight.take()).content().length > 0) {
			TimeUnit.NANOSECONDS.sleep(next.dueNanos() - System.nanoTime());
			this.faults.awaitFlow();
			this.faults.corrupt(next.content());
			this.to.getOutputStream().write(next.content());
		}
		this.to.shutdownOutput();
	}

	/**
	 * Bytes in flight.
	 *
	 * @param content the bytes; empty at the end of the stream
	 * @param dueNanos when they are delivered
	 */
	private record Bytes(byte[] content, long dueNanos) {
	}

}
