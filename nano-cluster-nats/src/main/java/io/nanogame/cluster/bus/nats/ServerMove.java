package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Connection;
import io.nats.client.ForceReconnectOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a connection to another server when its server announces that it stops (lame
 * duck). The server itself would end the connection later, at any moment. Thread-safe.
 */
final class ServerMove implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ServerMove.class);

	/**
	 * The time from the call of the listeners to the disconnect. The messages and replies
	 * that are in flight arrive meanwhile.
	 */
	private static final Duration NOTICE = Duration.ofMillis(250);

	/** The maximum time for published messages to leave. */
	private static final Duration FLUSH = Duration.ofSeconds(1);

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final AtomicBoolean moving = new AtomicBoolean();

	private final Runnable failed;

	private volatile boolean closed;

	/**
	 * Creates a move that is not started.
	 * @param failed called when the listeners were called, and the connection does not
	 * end
	 */
	ServerMove(Runnable failed) {
		this.failed = failed;
	}

	/**
	 * Adds a listener.
	 * @param listener called a moment before the connection ends
	 */
	void add(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Moves a connection, on another thread.
	 * @param connection to a server that stops
	 */
	void start(Connection connection) {
		if (connection.getServers().size() < 2) {
			log.warn("The NATS server stops, and this node knows no other one");
		}
		else if (this.moving.compareAndSet(false, true)) {
			log.info("The NATS server stops; this node connects to another one");
			Thread thread = new Thread(() -> run(connection), "nano-nats-move");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void run(Connection connection) {
		try {
			move(connection);
		}
		catch (IOException | RuntimeException ex) {
			log.warn("The connection did not move to another NATS server; it reconnects when it is lost", ex);
			this.failed.run();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.moving.set(false);
		}
	}

	private void move(Connection connection) throws IOException, InterruptedException {
		this.listeners.forEach(Runnable::run);
		Thread.sleep(NOTICE.toMillis());
		if (this.closed) {
			return;
		}
		// Returns when it is connected.
		connection.forceReconnect(ForceReconnectOptions.builder().flush(FLUSH).build());
		if (this.closed) {
			connection.close();
		}
	}

	/** Prevents further moves. */
	@Override
	public void close() {
		this.closed = true;
	}

}
