package io.nanogame.cluster.push;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.nanogame.group.PushReceipt;

/**
 * The receipt of a push that some gateways have not acknowledged. Thread-safe.
 */
final class PendingReceipt {

	private final CompletableFuture<PushReceipt> receipt = new CompletableFuture<>();

	private final long startedNanos;

	/** Guarded by this. */
	private final Set<String> pending;

	/** Guarded by this. */
	private final Set<String> lost = new HashSet<>();

	/** The gateways with recipients. Guarded by this. */
	private final Set<String> delivered = new HashSet<>();

	/** The number of acknowledgements by gateway. Guarded by this. */
	private final Map<String, Integer> acknowledgements = new HashMap<>();

	/** The number of messages, each of which is acknowledged. Guarded by this. */
	private int messages = 1;

	/**
	 * Creates the receipt of a push.
	 * @param gateways the gateways that it is sent to
	 * @param now the time of the push in nanoseconds
	 */
	PendingReceipt(Set<String> gateways, long now) {
		this.pending = new HashSet<>(gateways);
		this.startedNanos = now;
	}

	/**
	 * Sets the number of messages of the push. Called before {@link #deliveredHere}, so
	 * that the receipt is not complete yet.
	 */
	synchronized void setMessages(int count) {
		this.messages = count;
		this.acknowledgements.forEach((gateway, received) -> {
			if (received < count) {
				this.pending.add(gateway);
			}
		});
	}

	/** Also counts a gateway that this node did not know when it sent the push. */
	void acknowledged(String gateway, boolean hasRecipients) {
		synchronized (this) {
			if (this.acknowledgements.merge(gateway, 1, Integer::sum) >= this.messages) {
				received(gateway);
			}
			if (hasRecipients) {
				this.delivered.add(gateway);
			}
		}
		completeIfSettled();
	}

	/** This node is a gateway, too. */
	void deliveredHere(String gateway, boolean hasRecipients) {
		synchronized (this) {
			received(gateway);
			if (hasRecipients) {
				this.delivered.add(gateway);
			}
		}
		completeIfSettled();
	}

	private void received(String gateway) {
		this.pending.remove(gateway);
		this.lost.remove(gateway);
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

	private void completeIfSettled() {
		boolean last;
		synchronized (this) {
			last = this.pending.isEmpty();
		}
		if (last) {
			complete();
		}
	}

	/** Completes the receipt, even if gateways have not acknowledged the push. */
	void complete() {
		PushReceipt result;
		synchronized (this) {
			result = new PushReceipt(this.delivered.size(), this.lost.size() + this.pending.size());
		}
		// Not under the lock, because the actions of callers run here.
		this.receipt.complete(result);
	}

	CompletableFuture<PushReceipt> receipt() {
		return this.receipt;
	}

	/** Returns how long the receipt has been pending. */
	long ageNanos(long now) {
		return now - this.startedNanos;
	}

}
