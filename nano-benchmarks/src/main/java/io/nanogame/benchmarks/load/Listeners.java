package io.nanogame.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.protocol.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send one request, and then count pushes. One thread polls all of them from
 * time to time. That is as cheap as possible for a machine shared with the server, but
 * does not tell when a push arrived.
 */
public final class Listeners implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final long HEARTBEAT_NANOS = Duration.ofSeconds(10).toNanos();

	/** The pause between two polls. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private final List<Listener> all = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

	private final Thread thread = new Thread(this::poll, "listeners");

	private volatile long pushes;

	private volatile long bytes;

	private volatile int ready;

	private volatile boolean closed;

	private volatile @Nullable String fault;

	/**
	 * Connects clients, sends their requests, and waits for the responses.
	 * @param server the server to connect to
	 * @param count the number of clients
	 * @param route the route of the request
	 */
	public Listeners(InetSocketAddress server, int count, String route) {
		byte[] handshakeAndRequest = StuckClient.handshakeAndRequest(route);
		try {
			for (int i = 0; i < count; i++) {
				this.all.add(new Listener(server, handshakeAndRequest));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.start();
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (this.ready < count) {
			check();
			if (System.nanoTime() > end) {
				throw new IllegalStateException("A response was not received");
			}
			pause();
		}
	}

	/**
	 * Returns the number of received pushes.
	 * @return the pushes to all clients, without the responses to their requests
	 */
	public long pushes() {
		check();
		return this.pushes;
	}

	/**
	 * Returns the number of received bytes.
	 * @return the bytes of all clients
	 */
	public long bytes() {
		check();
		return this.bytes;
	}

	private void check() {
		String fault = this.fault;
		if (fault != null) {
			throw new IllegalStateException("The measurement is invalid: " + fault);
		}
	}

	private void poll() {
		try {
			long heartbeat = System.nanoTime();
			while (!this.closed) {
				int responded = 0;
				long packets = 0;
				long received = 0;
				for (Listener listener : this.all) {
					packets += listener.read(this.buffer);
					received += listener.bytes;
					responded += listener.responded ? 1 : 0;
				}
				this.pushes += packets;
				this.bytes = received;
				this.ready = responded;
				if (System.nanoTime() - heartbeat > HEARTBEAT_NANOS) {
					heartbeat = System.nanoTime();
					for (Listener listener : this.all) {
						listener.heartbeat();
					}
				}
				pause();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.fault = ex.toString();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
			for (Listener listener : this.all) {
				listener.channel.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A client. Counts packets by their headers only. Confined to the polling thread. */
	private static final class Listener {

		private static final int HEADER_LENGTH = 4;

		private final SocketChannel channel;

		private final ByteBuffer heartbeat = ByteBuffer
			.wrap(new byte[] { (byte) PacketType.HEARTBEAT.code(), 0, 0, 0 });

		/** The number of received bytes of the current header. */
		private int headerBytes;

		private int header;

		/** The number of missing bytes of the current body. */
		private int bodyBytes;

		private long bytes;

		private boolean responded;

		Listener(InetSocketAddress server, byte[] handshakeAndRequest) throws IOException {
			this.channel = SocketChannel.open(server);
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.channel.write(ByteBuffer.wrap(handshakeAndRequest));
			this.channel.configureBlocking(false);
		}

		/** Reads the available bytes, and returns the number of pushes that began. */
		long read(ByteBuffer buffer) throws IOException {
			buffer.clear();
			if (this.channel.read(buffer) < 0) {
				throw new IOException("the server closed a connection");
			}
			buffer.flip();
			this.bytes += buffer.remaining();
			long messages = 0;
			while (buffer.hasRemaining()) {
				if (this.bodyBytes > 0) {
					int skipped = Math.min(this.bodyBytes, buffer.remaining());
					buffer.position(buffer.position() + skipped);
					this.bodyBytes -= skipped;
					continue;
				}
				this.header = this.header << Byte.SIZE | buffer.get() & 0xFF;
				if (++this.headerBytes == HEADER_LENGTH) {
					this.headerBytes = 0;
					this.bodyBytes = this.header & 0xFFFFFF;
					messages += packetBegan(this.header >>> 24);
				}
			}
			return messages;
		}

		private int packetBegan(int type) throws IOException {
			if (type == PacketType.KICK.code()) {
				throw new IOException("a client was kicked");
			}
			if (type != PacketType.DATA.code()) {
				return 0;
			}
			if (!this.responded) {
				this.responded = true;
				return 0;
			}
			return 1;
		}

		void heartbeat() throws IOException {
			this.channel.write(this.heartbeat.rewind());
		}

	}

}
