package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.Outcome;
import io.nanogame.observe.ServerEvents;
import io.nanogame.session.Session;

/**
 * Records the times of handlers. The timers of a route are created at startup, because a
 * lookup for each message costs several times as much as recording.
 */
final class HandlerTimers implements ServerEvents {

	private final MeterRegistry registry;

	HandlerTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public HandlerObserver handler(String route) {
		Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			timers.put(outcome, timer(route, outcome));
		}
		TimedRoute timed = new TimedRoute(new LongAdder(), timers);
		FunctionTimer
			.builder(NanoMeter.HANDLER_WAIT.getName(), timed, TimedRoute::count, TimedRoute::waitedNanos,
					TimeUnit.NANOSECONDS)
			.description(NanoMeter.HANDLER_WAIT.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route)
			.register(this.registry);
		return timed;
	}

	private Timer timer(String route, Outcome outcome) {
		return Timer.builder(NanoMeter.HANDLER.getName())
			.description(NanoMeter.HANDLER.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route)
			.tag(NanoMeter.Tag.OUTCOME.asString(), Labels.of(outcome))
			.register(this.registry);
	}

	/**
	 * The timers of one route. Each message that has waited ends exactly once, so the
	 * count of waits is derived from the ends: a separate timer would read the clock once
	 * more for its maximum.
	 *
	 * @param waited the waits of all messages, in nanoseconds
	 * @param handled the timers by outcome
	 */
	private record TimedRoute(LongAdder waited, Map<Outcome, Timer> handled) implements HandlerObserver {

		@Override
		public void waited(Session session, long nanos) {
			this.waited.add(nanos);
		}

		long count() {
			return this.handled.values().stream().mapToLong(Timer::count).sum();
		}

		double waitedNanos() {
			return this.waited.sum();
		}

		@Override
		public void handled(Session session, Outcome outcome, long nanos) {
			Objects.requireNonNull(this.handled.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
		}

	}

}
