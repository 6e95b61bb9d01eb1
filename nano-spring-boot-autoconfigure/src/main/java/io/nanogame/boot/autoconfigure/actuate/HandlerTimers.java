package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.route.HandlerObserver;
import io.nanogame.route.Outcome;

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
		return (outcome, nanos) -> Objects.requireNonNull(timers.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(String route, Outcome outcome) {
		return Timer.builder(NanoMeter.HANDLER.getName())
			.description(NanoMeter.HANDLER.description())
			.tag(NanoMeter.Tag.ROUTE.asString(), route)
			.tag(NanoMeter.Tag.OUTCOME.asString(), Words.of(outcome))
			.register(this.registry);
	}

}
