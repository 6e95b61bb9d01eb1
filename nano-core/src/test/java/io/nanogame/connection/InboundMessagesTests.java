package io.nanogame.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboundMessagesTests {

	private final InboundMessages messages = new InboundMessages();

	@Test
	void messagesAreInTheOrderOfReceiptHoweverManyAreQueued() {
		Random random = new Random(1);
		Deque<Integer> expected = new ArrayDeque<>();
		for (int i = 0; i < 10_000; i++) {
			if (random.nextInt(10) < 5 + 4 * (i / 1000 % 2)) {
				this.messages.begin(i % 3 == 0);
				this.messages.announce(i);
				this.messages.end();
				expected.add(i);
			}
			else if (this.messages.hasNext()) {
				int next = expected.remove();
				assertThat(this.messages.length()).isEqualTo(next);
				assertThat(this.messages.isText()).isEqualTo(next % 3 == 0);
				this.messages.remove();
			}
			assertThat(this.messages.hasNext()).isEqualTo(!expected.isEmpty());
		}
	}

	@Test
	void fragmentsAreOneMessageOfTheFirstType() {
		this.messages.begin(true);
		this.messages.announce(3);
		assertThat(this.messages.hasNext()).isFalse();
		assertThat(this.messages.length()).isEqualTo(3);
		this.messages.announce(4);
		this.messages.end();
		assertThat(this.messages.length()).isEqualTo(7);
		assertThat(this.messages.isText()).isTrue();
		this.messages.remove();
		assertThat(this.messages.length()).isZero();
	}

	@Test
	void announcedLengthsDoNotOverflow() {
		this.messages.begin(false);
		for (int i = 0; i < 10; i++) {
			this.messages.announce(Long.MAX_VALUE);
		}
		assertThat(this.messages.length()).isGreaterThan(Integer.MAX_VALUE);
	}

}
