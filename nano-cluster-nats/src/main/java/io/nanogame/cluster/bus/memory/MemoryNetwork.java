package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.time.TimeSource;

/**
 * Connects buses in memory: delivers messages as NATS does, with the faults of a script.
 * All its buses share its lock. Thread-safe.
 */
public final class MemoryNetwork {

	/** The default limit of NATS servers. */
	static final long MAX_PAYLOAD = 1024 * 1024L;

	private final TimeSource time;

	private final Executor threads;

	// Guarded by this

	private final List<MemoryBus> connected = new ArrayList<>();

	/** Messages with a delay. */
	private final Map<Way, InFlight> inFlight = new HashMap<>();

	private final Map<String, MemoryLeases.Store> leases = new HashMap<>();

	private Faults faults = Faults.NONE;

	private long published;

	private long publishedBytes;

	private long delivered;

	private int turn;

	/**
	 * Creates a network without nodes.
	 * @param time the time of delays
	 * @param threads call handlers and listeners; must not run tasks on the calling
	 * thread
	 */
	public MemoryNetwork(TimeSource time, Executor threads) {
		this.time = time;
		this.threads = threads;
	}

	/**
	 * Connects a node.
	 * @return its bus
	 */
	public MemoryBus connect() {
		MemoryBus bus = new MemoryBus(this);
		bus.reconnect();
		return bus;
	}

	/**
	 * Sets the faults of all later deliveries.
	 * @param script called under the lock of the network; must not block
	 */
	public synchronized void setFaults(Faults script) {
		this.faults = script;
	}

	/**
	 * Returns the number of published messages.
	 * @return messages of all buses since the start
	 */
	public synchronized long published() {
		return this.published;
	}

	/**
	 * Returns the length of the published messages.
	 * @return the bytes of their bodies since the start
	 */
	public synchronized long publishedBytes() {
		return this.publishedBytes;
	}

	/**
	 * Returns the number of deliveries.
	 * @return one for each message and subscription since the start
	 */
	public synchronized long delivered() {
		return this.delivered;
	}

	TimeSource time() {
		return this.time;
	}

	Executor threads() {
		return this.threads;
	}

	synchronized MemoryLeases.Store leases(String name, Duration length) {
		return this.leases.computeIfAbsent(name, (created) -> new MemoryLeases.Store(length));
	}

	// Under the lock

	/** Returns the delay to the leases, or back; negative if they are not reached. */
	Duration delayToLeases(MemoryBus bus) {
		return this.connected.contains(bus) ? this.faults.delayToLeases(bus) : Faults.LOST;
	}

	void connected(MemoryBus bus) {
		this.connected.add(bus);
	}

	void disconnected(MemoryBus bus) {
		this.connected.remove(bus);
		this.inFlight.keySet().removeIf((way) -> way.from() == bus || way.to() == bus);
	}

	/** Delivers a message to all its subscriptions, but to one only of each queue. */
	void publish(MemoryBus from, BusMessage message) {
		this.published++;
		this.publishedBytes += message.body().length;
		List<MemorySubscription> recipients = new ArrayList<>();
		Map<String, List<MemorySubscription>> queues = new LinkedHashMap<>();
		for (MemoryBus to : this.connected) {
			if (this.faults.isReachable(from, to)) {
				for (MemorySubscription subscription : to.subscriptions(message.subject())) {
					List<MemorySubscription> all = subscription.queue().isEmpty() ? recipients
							: queues.computeIfAbsent(subscription.queue(), (queue) -> new ArrayList<>());
					all.add(subscription);
				}
			}
		}
		queues.values().forEach((members) -> recipients.add(members.get(Math.floorMod(this.turn++, members.size()))));
		recipients.forEach((to) -> deliver(from, to, message));
		String replyTo = message.replyTo();
		if (recipients.isEmpty() && replyTo != null) {
			BusMessage report = new BusMessage(replyTo, null, new byte[0], true);
			from.subscriptions(replyTo).forEach((to) -> deliver(from, to, report));
		}
	}

	private void deliver(MemoryBus from, MemorySubscription to, BusMessage message) {
		Duration delay = this.faults.delay(from, to.bus(), message.subject());
		if (delay.isNegative()) {
			return;
		}
		Way way = new Way(from, to.bus());
		InFlight earlier = this.inFlight.get(way);
		if (earlier == null && delay.isZero()) {
			arrive(to, message);
			return;
		}
		InFlight messages = (earlier != null) ? earlier : new InFlight();
		this.inFlight.put(way, messages);
		long now = this.time.nanoTime();
		messages.arrivalNanos = Math.max(messages.arrivalNanos, now + delay.toNanos());
		messages.queue.add(() -> arrive(to, message));
		this.time.newTimeout((timeout) -> arriveFirst(way, messages), messages.arrivalNanos - now,
				TimeUnit.NANOSECONDS);
	}

	private synchronized void arriveFirst(Way way, InFlight messages) {
		// Messages in flight are lost with the connection.
		if (this.inFlight.get(way) == messages) {
			messages.queue.remove().run();
			if (messages.queue.isEmpty()) {
				this.inFlight.remove(way);
			}
		}
	}

	private void arrive(MemorySubscription to, BusMessage message) {
		this.delivered++;
		to.reader().receive(to, message);
	}

	/** The messages of one bus for another one keep their order. */
	private record Way(MemoryBus from, MemoryBus to) {
	}

	/** The messages in flight on one way, each with a timeout. */
	private static final class InFlight {

		private final Queue<Runnable> queue = new ArrayDeque<>();

		/** When the last one arrives, in nanoseconds of the time. */
		private long arrivalNanos = Long.MIN_VALUE;

	}

}
