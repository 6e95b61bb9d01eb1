package io.nanogame.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.test.NatsServer;

/**
 * A way to NATS of one node's own, which can be cut and mended.
 */
final class CuttableLink implements AutoCloseable {

	private final ServerSocket server;

	private final InetSocketAddress nats;

	private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

	private volatile boolean cut;

	private volatile boolean losing;

	CuttableLink(NatsServer nats) {
		this.nats = new InetSocketAddress("127.0.0.1", URI.create(nats.url()).getPort());
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	String url() {
		return "nats://127.0.0.1:" + this.server.getLocalPort();
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
			Socket far = new Socket();
			far.connect(this.nats);
			this.ends.add(near);
			this.ends.add(far);
			start(() -> pump(near, far));
			start(() -> pump(far, near));
		}
	}

	private void pump(Socket from, Socket to) throws IOException {
		byte[] bytes = new byte[8192];
		int count;
		while ((count = from.getInputStream().read(bytes)) >= 0) {
			if (!this.losing) {
				to.getOutputStream().write(bytes, 0, count);
			}
		}
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
