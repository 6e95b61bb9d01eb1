package io.nanogame.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Forwards bytes to a server until a test cuts the connections. */
final class CutProxy implements AutoCloseable {

	private final int port;

	private final ServerSocket listening;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	/** Whether new connections are closed at once. */
	private volatile boolean away;

	CutProxy(int port) throws IOException {
		this.port = port;
		this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		new Thread(this::accept).start();
	}

	int port() {
		return this.listening.getLocalPort();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket client = this.listening.accept();
				if (this.away) {
					client.close();
					continue;
				}
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port);
				this.sockets.add(client);
				this.sockets.add(server);
				new Thread(() -> forward(client, server)).start();
				new Thread(() -> forward(server, client)).start();
			}
			catch (IOException ex) {
				// The test has ended.
			}
		}
	}

	private static void forward(Socket from, Socket to) {
		try (from; to) {
			InputStream in = from.getInputStream();
			in.transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// The connection is cut.
		}
	}

	/** Cuts all connections. */
	void cut() {
		for (Socket socket = this.sockets.poll(); socket != null; socket = this.sockets.poll()) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// It is closed.
			}
		}
	}

	/** Cuts all connections, and each new one, until {@link #comeBack()}. */
	void goAway() {
		this.away = true;
		cut();
	}

	void comeBack() {
		this.away = false;
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		cut();
	}

}
