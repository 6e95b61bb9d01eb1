package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.CallOutcome;
import io.nanogame.observe.ServerEvents;

/**
 * Records the times of service calls. The timers of a service are created with its first
 * caller.
 */
final class ServiceTimers implements ServerEvents {

	private final MeterRegistry registry;

	ServiceTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public CallObserver calls(String service) {
		Map<CallOutcome, Timer> timers = new EnumMap<>(CallOutcome.class);
		for (CallOutcome outcome : CallOutcome.values()) {
			timers.put(outcome, timer(service, outcome));
		}
		return (outcome, nanos) -> Objects.requireNonNull(timers.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(String service, CallOutcome outcome) {
		return Timer.builder(NanoMeter.SERVICE_CALLS.getName())
			.description(NanoMeter.SERVICE_CALLS.description())
			.tag(NanoMeter.Tag.SERVICE.asString(), service)
			.tag(NanoMeter.Tag.OUTCOME.asString(), Labels.of(outcome))
			.register(this.registry);
	}

}
