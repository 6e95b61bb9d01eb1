package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Nats;

/**
 * The least that can be between two processes: answers what comes on a subject with
 * itself. The limit that forwarding is measured against.
 */
public final class NatsEcho {

	/** Whoever publishes here, and says where answers go, is answered. */
	public static final String SUBJECT = "benchmark.echo";

	/** System property: where NATS is. */
	static final String URL = "benchmark.nats";

	private NatsEcho() {
	}

	/**
	 * Begins to answer.
	 * @return no port
	 */
	static int start() {
		try {
			Connection connection = Nats.connect(System.getProperty(URL));
			connection.createDispatcher((message) -> connection.publish(message.getReplyTo(), message.getData()))
				.subscribe(SUBJECT);
			connection.flush(Duration.ofSeconds(5));
			return 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException("NATS does not answer", ex);
		}
	}

}
