package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Leases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one node to a {@link MemoryNetwork}.
 */
public final class MemoryBus implements Bus {

	private static final Logger log = LoggerFactory.getLogger(MemoryBus.class);

	/** The bytes that are pending while the connection is lost. */
	private static final long MAX_PENDING_BYTES = 64 * 1024 * 1024L;

	private final MemoryNetwork network;

	/** By their keys; the lists are not modified. */
	private final Map<String, List<MemorySubscription>> subscriptions = new ConcurrentHashMap<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final List<Runnable> moveListeners = new CopyOnWriteArrayList<>();

	private final LongAdder dropped = new LongAdder();

	// Guarded by the network

	private final Queue<BusMessage> pending = new ArrayDeque<>();

	private long pendingBytes;

	private boolean connected;

	private boolean closed;

	private long connects;

	private long connectedNanos;

	MemoryBus(MemoryNetwork network) {
		this.network = network;
	}

	@Override
	public BusReader newReader() {
		return new MemoryReader(this.network, this);
	}

	@Override
	public Leases newLeases(String name, Duration length) {
		return new MemoryLeases(this.network, this, this.network.leases(name, length));
	}

	@Override
	public boolean publish(String subject, @Nullable String replyTo, byte[] body) {
		BusMessage message = new BusMessage(subject, replyTo, body, false);
		synchronized (this.network) {
			if (this.connected) {
				this.network.publish(this, message);
				return true;
			}
			if (this.closed || this.pendingBytes + body.length > MAX_PENDING_BYTES) {
				this.dropped.increment();
				return false;
			}
			this.pendingBytes += body.length;
			this.pending.add(message);
			return true;
		}
	}

	/**
	 * Interrupts the connection, as the end of its NATS server does: messages in flight
	 * are lost.
	 */
	public void disconnect() {
		synchronized (this.network) {
			if (this.connected) {
				this.connected = false;
				this.network.disconnected(this);
			}
		}
	}

	/** Announces that the connection is interrupted in a moment, to be restored. */
	public void announceMove() {
		this.moveListeners.forEach(this::notify);
	}

	/** Restores the connection, and publishes the pending messages. */
	public void reconnect() {
		synchronized (this.network) {
			if (this.connected || this.closed) {
				return;
			}
			this.connected = true;
			this.connects++;
			this.connectedNanos = this.network.time().nanoTime();
			this.network.connected(this);
			this.pendingBytes = 0;
			BusMessage message;
			while ((message = this.pending.poll()) != null) {
				this.network.publish(this, message);
			}
		}
		this.listeners.forEach(this::notify);
	}

	private void notify(Runnable listener) {
		try {
			this.network.threads().execute(listener);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The threads of the network are closed; a listener is not notified");
		}
	}

	@Override
	public boolean isConnected() {
		synchronized (this.network) {
			return this.connected;
		}
	}

	@Override
	public boolean isStable(Duration time) {
		synchronized (this.network) {
			return this.connected
					&& (this.connects == 1 || this.network.time().nanoTime() - this.connectedNanos >= time.toNanos());
		}
	}

	@Override
	public void onReconnect(Runnable listener) {
		this.listeners.add(listener);
	}

	@Override
	public void onMove(Runnable listener) {
		this.moveListeners.add(listener);
	}

	@Override
	public long maxPayload() {
		return MemoryNetwork.MAX_PAYLOAD;
	}

	@Override
	public long pendingBytes() {
		synchronized (this.network) {
			return this.pendingBytes;
		}
	}

	@Override
	public void countDropped() {
		this.dropped.increment();
	}

	@Override
	public long dropped() {
		return this.dropped.sum();
	}

	@Override
	public long reconnects() {
		synchronized (this.network) {
			return Math.max(0, this.connects - 1);
		}
	}

	@Override
	public void close() {
		disconnect();
		synchronized (this.network) {
			this.closed = true;
			this.pending.clear();
		}
	}

	// For readers and the network

	void add(MemorySubscription subscription) {
		this.subscriptions.merge(subscription.key(), List.of(subscription),
				(some, more) -> Stream.concat(some.stream(), more.stream()).toList());
	}

	void remove(MemorySubscription subscription) {
		removeIf(subscription.key(), (each) -> each == subscription);
	}

	void removeAll(MemoryReader reader) {
		this.subscriptions.keySet().forEach((key) -> removeIf(key, (each) -> each.reader() == reader));
	}

	private void removeIf(String key, Predicate<MemorySubscription> condition) {
		this.subscriptions.computeIfPresent(key, (same, present) -> {
			List<MemorySubscription> others = present.stream().filter(condition.negate()).toList();
			return others.isEmpty() ? null : others;
		});
	}

	List<MemorySubscription> subscriptions(String subject) {
		Stream<MemorySubscription> sameToken = ofKey(MemorySubscription.key(subject));
		Stream<MemorySubscription> anyToken = ofKey(MemorySubscription.ANY);
		return Stream.concat(sameToken, anyToken).filter((each) -> each.matches(subject)).toList();
	}

	private Stream<MemorySubscription> ofKey(String key) {
		return this.subscriptions.getOrDefault(key, List.of()).stream();
	}

}
