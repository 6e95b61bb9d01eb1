package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.nanogame.group.PushReceipt;

/**
 * The receipt of a push that some gateways have not acknowledged. Thread-safe.
 */
final class PendingReceipt {

	private final CompletableFuture<Void> settled = new CompletableFuture<>();

	/** Guarded by this. */
	private final Set<String> pending;

	/** Guarded by this. */
	private final Set<String> lost = new HashSet<>();

	/** Guarded by this. */
	private int delivered;

	PendingReceipt(Set<String> gateways) {
		this.pending = new HashSet<>(gateways);
	}

	/** Also counts a gateway that this node did not know when it sent the push. */
	void acknowledged(String gateway, boolean hasRecipients) {
		synchronized (this) {
			this.pending.remove(gateway);
			this.lost.remove(gateway);
			if (hasRecipients) {
				this.delivered++;
			}
		}
		completeIfSettled();
	}

	/** A gateway is down, and will not acknowledge the push. */
	void lost(String gateway) {
		synchronized (this) {
			if (this.pending.remove(gateway)) {
				this.lost.add(gateway);
			}
		}
		completeIfSettled();
	}

	/** Not under the lock, because the actions of callers run here. */
	private void completeIfSettled() {
		boolean last;
		synchronized (this) {
			last = this.pending.isEmpty();
		}
		if (last) {
			this.settled.complete(null);
		}
	}

	CompletionStage<PushReceipt> receipt(Duration timeout) {
		return this.settled.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
			.thenApply((done) -> receipt());
	}

	private synchronized PushReceipt receipt() {
		return new PushReceipt(this.delivered, this.lost.size() + this.pending.size());
	}

}
