package io.nanogame.boot.autoconfigure.actuate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.spring.room.RoomObserver;

/**
 * Meters of what rooms do. The kinds are those of the application, so clients cannot
 * create meters.
 */
final class RoomMeters implements RoomObserver {

	private final MeterRegistry registry;

	private final Map<String, OfKind> kinds = new ConcurrentHashMap<>();

	RoomMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void ticked(String kind, long nanos, long skipped, boolean late) {
		OfKind meters = of(kind);
		meters.ticks().record(nanos, TimeUnit.NANOSECONDS);
		if (skipped > 0) {
			meters.skipped().increment(skipped);
		}
		if (late) {
			meters.late().increment();
		}
	}

	@Override
	public void stateSent(String kind, boolean whole, int bytes) {
		(whole ? of(kind).whole() : of(kind).changes()).record(bytes);
	}

	private OfKind of(String kind) {
		OfKind present = this.kinds.get(kind);
		return (present != null) ? present : this.kinds.computeIfAbsent(kind, this::create);
	}

	private OfKind create(String kind) {
		return new OfKind(
				Timer.builder(NanoMeter.ROOM_TICKS.getName())
					.description(NanoMeter.ROOM_TICKS.description())
					.tag(NanoMeter.Tag.KIND.asString(), kind)
					.register(this.registry),
				counter(NanoMeter.ROOM_TICKS_LATE, kind), counter(NanoMeter.ROOM_TICKS_SKIPPED, kind),
				states(kind, "whole"), states(kind, "change"));
	}

	private Counter counter(NanoMeter meter, String kind) {
		return Counter.builder(meter.getName())
			.description(meter.description())
			.tag(NanoMeter.Tag.KIND.asString(), kind)
			.register(this.registry);
	}

	private DistributionSummary states(String kind, String form) {
		return DistributionSummary.builder(NanoMeter.ROOM_STATES.getName())
			.description(NanoMeter.ROOM_STATES.description())
			.baseUnit(NanoMeter.ROOM_STATES.getBaseUnit())
			.tag(NanoMeter.Tag.KIND.asString(), kind)
			.tag(NanoMeter.Tag.FORM.asString(), form)
			.register(this.registry);
	}

	/** The meters of one kind. */
	private record OfKind(Timer ticks, Counter late, Counter skipped, DistributionSummary whole,
			DistributionSummary changes) {
	}

}
