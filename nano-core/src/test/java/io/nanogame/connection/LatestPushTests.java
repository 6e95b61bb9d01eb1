package io.nanogame.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.session.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Pushes whose state is made when the client can be sent it.
 */
class LatestPushTests {

	private final HeldClient client = new HeldClient();

	private final AtomicInteger state = new AtomicInteger();

	private final AtomicInteger made = new AtomicInteger();

	private int make() {
		assertThat(this.client.isOnLoop()).isFalse();
		this.made.incrementAndGet();
		return this.state.get();
	}

	private void push() {
		this.state.incrementAndGet();
		this.client.session.pushLatest("onState", this::make);
	}

	@Test
	void aClientThatKeepsUpReceivesEachState() {
		push();
		push();
		assertThat(this.made).hasValue(2);
		this.client.runLoop();
		assertThat(this.client.sent).containsExactly("onState 1", "onState 2");
		assertThat(this.client.sessions.workers.waiting()).isZero();
	}

	@Test
	void aClientThatIsBehindReceivesTheNewestStateWhenItHasRead() {
		this.client.fallBehind();
		push();
		push();
		this.state.set(7);
		this.client.runLoop();
		assertThat(this.made).as("made").hasValue(0);
		assertThat(this.client.traffic.pushesCoalesced()).isOne();
		this.client.finish();
		assertThat(this.client.sent).containsExactly("onState 7");
		assertThat(this.made).hasValue(1);
	}

	@Test
	void theStateIsCreatedInTheOrderOfTheSessionsMessages() {
		this.client.fallBehind();
		push();
		this.client.session.inOrder(() -> this.state.set(8));
		this.client.read(Long.MAX_VALUE);
		this.client.runLoop();
		assertThat(this.made).hasValue(0);
		this.client.sessions.workers.runNext();
		assertThat(this.made).hasValue(1);
		this.client.finish();
		assertThat(this.client.sent).containsExactly("onState 8");
	}

	@Test
	void aPushBeforeTheStateIsCreatedReplacesIt() {
		this.client.fallBehind();
		push();
		this.client.read(Long.MAX_VALUE);
		this.client.runLoop();
		push();
		assertThat(this.made).hasValue(0);
		this.client.finish();
		assertThat(this.client.sent).containsExactly("onState 2");
		push();
		assertThat(this.made).as("at once again").hasValue(2);
	}

	@Test
	void eachKeyHasItsNewestStateInTheOrderOfTheKeys() {
		this.client.fallBehind();
		for (int turn = 1; turn <= 3; turn++) {
			int present = turn;
			this.client.session.pushLatest("onMove", "ann", () -> "ann" + present);
			this.client.session.pushLatest("onMove", "bob", () -> "bob" + present);
			this.client.session.pushLatest("onHealth", "ann", () -> present);
			this.client.session.pushLatest("onMove", () -> "all" + present);
		}
		this.client.finish();
		assertThat(this.client.sent).containsExactly("onMove \"ann3\"", "onMove \"bob3\"", "onHealth 3",
				"onMove \"all3\"");
	}

	@Test
	void theRestIsHeldWhenTheClientIsBehindAgain() {
		this.client.fallBehind();
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int number = i;
			this.client.session.pushLatest("onLarge", i, () -> {
				order.add(number);
				return new byte[HeldClient.MARK + 1];
			});
		}
		for (int i = 1; i <= 3; i++) {
			this.client.read(Long.MAX_VALUE);
			this.client.runLoop();
			this.client.sessions.workers.runAll();
			this.client.runLoop();
			assertThat(order).hasSize(i);
		}
		assertThat(order).containsExactly(0, 1, 2);
	}

	@Test
	void outputThatIsQueuedOnTheLoopCounts() {
		for (int i = 0; i < 100; i++) {
			push();
		}
		assertThat(this.made.get()).isLessThan(20);
		this.client.finish();
		assertThat(this.client.sent).last().isEqualTo("onState 100");
	}

	@Test
	void aStateThatFailsDoesNotAffectOthers() {
		for (int i = 0; i < 2; i++) {
			this.client.session.pushLatest("onState", "broken", () -> {
				throw new IllegalStateException("expected by this test");
			});
			this.client.session.pushLatest("onState", "unwritable", () -> new byte[0xFFFFFF]);
			this.client.session.pushLatest("onState", "none", () -> null);
			this.client.session.pushLatest("onState", "good", () -> 1);
			this.client.finish();
			assertThat(this.client.sent).containsExactly("onState 1");
			this.client.fallBehind();
		}
	}

	@Test
	void aRouteThatIsTooLongFailsImmediately() {
		this.client.fallBehind();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.session.pushLatest("r".repeat(256), this::make));
	}

	@Test
	void aStateAboveTheLimitEndsTheSession() {
		this.client.fallBehind();
		for (int i = 0; i < 256; i++) {
			this.client.session.pushLatest("onState", i, this::make);
			this.client.session.pushLatest("onState", i, this::make);
		}
		assertThat(this.client.session.isOpen()).isTrue();
		assertThat(this.client.loopTasks()).as("asked once").isOne();
		this.client.session.pushLatest("onState", "one more", this::make);
		assertThat(this.client.session.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		this.client.finish();
		assertThat(this.made).hasValue(0);
	}

	@Test
	void aClosedSessionCreatesNoState() {
		this.client.fallBehind();
		push();
		this.client.session.close();
		push();
		this.client.finish();
		assertThat(this.made).hasValue(0);
	}

}
