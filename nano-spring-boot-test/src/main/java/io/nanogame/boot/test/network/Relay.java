package io.nanogame.boot.test.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One connection through the network: two sockets, and the relay between them. */
final class Relay {

	private final Socket client;

	private final Socket server;

	private final Consumer<Relay> onEnd;

	private final List<Thread> threads;

	Relay(Socket client, Socket server, Faults toServer, Faults toClient, Consumer<Relay> onEnd) {
		this.client = client;
		this.server = server;
		this.onEnd = onEnd;
		Direction upstream = new Direction(client, server, toServer);
		Direction downstream = new Direction(server, client, toClient);
		// A reader may fail at once. The writers are started first, so that it can
		// interrupt them.
		this.threads = Stream.<Work>of(upstream::write, downstream::write, upstream::read, downstream::read)
			.map(this::thread)
			.toList();
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

	/** Discards unsent bytes, so that the other end receives a reset. */
	private static void abort(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// Already closed.
		}
		close(socket);
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing else can be done.
		}
	}

	/** The task of a thread. */
	private interface Work {

		void run() throws IOException, InterruptedException;

	}

}
