package io.nanogame.server;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;

/**
 * A client that behaves as libpitaya and libpomelo2 do: it comes back by itself when its
 * connection ends, and stays away for good when it is kicked. It is silent: the device it
 * runs on sends no heartbeats.
 */
final class NativePeer implements AutoCloseable {

	private static final String HANDSHAKE = """
			{"sys":{"platform":"linux","libVersion":"0.3.5-release","clientBuildNumber":"1","clientVersion":"1.0"},\
			"user":{}}""";

	private final Line line;

	private final int port;

	private final AtomicInteger visits = new AtomicInteger();

	private volatile boolean closed;

	private volatile boolean kicked;

	private volatile RawClient client;

	private final Thread thread = new Thread(this::live, "native-peer");

	NativePeer(Line line, int port) {
		this.line = line;
		this.port = port;
		this.thread.start();
	}

	private void live() {
		while (!this.closed && !this.kicked) {
			try (RawClient connected = this.line.connect(this.port)) {
				this.client = connected;
				connected.handshake(HANDSHAKE);
				this.visits.incrementAndGet();
				while (!this.kicked) {
					this.kicked = connected.read().type() == RawPacket.KICK;
				}
			}
			catch (RawClient.ClosedException | UncheckedIOException | IllegalStateException ex) {
				// The end of a connection, or a server that is not there yet.
				Thread.onSpinWait();
			}
		}
	}

	/** How many handshakes it has finished. */
	int visits() {
		return this.visits.get();
	}

	/** Waits for what makes it stay away. */
	boolean staysAway() throws InterruptedException {
		this.thread.join(10_000);
		return this.kicked && !this.thread.isAlive();
	}

	@Override
	public void close() {
		this.closed = true;
		RawClient last = this.client;
		if (last != null) {
			last.close();
		}
	}

}
