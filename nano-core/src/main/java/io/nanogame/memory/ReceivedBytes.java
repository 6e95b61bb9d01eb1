package io.nanogame.memory;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.nanogame.time.RealTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a client has received, as a stream: a test reads it as it would read a socket.
 * Reads block until bytes arrive or the connection has ended. Thread-safe; one thread
 * reads.
 */
public final class ReceivedBytes extends InputStream implements MemoryClient.Receiver {

	// Guarded by this

	private Duration timeout;

	/** On the heap; needs no release. */
	private final ByteBuf bytes = Unpooled.buffer();

	private boolean ended;

	/**
	 * Creates an empty stream.
	 * @param timeout how long a read waits for bytes at most, in real time
	 */
	public ReceivedBytes(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Changes how long a read waits.
	 * @param other at most, in real time
	 */
	public synchronized void setTimeout(Duration other) {
		this.timeout = other;
	}

	@Override
	public synchronized void received(byte[] more) {
		this.bytes.discardSomeReadBytes().writeBytes(more);
		notifyAll();
	}

	@Override
	public synchronized void closed() {
		this.ended = true;
		notifyAll();
	}

	/**
	 * Returns how many bytes can be read without waiting.
	 * @return the number of unread bytes
	 */
	@Override
	public synchronized int available() {
		return this.bytes.readableBytes();
	}

	/**
	 * Reads a byte.
	 * @return the byte, or -1 at the end of the connection
	 * @throws InterruptedIOException if none arrives in time
	 */
	@Override
	public int read() throws InterruptedIOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	/**
	 * Reads what there is, at least one byte.
	 * @param to where the bytes are copied to
	 * @param offset of the first byte
	 * @param length how many bytes at most
	 * @return the number of bytes, or -1 at the end of the connection
	 * @throws InterruptedIOException if none arrives in time
	 */
	@Override
	public synchronized int read(byte[] to, int offset, int length) throws InterruptedIOException {
		Objects.checkFromIndexSize(offset, length, to.length);
		if (length == 0) {
			return 0;
		}
		awaitBytes();
		int count = Math.min(length, available());
		if (count == 0) {
			return -1;
		}
		this.bytes.readBytes(to, offset, count);
		return count;
	}

	private void awaitBytes() throws InterruptedIOException {
		long end = RealTime.nanoTime() + this.timeout.toNanos();
		while (available() == 0 && !this.ended) {
			long left = end - RealTime.nanoTime();
			if (left <= 0) {
				throw new InterruptedIOException("Nothing was received from the server in time");
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("The wait for the server was interrupted");
			}
		}
	}

}
