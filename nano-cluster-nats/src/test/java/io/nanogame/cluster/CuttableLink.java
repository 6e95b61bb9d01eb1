package io.nanogame.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.nanogame.test.NatsServer;

/**
 * A connection to a port of this machine that can be cut, paused and restored.
 */
final class CuttableLink implements AutoCloseable {

	private final ServerSocket server;

	private final InetSocketAddress target;

	private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	private volatile boolean losing;

	/** Locked while nothing passes. */
	private final ReentrantLock gate = new ReentrantLock();

	CuttableLink(NatsServer nats) {
		this(nats.port());
	}

	CuttableLink(int port) {
		this.target = new InetSocketAddress("127.0.0.1", port);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	String url() {
		return "nats://127.0.0.1:" + port();
	}

	/** Ends the connections, and lets none through. */
	void cut() {
		this.cut = true;
		this.ends.forEach(CuttableLink::end);
		this.ends.clear();
	}

	void mend() {
		this.cut = false;
		this.losing = false;
	}

	/** What is said from now on vanishes, and neither end notices. */
	void lose() {
		this.losing = true;
	}

	private void accept() throws IOException {
		while (true) {
			Socket near = this.server.accept();
			if (this.cut) {
				near.close();
				continue;
			}
			try {
				connect(near);
			}
			catch (IOException ex) {
				// The target is down.
				near.close();
			}
		}
	}

	private void connect(Socket near) throws IOException {
		Socket far = new Socket();
		far.connect(this.target);
		this.ends.add(near);
		this.ends.add(far);
		start(() -> pump(near, far));
		start(() -> pump(far, near));
	}

	private void pump(Socket from, Socket to) throws IOException {
		try (from; to) {
			byte[] bytes = new byte[8192];
			int count;
			while ((count = from.getInputStream().read(bytes)) >= 0) {
				this.gate.lock();
				this.gate.unlock();
				if (!this.losing) {
					to.getOutputStream().write(bytes, 0, count);
				}
			}
		}
	}

	/** Reads no further bytes on either end until {@link #resume}, on the same thread. */
	void pause() {
		this.gate.lock();
	}

	void resume() {
		this.gate.unlock();
	}

	private static void start(Pump pump) {
		Thread thread = new Thread(() -> {
			try {
				pump.run();
			}
			catch (IOException ex) {
				// It was cut.
			}
		}, "link");
		thread.setDaemon(true);
		thread.start();
	}

	private static void end(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	private interface Pump {

		void run() throws IOException;

	}

}
