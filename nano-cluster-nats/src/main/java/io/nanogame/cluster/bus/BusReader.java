package io.nanogame.cluster.bus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls handlers with the messages of their subjects, one after the other, and apart from
 * other readers. What one thread published arrives in its order, on whatever subjects. An
 * error of a handler is logged, and the next message is handled. Thread-safe.
 */
public interface BusReader {

	/**
	 * Subscribes a handler.
	 * @param subject tokens separated by dots; {@code *} stands for any token
	 * @param handler receives each message; must not block
	 * @return an action that unsubscribes; without effect when the bus is closed
	 */
	Runnable subscribe(String subject, Consumer<BusMessage> handler);

	/**
	 * Subscribes a handler as one of a queue: one of them receives each message.
	 * @param subject as for {@link #subscribe(String, Consumer)}
	 * @param queue the name of the queue
	 * @param handler as for {@link #subscribe(String, Consumer)}
	 * @return as for {@link #subscribe(String, Consumer)}
	 */
	Runnable subscribe(String subject, String queue, Consumer<BusMessage> handler);

	/**
	 * Ends all subscriptions, and handles the messages that have arrived. Blocks until no
	 * further message can arrive.
	 * @param timeout the maximum time for both
	 * @return completed when the last message was handled; true if that was in time
	 */
	CompletableFuture<Boolean> drain(Duration timeout);

}
