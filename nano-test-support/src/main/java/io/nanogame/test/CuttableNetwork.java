package io.nanogame.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between a browser and the server that can simulate a lost network: connections
 * stall without being closed, and new ones are refused.
 */
public final class CuttableNetwork implements AutoCloseable {

	private final int serverPort;

	private final ServerSocket listener;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger refused = new AtomicInteger();

	private volatile boolean lost;

	/**
	 * Creates a proxy.
	 * @param serverPort the port of the server, on the loopback address
	 */
	public CuttableNetwork(int serverPort) {
		this.serverPort = serverPort;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run(this::accept);
	}

	/** Returns the port that clients connect to. */
	public int port() {
		return this.listener.getLocalPort();
	}

	/** Forwards nothing from now on, which neither end notices. */
	public void lose() {
		this.lost = true;
	}

	/** Loses the network and closes the connections, which both ends notice. */
	public void cut() {
		lose();
		closeConnections();
	}

	/** Accepts new connections; the earlier ones are closed. */
	public void restore() {
		closeConnections();
		this.lost = false;
	}

	/** Returns the number of refused connections so far. */
	public int refused() {
		return this.refused.get();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			if (this.lost) {
				client.close();
				this.refused.incrementAndGet();
			}
			else {
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
				this.sockets.add(client);
				this.sockets.add(server);
				run(() -> pump(client, server));
				run(() -> pump(server, client));
			}
		}
	}

	/**
	 * Forwards bytes. While the network is lost, an end of the connection is not
	 * forwarded.
	 */
	private void pump(Socket from, Socket to) throws IOException {
		InputStream in = from.getInputStream();
		OutputStream out = to.getOutputStream();
		byte[] bytes = new byte[8192];
		for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
			if (!this.lost) {
				out.write(bytes, 0, count);
			}
		}
		if (!this.lost) {
			to.close();
		}
	}

	private void closeConnections() {
		for (Socket socket = this.sockets.poll(); socket != null; socket = this.sockets.poll()) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	@Override
	public void close() throws IOException {
		restore();
		this.listener.close();
	}

	private static void run(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.run();
			}
			catch (IOException ex) {
				// The socket was closed: the expected end of every thread.
			}
		}, "network");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Step {

		void run() throws IOException;

	}

}
