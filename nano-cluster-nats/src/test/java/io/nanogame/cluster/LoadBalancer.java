package io.nanogame.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that passes each connection on to the next of several ports. It does not know
 * whether a server is drained.
 */
final class LoadBalancer implements AutoCloseable {

	private final ServerSocket server;

	private final List<Integer> ports = new CopyOnWriteArrayList<>();

	private final AtomicInteger next = new AtomicInteger();

	LoadBalancer() {
		try {
			this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	void add(int port) {
		this.ports.add(port);
	}

	void remove(int port) {
		this.ports.remove(Integer.valueOf(port));
	}

	private void accept() throws IOException {
		while (true) {
			Socket near = this.server.accept();
			List<Integer> targets = List.copyOf(this.ports);
			try {
				Socket far = new Socket(InetAddress.getLoopbackAddress(),
						targets.get(Math.floorMod(this.next.getAndIncrement(), targets.size())));
				start(() -> copy(near, far));
				start(() -> copy(far, near));
			}
			catch (IOException ex) {
				near.close();
			}
		}
	}

	private static void copy(Socket from, Socket to) throws IOException {
		byte[] buffer = new byte[8192];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			int length = in.read(buffer);
			while (length >= 0) {
				out.write(buffer, 0, length);
				length = in.read(buffer);
			}
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// The other end has closed.
			}
		}, "load-balancer");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
