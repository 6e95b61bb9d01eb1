package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls handlers on the threads of the network, in one task for each message.
 */
final class MemoryReader implements BusReader {

	private static final Logger log = LoggerFactory.getLogger(MemoryReader.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final MemoryNetwork network;

	private final MemoryBus bus;

	/** Received messages, the first of which is being handled. Guarded by itself. */
	private final Queue<Runnable> received = new ArrayDeque<>();

	MemoryReader(MemoryNetwork network, MemoryBus bus) {
		this.network = network;
		this.bus = bus;
	}

	MemoryBus bus() {
		return this.bus;
	}

	@Override
	public Runnable subscribe(String subject, Consumer<BusMessage> handler) {
		return subscribe(subject, "", handler);
	}

	@Override
	public Runnable subscribe(String subject, String queue, Consumer<BusMessage> handler) {
		MemorySubscription subscription = new MemorySubscription(this, subject, queue, handler);
		this.bus.add(subscription);
		return () -> {
			subscription.end();
			this.bus.remove(subscription);
		};
	}

	void receive(MemorySubscription subscription, BusMessage message) {
		add(() -> handle(subscription, message));
	}

	private void handle(MemorySubscription subscription, BusMessage message) {
		try {
			subscription.handle(message);
		}
		catch (Throwable ex) {
			this.bus.countDropped();
			this.limitedLog.error("A message of the cluster could not be handled", ex);
		}
	}

	private void add(Runnable task) {
		boolean first;
		synchronized (this.received) {
			first = this.received.isEmpty();
			this.received.add(task);
		}
		if (first) {
			runSoon(task);
		}
	}

	private void runSoon(Runnable task) {
		try {
			this.network.threads().execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			log.debug("The threads of the network are closed; its messages are dropped");
		}
	}

	private void run(Runnable task) {
		task.run();
		Runnable next;
		synchronized (this.received) {
			this.received.remove();
			next = this.received.peek();
		}
		if (next != null) {
			runSoon(next);
		}
	}

	@Override
	public CompletableFuture<Boolean> drain(Duration timeout) {
		this.bus.removeAll(this);
		synchronized (this.received) {
			if (this.received.isEmpty()) {
				return CompletableFuture.completedFuture(true);
			}
		}
		CompletableFuture<Boolean> drained = new CompletableFuture<>();
		add(() -> drained.complete(true));
		return drained;
	}

}
