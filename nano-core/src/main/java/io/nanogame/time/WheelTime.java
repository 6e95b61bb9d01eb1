package io.nanogame.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Time that passes by itself. */
final class WheelTime extends HashedWheelTimer implements TimeSource {

	private static final int TICKS = 512;

	/** Without timers it has no thread, so there is nothing to be released. */
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
