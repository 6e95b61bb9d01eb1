package io.nanogame.game;

import java.util.Arrays;

import io.nanogame.boot.test.NanoTest;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how long a slice takes to start. The time is not asserted, because machines
 * differ.
 */
class SliceStartTests {

	private static final int TIMES = 5;

	@Test
	void aSliceStarts() throws Exception {
		long[] millis = new long[TIMES];
		for (int i = 0; i < TIMES; i++) {
			long begin = System.nanoTime();
			TestContextManager slice = new TestContextManager(Slice.class);
			assertThat(slice.getTestContext().getApplicationContext().getBean(Room.class)).isNotNull();
			millis[i] = (System.nanoTime() - begin) / 1_000_000;
			slice.getTestContext().markApplicationContextDirty(null);
		}
		System.out.println("A slice starts in ms: " + Arrays.toString(millis));
	}

	@NanoTest
	static class Slice {

	}

}
