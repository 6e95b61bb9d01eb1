package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.route.HandlerObserver;
import io.nanogame.route.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Times the handlers. A route's timers are made at startup, because finding one for each
 * message costs several times what it takes to record.
 */
final class HandlerTimers implements HandlerObserver.Factory {

	private final MeterRegistry registry;

	HandlerTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public HandlerObserver create(String route) {
		Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			timers.put(outcome, timer(NanoMeter.HANDLER, route, outcome));
		}
		return new TimedRoute(timer(NanoMeter.HANDLER_WAIT, route, null), timers);
	}

	private Timer timer(NanoMeter meter, String route, @Nullable Outcome outcome) {
		Timer.Builder timer = Timer.builder(meter.getName())
			.description(meter.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route);
		if (outcome != null) {
			timer.tag(NanoMeter.Tag.OUTCOME.asString(), Words.of(outcome));
		}
		return timer.register(this.registry);
	}

	/**
	 * The timers of one route.
	 *
	 * @param waiting of messages
	 * @param handled by how it ended
	 */
	private record TimedRoute(Timer waiting, Map<Outcome, Timer> handled) implements HandlerObserver {

		@Override
		public void waited(long nanos) {
			this.waiting.record(nanos, TimeUnit.NANOSECONDS);
		}

		@Override
		public void handled(Outcome outcome, long nanos) {
			Objects.requireNonNull(this.handled.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
		}

	}

}
