package io.nanogame.cluster.wire;

import io.nats.client.Dispatcher;
import io.nats.client.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a subscription when it is run. Without effect when the connection has been closed
 * meanwhile, which ended it already: a game may close its groups after that.
 *
 * @param dispatcher the one that subscribed
 * @param subscription what to end
 */
public record OpenSubscription(Dispatcher dispatcher, Subscription subscription) implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(OpenSubscription.class);

	@Override
	public void run() {
		try {
			this.dispatcher.unsubscribe(this.subscription);
		}
		catch (IllegalStateException ex) {
			log.debug("The subscription to {} has ended already: {}", this.subscription.getSubject(), ex.getMessage());
		}
	}

}
