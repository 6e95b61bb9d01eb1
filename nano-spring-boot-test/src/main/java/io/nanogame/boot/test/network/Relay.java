package io.nanogame.boot.test.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One connection through the network: two sockets, and what goes between them. */
final class Relay {

	private final Socket client;

	private final Socket server;

	private final Consumer<Relay> onEnd;

	private final List<Thread> threads;

	Relay(Socket client, Socket server, Faults toServer, Faults toClient, Consumer<Relay> onEnd) {
		this.client = client;
		this.server = server;
		this.onEnd = onEnd;
		Direction there = new Direction(client, server, toServer);
		Direction back = new Direction(server, client, toClient);
		// Who reads may fail at once, and then has to find the one who writes at work.
		this.threads = Stream.<Work>of(there::write, back::write, there::read, back::read).map(this::thread).toList();
	}

	private Thread thread(Work work) {
		Thread thread = new Thread(() -> run(work), "faulty-network");
		thread.setDaemon(true);
		return thread;
	}

	void start() {
		this.threads.forEach(Thread::start);
	}

	private void run(Work work) {
		try {
			work.run();
			if (this.client.isOutputShutdown() && this.server.isOutputShutdown()) {
				close(this.client);
				close(this.server);
				this.onEnd.accept(this);
			}
		}
		catch (IOException | InterruptedException ex) {
			reset();
		}
	}

	void reset() {
		abort(this.client);
		abort(this.server);
		this.threads.forEach(Thread::interrupt);
		this.onEnd.accept(this);
	}

	/** Without waiting for what was written, so the other end sees a reset. */
	private static void abort(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// It is closed already.
		}
		close(socket);
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// There is nothing else to do to it.
		}
	}

	/** What a thread does. */
	private interface Work {

		void run() throws IOException, InterruptedException;

	}

}
