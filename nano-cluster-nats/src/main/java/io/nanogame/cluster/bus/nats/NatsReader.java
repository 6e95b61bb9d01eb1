package io.nanogame.cluster.bus.nats;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dispatcher of the NATS client, which has a thread. Errors of handlers are logged
 * here, because the client logs them at a level for its own developers.
 */
final class NatsReader implements BusReader {

	private static final Logger log = LoggerFactory.getLogger(NatsReader.class);

	/** The status of a message of the NATS server: the subject has no subscriber. */
	private static final int NO_RESPONDERS = 503;

	/** Received bytes that the client keeps until they are handled. It drops others. */
	private static final long MAX_PENDING_BYTES = 256 * 1024 * 1024L;

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Dispatcher dispatcher;

	private final Runnable failed;

	/**
	 * Creates a reader.
	 * @param dispatcher calls the handlers
	 * @param failed called when a handler has failed
	 */
	NatsReader(Dispatcher dispatcher, Runnable failed) {
		this.dispatcher = dispatcher;
		this.failed = failed;
		dispatcher.setPendingLimits(-1, MAX_PENDING_BYTES);
	}

	@Override
	public Runnable subscribe(String subject, Consumer<BusMessage> handler) {
		return ending(this.dispatcher.subscribe(subject, (message) -> handle(message, handler)));
	}

	@Override
	public Runnable subscribe(String subject, String queue, Consumer<BusMessage> handler) {
		return ending(this.dispatcher.subscribe(subject, queue, (message) -> handle(message, handler)));
	}

	private Runnable ending(Subscription subscription) {
		return () -> {
			try {
				this.dispatcher.unsubscribe(subscription);
			}
			catch (IllegalStateException ex) {
				// A game may close its groups after the connection.
				log.debug("The subscription to {} has ended already: {}", subscription.getSubject(), ex.getMessage());
			}
		};
	}

	private void handle(Message message, Consumer<BusMessage> handler) {
		try {
			if (!message.isStatusMessage()) {
				handler.accept(new BusMessage(message.getSubject(), message.getReplyTo(), message.getData(), false));
			}
			else if (message.getStatus().getCode() == NO_RESPONDERS) {
				handler.accept(new BusMessage(message.getSubject(), null, new byte[0], true));
			}
		}
		catch (Throwable ex) {
			this.failed.run();
			this.limitedLog.error("A message of the cluster could not be handled", ex);
		}
	}

	@Override
	public CompletableFuture<Boolean> drain(Duration timeout) {
		try {
			return this.dispatcher.drain(timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			log.debug("NATS did not confirm the end of the subscriptions", ex);
		}
		return CompletableFuture.completedFuture(false);
	}

}
