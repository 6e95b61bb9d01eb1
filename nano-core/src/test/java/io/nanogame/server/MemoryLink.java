package io.nanogame.server;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;

import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.memory.ReceivedBytes;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.test.RawLink;

/** A connection in memory. */
final class MemoryLink implements RawLink {

	private final ReceivedBytes in = new ReceivedBytes(Duration.ZERO);

	private final MemoryClient client;

	private final OutputStream out = new OutputStream() {

		@Override
		public void write(int one) {
			write(new byte[] { (byte) one }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			MemoryLink.this.client.send(Arrays.copyOfRange(bytes, offset, offset + length));
		}

	};

	MemoryLink(MemoryTransport transport) {
		this(transport, PomeloProtocol.NAME);
	}

	MemoryLink(MemoryTransport transport, String protocol) {
		this.client = transport.connect(protocol, this.in);
	}

	/** What the server sends is pending from now on. */
	void stopReading() {
		this.client.stopReading();
	}

	void resumeReading() {
		this.client.resumeReading();
	}

	@Override
	public InputStream in() {
		return this.in;
	}

	@Override
	public OutputStream out() {
		return this.out;
	}

	@Override
	public void timeout(Duration timeout) {
		this.in.setTimeout(timeout);
	}

	@Override
	public void finish() {
		throw new UnsupportedOperationException("A connection in memory is not half-closed");
	}

	@Override
	public void reset() {
		close();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
