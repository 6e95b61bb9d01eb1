package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionTimer;
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
			timers.put(outcome, timer(route, outcome));
		}
		Waiting waiting = new Waiting(new LongAdder(), new LongAdder());
		FunctionTimer
			.builder(NanoMeter.HANDLER_WAIT.getName(), waiting, Waiting::count, Waiting::nanos, TimeUnit.NANOSECONDS)
			.description(NanoMeter.HANDLER_WAIT.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route)
			.register(this.registry);
		return new TimedRoute(waiting, timers);
	}

	private Timer timer(String route, Outcome outcome) {
		return Timer.builder(NanoMeter.HANDLER.getName())
			.description(NanoMeter.HANDLER.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route)
			.tag(NanoMeter.Tag.OUTCOME.asString(), Words.of(outcome))
			.register(this.registry);
	}

	/**
	 * What messages of a route have waited. A timer would ask the clock once more for
	 * each message, only for its maximum.
	 *
	 * @param messages how many
	 * @param waited in nanoseconds
	 */
	private record Waiting(LongAdder messages, LongAdder waited) {

		void add(long nanos) {
			this.messages.increment();
			this.waited.add(nanos);
		}

		long count() {
			return this.messages.sum();
		}

		double nanos() {
			return this.waited.sum();
		}

	}

	/**
	 * The timers of one route.
	 *
	 * @param waiting of messages
	 * @param handled by how it ended
	 */
	private record TimedRoute(Waiting waiting, Map<Outcome, Timer> handled) implements HandlerObserver {

		@Override
		public void waited(long nanos) {
			this.waiting.add(nanos);
		}

		@Override
		public void handled(Outcome outcome, long nanos) {
			Objects.requireNonNull(this.handled.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
		}

	}

}
