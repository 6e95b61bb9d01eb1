package io.nanogame.server;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;

/**
 * A client that behaves like libpitaya and libpomelo2: it reconnects after a close, and
 * does not reconnect after a kick. It sends no heartbeats.
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
				// The connection was closed, or the server does not listen yet.
				Thread.onSpinWait();
			}
		}
	}

	/** The number of finished handshakes. */
	int visits() {
		return this.visits.get();
	}

	/** Waits for the kick. */
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
