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
 * Players who send one request, and count what comes from then on. One thread goes round
 * all of them from time to time, which costs a machine that they share with the server as
 * little as can be; so they cannot say when something came.
 */
public final class Listeners implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long HEARTBEAT_NANOS = Duration.ofSeconds(10).toNanos();

	/** Between two rounds. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private final List<Listener> all = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

	private final Thread thread = new Thread(this::listen, "listeners");

	private volatile long pushes;

	private volatile int ready;

	private volatile boolean closed;

	private volatile @Nullable String fault;

	/**
	 * Connects, sends, and waits until all have their answer.
	 * @param server to connect to
	 * @param count how many
	 * @param route of the request
	 */
	public Listeners(InetSocketAddress server, int count, String route) {
		byte[] greeting = StuckClient.greeting(route);
		try {
			for (int i = 0; i < count; i++) {
				this.all.add(new Listener(server, greeting));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.start();
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (this.ready < count) {
			check();
			if (System.nanoTime() > end) {
				throw new IllegalStateException("An answer did not come");
			}
			pause();
		}
	}

	/**
	 * What came.
	 * @return pushes to all of them, the answers to their requests not counted
	 */
	public long pushes() {
		check();
		return this.pushes;
	}

	private void check() {
		String fault = this.fault;
		if (fault != null) {
			throw new IllegalStateException("The figures are worth nothing: " + fault);
		}
	}

	private void listen() {
		try {
			long heartbeat = System.nanoTime();
			while (!this.closed) {
				int answered = 0;
				long packets = 0;
				for (Listener listener : this.all) {
					packets += listener.read(this.buffer);
					answered += listener.answered ? 1 : 0;
				}
				this.pushes += packets;
				this.ready = answered;
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

	/** One of them. Counts packets by their headers alone. Of the thread. */
	private static final class Listener {

		private static final int HEADER_LENGTH = 4;

		private final SocketChannel channel;

		private final ByteBuffer heartbeat = ByteBuffer
			.wrap(new byte[] { (byte) PacketType.HEARTBEAT.code(), 0, 0, 0 });

		/** Of the present packet's header. */
		private int headerBytes;

		private int header;

		/** Of the present packet's body, not read yet. */
		private int bodyBytes;

		private boolean answered;

		Listener(InetSocketAddress server, byte[] greeting) throws IOException {
			this.channel = SocketChannel.open(server);
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.channel.write(ByteBuffer.wrap(greeting));
			this.channel.configureBlocking(false);
		}

		/** Reads what is there, and returns how many pushes began. */
		long read(ByteBuffer buffer) throws IOException {
			buffer.clear();
			if (this.channel.read(buffer) < 0) {
				throw new IOException("the server closed a connection");
			}
			buffer.flip();
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
					messages += began(this.header >>> 24);
				}
			}
			return messages;
		}

		private int began(int type) throws IOException {
			if (type == PacketType.KICK.code()) {
				throw new IOException("a client was kicked");
			}
			if (type != PacketType.DATA.code()) {
				return 0;
			}
			if (!this.answered) {
				this.answered = true;
				return 0;
			}
			return 1;
		}

		void heartbeat() throws IOException {
			this.channel.write(this.heartbeat.rewind());
		}

	}

}
