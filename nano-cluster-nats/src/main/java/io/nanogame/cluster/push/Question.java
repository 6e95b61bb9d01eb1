package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.nanogame.group.PushReceipt;

/**
 * A push that gateways have not all answered. Any thread.
 */
final class Question {

	private final CompletableFuture<Void> settled = new CompletableFuture<>();

	/** Guarded by this. */
	private final Set<String> waiting;

	/** Guarded by this. */
	private final Set<String> lost = new HashSet<>();

	/** Guarded by this. */
	private int took;

	Question(Set<String> asked) {
		this.waiting = new HashSet<>(asked);
	}

	/** Of a gateway this node had not heard of when it asked, too. */
	void answered(String gateway, boolean takes) {
		synchronized (this) {
			this.waiting.remove(gateway);
			this.lost.remove(gateway);
			if (takes) {
				this.took++;
			}
		}
		settleWhenNobodyWaits();
	}

	/** It will not answer. */
	void lost(String gateway) {
		synchronized (this) {
			if (this.waiting.remove(gateway)) {
				this.lost.add(gateway);
			}
		}
		settleWhenNobodyWaits();
	}

	/** Not under the lock: who waits for this is called from here. */
	private void settleWhenNobodyWaits() {
		boolean last;
		synchronized (this) {
			last = this.waiting.isEmpty();
		}
		if (last) {
			this.settled.complete(null);
		}
	}

	CompletionStage<PushReceipt> receipt(Duration patience) {
		return this.settled.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
			.thenApply((done) -> receipt());
	}

	private synchronized PushReceipt receipt() {
		return new PushReceipt(this.took, this.lost.size() + this.waiting.size());
	}

}
