package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TickerTests {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime(() -> {
	});

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void aTaskIsRepeatedUntilTheTickerIsClosed() {
		Ticker ticker = new Ticker(this.time, Runnable::run);
		ticker.every(PAUSE, this.runs::incrementAndGet);
		this.time.advance(PAUSE.multipliedBy(3));
		ticker.close();
		this.time.advance(PAUSE.multipliedBy(3));
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void aTaskThatFailsIsRepeated() {
		new Ticker(this.time, Runnable::run).every(PAUSE, () -> {
			this.runs.incrementAndGet();
			throw new StackOverflowError("planted");
		});
		this.time.advance(PAUSE.multipliedBy(3));
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void tasksEndWithTheirThreads() {
		Ticker ticker = new Ticker(this.time, (task) -> {
			throw new RejectedExecutionException("the threads have ended");
		});
		ticker.every(PAUSE, this.runs::incrementAndGet);
		this.time.advance(PAUSE.multipliedBy(3));
		assertThatNoException().isThrownBy(() -> ticker.execute(this.runs::incrementAndGet));
		assertThat(this.runs).hasValue(0);
	}

}
