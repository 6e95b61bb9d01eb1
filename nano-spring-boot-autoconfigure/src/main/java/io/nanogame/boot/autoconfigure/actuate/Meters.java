package io.nanogame.boot.autoconfigure.actuate;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Registers the meters that {@link NanoMeter} describes. They read the counts when they
 * are queried.
 */
record Meters(MeterRegistry registry) {

	<T> void gauge(NanoMeter meter, Tags tags, T source, ToDoubleFunction<T> value) {
		Gauge.builder(meter.getName(), source, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(meter.description())
			.register(this.registry);
	}

	<T> void counter(NanoMeter meter, Tags tags, T source, ToDoubleFunction<T> value) {
		FunctionCounter.builder(meter.getName(), source, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(meter.description())
			.register(this.registry);
	}

}
