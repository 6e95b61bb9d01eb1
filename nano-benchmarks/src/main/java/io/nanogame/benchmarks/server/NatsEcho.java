package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Nats;

/**
 * Replies to each message on a subject with its payload. This is the lower bound for
 * forwarding between two processes.
 */
public final class NatsEcho {

	/** The subject of the requests. */
	public static final String SUBJECT = "benchmark.echo";

	/** The system property with the URL of NATS. */
	static final String URL = "benchmark.nats";

	private NatsEcho() {
	}

	/**
	 * Subscribes to the subject.
	 * @return 0, because there is no port
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
			throw new IllegalStateException("NATS does not reply", ex);
		}
	}

}
