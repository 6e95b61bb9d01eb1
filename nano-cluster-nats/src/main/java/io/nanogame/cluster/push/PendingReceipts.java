package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.node.Node;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The pending receipts of a node, by the numbers of their pushes. Thread-safe.
 */
final class PendingReceipts {

	/** The time-out for acknowledgements. */
	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final TimeSource time;

	private final AtomicLong lastNumber = new AtomicLong();

	private final Map<Long, PendingReceipt> pending = new ConcurrentHashMap<>();

	PendingReceipts(TimeSource time) {
		this.time = time;
	}

	/** Returns a new number. */
	long nextNumber() {
		return this.lastNumber.incrementAndGet();
	}

	/** Adds a receipt, which is removed when it is complete. */
	PendingReceipt add(long number, Set<String> gateways) {
		PendingReceipt receipt = new PendingReceipt(gateways, this.time.nanoTime());
		this.pending.put(number, receipt);
		receipt.receipt().whenComplete((result, failure) -> this.pending.remove(number));
		return receipt;
	}

	@Nullable PendingReceipt find(long number) {
		return this.pending.get(number);
	}

	/** A gateway is down, and will not acknowledge pushes. */
	void down(Node node) {
		this.pending.values().forEach((receipt) -> receipt.lost(node.id()));
	}

	/** Completes the receipts whose time is over. Called periodically. */
	void sweep() {
		long now = this.time.nanoTime();
		for (PendingReceipt receipt : this.pending.values()) {
			if (receipt.ageNanos(now) >= TIMEOUT.toNanos()) {
				receipt.complete();
			}
		}
	}

	/** Completes all receipts, because this node ends. */
	void close() {
		this.pending.values().forEach(PendingReceipt::complete);
	}

}
