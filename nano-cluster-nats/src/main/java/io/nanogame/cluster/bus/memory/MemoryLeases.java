package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.nanogame.cluster.bus.Leases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access of one bus to leases of its network.
 */
final class MemoryLeases implements Leases {

	private static final Logger log = LoggerFactory.getLogger(MemoryLeases.class);

	/** The part of a lease after which a request fails. */
	private static final int TIMEOUTS = 5;

	private final MemoryNetwork network;

	private final MemoryBus bus;

	private final Store store;

	MemoryLeases(MemoryNetwork network, MemoryBus bus, Store store) {
		this.network = network;
		this.bus = bus;
		this.store = store;
	}

	@Override
	public CompletableFuture<Duration> open() {
		return CompletableFuture.completedFuture(this.store.length);
	}

	@Override
	public CompletableFuture<OptionalLong> take(String key, String owner) {
		return request(() -> this.store.take(key, owner, now()));
	}

	@Override
	public CompletableFuture<OptionalLong> renew(String key, String owner, long revision) {
		return request(() -> this.store.renew(key, owner, now()));
	}

	@Override
	public CompletableFuture<Void> release(String key, long revision) {
		return this.<@Nullable Void>request(() -> {
			this.store.release(key, revision);
			return null;
		});
	}

	private long now() {
		return this.network.time().nanoTime();
	}

	/** Request and reply may be late, or lost. */
	private <T extends @Nullable Object> CompletableFuture<T> request(Supplier<T> operation) {
		CompletableFuture<T> result = new CompletableFuture<>();
		travel(() -> {
			T reply = operation.get();
			travel(() -> result.complete(reply));
		});
		after(this.store.length.dividedBy(TIMEOUTS),
				() -> result.completeExceptionally(new TimeoutException("No reply")));
		return result;
	}

	private void travel(Runnable arrival) {
		Duration delay;
		synchronized (this.network) {
			delay = this.network.delayToLeases(this.bus);
		}
		if (!delay.isNegative()) {
			after(delay, arrival);
		}
	}

	private void after(Duration delay, Runnable task) {
		if (delay.isZero()) {
			runSoon(task);
			return;
		}
		try {
			this.network.time().newTimeout((timeout) -> runSoon(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			log.debug("The time has stopped; a request for a lease is dropped");
		}
	}

	private void runSoon(Runnable task) {
		try {
			this.network.threads().execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The threads of the network are closed; a request for a lease is dropped");
		}
	}

	/** The leases of all nodes. */
	static final class Store {

		private final Duration length;

		private final Map<String, Entry> entries = new HashMap<>();

		private long lastRevision;

		Store(Duration length) {
			this.length = length;
		}

		synchronized OptionalLong take(String key, String owner, long now) {
			Entry entry = this.entries.get(key);
			boolean isFree = entry == null || entry.endNanos() <= now || entry.owner().equals(owner);
			return isFree ? put(key, owner, now) : OptionalLong.empty();
		}

		synchronized OptionalLong renew(String key, String owner, long now) {
			Entry entry = this.entries.get(key);
			boolean isOwn = entry != null && entry.endNanos() > now && entry.owner().equals(owner);
			return isOwn ? put(key, owner, now) : OptionalLong.empty();
		}

		private OptionalLong put(String key, String owner, long now) {
			this.lastRevision++;
			this.entries.put(key, new Entry(owner, this.lastRevision, now + this.length.toNanos()));
			return OptionalLong.of(this.lastRevision);
		}

		synchronized void release(String key, long revision) {
			Entry entry = this.entries.get(key);
			if (entry != null && entry.revision() == revision) {
				this.entries.remove(key);
			}
		}

	}

	/** A lease. */
	private record Entry(String owner, long revision, long endNanos) {
	}

}
