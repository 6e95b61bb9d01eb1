package io.nanogame.benchmarks.soak;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.test.RawClient;

/**
 * All clients of a soak: well-behaved players and troublemakers.
 */
final class Load {

	private static final int PLAYERS = 80;

	private static final int TROUBLEMAKERS = 4;

	private final int port;

	private final SoakTls tls;

	private final long nanosPerRequest;

	private final Complaints complaints = new Complaints();

	private final Latencies latencies = new Latencies();

	private final LongAdder connects = new LongAdder();

	private final LongAdder pushes = new LongAdder();

	private final LongAdder tricks = new LongAdder();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean stopping;

	private volatile boolean ended;

	/**
	 * Creates the clients.
	 * @param port the port of the server
	 * @param tls the TLS of some clients
	 * @param rate the requests per second of all players together
	 */
	Load(int port, SoakTls tls, int rate) {
		this(port, tls, rate, TROUBLEMAKERS);
	}

	Load(int port, SoakTls tls, int rate, int troublemakers) {
		this.port = port;
		this.tls = tls;
		this.nanosPerRequest = PLAYERS * 1_000_000_000L / rate;
		for (int i = 0; i < PLAYERS; i++) {
			this.threads.add(new Thread(new Player(this, i), "player-" + i));
		}
		for (int i = 0; i < troublemakers; i++) {
			this.threads.add(new Thread(new Troublemaker(this, i), "troublemaker-" + i));
		}
	}

	void start() {
		this.threads.forEach(Thread::start);
	}

	/** Notifies the clients that the server is about to stop. */
	void expectStop() {
		this.stopping = true;
	}

	/** Waits until all clients have ended. */
	void end() throws InterruptedException {
		this.ended = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	boolean isRunning() {
		return !this.ended;
	}

	boolean isStopping() {
		return this.stopping;
	}

	int port() {
		return this.port;
	}

	/** Connects a client by TCP or WebSocket, with or without TLS. */
	RawClient connect(Random random) {
		Socket socket = this.tls.connect(this.port, random.nextInt(100));
		return random.nextBoolean() ? RawClient.tcp(socket) : RawClient.webSocket(socket, "/nano");
	}

	long nanosPerRequest() {
		return this.nanosPerRequest;
	}

	Complaints complaints() {
		return this.complaints;
	}

	Latencies latencies() {
		return this.latencies;
	}

	void connected() {
		this.connects.increment();
	}

	void pushed() {
		this.pushes.increment();
	}

	void trickPlayed() {
		this.tricks.increment();
	}

	long connects() {
		return this.connects.sum();
	}

	long pushes() {
		return this.pushes.sum();
	}

	long tricks() {
		return this.tricks.sum();
	}

}
