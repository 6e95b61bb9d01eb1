package io.nanogame.cluster.wire;

import java.util.function.Consumer;

import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;

/**
 * Subscribes to what one thread of the NATS client hands to handlers, one message after
 * the other. An error of a handler is logged here, because the client mentions it to
 * those only who debug; the next message is handled.
 *
 * @param dispatcher has the thread
 * @param link counts what was not handled
 * @param log where errors are logged
 */
public record Subscriber(Dispatcher dispatcher, NatsLink link, LimitedLog log) {

	/**
	 * Subscribes.
	 * @param subject what to hear, may have wildcards
	 * @param handler must not block
	 * @return ends the subscription when run
	 */
	public Runnable subscribe(String subject, Consumer<Message> handler) {
		return end(this.dispatcher.subscribe(subject, (message) -> handle(message, handler)));
	}

	/**
	 * Subscribes together with others, of whom one gets each message.
	 * @param subject what to hear, may have wildcards
	 * @param queue the name they have in common
	 * @param handler must not block
	 * @return ends the subscription when run
	 */
	public Runnable subscribe(String subject, String queue, Consumer<Message> handler) {
		return end(this.dispatcher.subscribe(subject, queue, (message) -> handle(message, handler)));
	}

	private Runnable end(Subscription subscription) {
		return new OpenSubscription(this.dispatcher, subscription);
	}

	private void handle(Message message, Consumer<Message> handler) {
		try {
			handler.accept(message);
		}
		catch (Throwable ex) {
			this.link.countDropped();
			this.log.error("A message of the cluster could not be handled", ex);
		}
	}

}
