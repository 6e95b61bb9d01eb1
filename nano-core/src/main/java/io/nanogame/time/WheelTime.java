package io.nanogame.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The system's clock, with a timer wheel. */
final class WheelTime extends HashedWheelTimer implements TimeSource {

	private static final int TICKS = 512;

	/**
	 * Leak detection is off, because a timer without timeouts has no thread to release.
	 */
	WheelTime(Duration precision) {
		super(new DefaultThreadFactory("nano-timer", true), precision.toNanos(), TimeUnit.NANOSECONDS, TICKS, false);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public long currentTimeMillis() {
		return System.currentTimeMillis();
	}

}
