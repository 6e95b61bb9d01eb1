package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.nanogame.group.PushReceipt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who has taken a push, as far as it is known.
 */
class QuestionTests {

	private final Question question = new Question(Set.of("a", "b", "c"));

	private CompletableFuture<PushReceipt> receipt(Duration patience) {
		return this.question.receipt(patience).toCompletableFuture();
	}

	private CompletableFuture<PushReceipt> receipt() {
		return receipt(Duration.ofMinutes(1));
	}

	@Test
	void allAreWaitedForAndThoseWhoTookItAreCounted() {
		CompletableFuture<PushReceipt> receipt = receipt();
		this.question.answered("a", true);
		this.question.answered("b", false);
		assertThat(receipt).isNotDone();
		this.question.answered("c", true);
		assertThat(receipt).isCompletedWithValue(new PushReceipt(2, 0));
	}

	@Test
	void whoIsLostIsNotWaitedForAndNotConfirmed() {
		CompletableFuture<PushReceipt> receipt = receipt();
		this.question.answered("a", true);
		this.question.lost("b");
		this.question.lost("stranger");
		this.question.answered("c", true);
		assertThat(receipt).isCompletedWithValue(new PushReceipt(2, 1));
	}

	@Test
	void whoWasThoughtLostAndAnswersIsConfirmed() {
		this.question.lost("b");
		this.question.answered("b", true);
		this.question.answered("a", false);
		this.question.answered("c", false);
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(1, 0));
	}

	@Test
	void aGatewayThatWasNotKnownCountsWhenItAnswersInTime() {
		this.question.answered("new", true);
		this.question.answered("a", false);
		this.question.answered("b", false);
		this.question.answered("c", false);
		assertThat(receipt()).isCompletedWithValue(new PushReceipt(1, 0));
	}

	@Test
	void whoIsSilentIsNotConfirmedWhenPatienceEnds() {
		this.question.answered("a", true);
		assertThat(receipt(Duration.ofMillis(20)).join()).isEqualTo(new PushReceipt(1, 2));
	}

}
