package io.nanogame.boot.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.observe.ServerEvents;
import io.nanogame.session.Session;

/**
 * Records how long the clients of resumed sessions were away.
 */
final class ResumeTimer implements ServerEvents {

	private final Timer away;

	ResumeTimer(MeterRegistry registry) {
		this.away = Timer.builder(NanoMeter.RESUME_AWAY.getName())
			.description(NanoMeter.RESUME_AWAY.description())
			.register(registry);
	}

	@Override
	public void sessionResumed(Session session, long awayNanos, int resent) {
		this.away.record(awayNanos, TimeUnit.NANOSECONDS);
	}

}
