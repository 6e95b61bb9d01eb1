package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.nanogame.group.PushReceipt;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The receipt of a push, which gateways acknowledge.
 */
class PendingReceiptTests {

	private final ManualTime time = new ManualTime(() -> {
	});

	private final PendingReceipts receipts = new PendingReceipts(this.time);

	private final long number = this.receipts.nextNumber();

	private final PendingReceipt pending = this.receipts.add(this.number, Set.of("a", "b", "c"));

	private CompletableFuture<PushReceipt> receipt() {
		return this.pending.receipt();
	}

	@Test
	void theReceiptWaitsForAllGatewaysAndCountsThoseWithRecipients() {
		CompletableFuture<PushReceipt> receipt = receipt();
		this.pending.acknowledged("a", true);
		this.pending.acknowledged("b", false);
		assertThat(receipt).isNotDone();
		this.pending.acknowledged("c", true);
		assertThat(receipt).isCompletedWithValue(new PushReceipt(2, 0));
	}

	@Test
	void aLostGatewayIsUnconfirmed() {
		CompletableFuture<PushReceipt> receipt = receipt();
		this.pending.acknowledged("a", true);
		this.pending.lost("b");
		this.pending.lost("stranger");
		this.pending.acknowledged("c", true);
		assertThat(receipt).isCompletedWithValue(new PushReceipt(2, 1));
	}

	@Test
	void aLostGatewayThatAcknowledgesIsConfirmed() {
		this.pending.lost("b");
		this.pending.acknowledged("b", true);
		this.pending.acknowledged("a", false);
		this.pending.acknowledged("c", false);
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(1, 0));
	}

	@Test
	void anUnknownGatewayThatAcknowledgesInTimeIsCounted() {
		this.pending.acknowledged("new", true);
		this.pending.acknowledged("a", false);
		this.pending.acknowledged("b", false);
		this.pending.acknowledged("c", false);
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(1, 0));
	}

	@Test
	void eachGatewayAcknowledgesEachMessage() {
		this.pending.acknowledged("a", false);
		this.pending.setMessages(2);
		this.pending.deliveredHere("b", true);
		this.pending.acknowledged("c", true);
		this.pending.acknowledged("c", true);
		assertThat(receipt()).isNotDone();
		this.pending.acknowledged("a", true);
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(3, 0));
	}

	@Test
	void aSilentGatewayIsUnconfirmedAfterTheTimeout() {
		this.pending.acknowledged("a", true);
		this.time.advance(Duration.ofMillis(1999));
		this.receipts.sweep();
		assertThat(receipt()).isNotDone();
		this.time.advance(Duration.ofMillis(1));
		this.receipts.sweep();
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(1, 2));
	}

	@Test
	void aCompleteReceiptIsForgotten() {
		assertThat(this.receipts.find(this.number)).isSameAs(this.pending);
		this.receipts.close();
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(0, 3));
		assertThat(this.receipts.find(this.number)).isNull();
	}

}
