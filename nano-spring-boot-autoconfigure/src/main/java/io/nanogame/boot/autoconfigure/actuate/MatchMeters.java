package io.nanogame.boot.autoconfigure.actuate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.nanogame.spring.match.GameMatches;
import io.nanogame.spring.match.MatchObserver;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of the matchmaker. The queues are those of the application, so clients cannot
 * create meters.
 */
final class MatchMeters implements MatchObserver {

	private final MeterRegistry registry;

	/** Requested later, because the matchmaker reports to this. */
	private final ObjectProvider<GameMatches> matches;

	/** The gauges by queue, which another node may have. */
	private final Map<String, Gauge> tickets = new ConcurrentHashMap<>();

	MatchMeters(MeterRegistry registry, ObjectProvider<GameMatches> matches) {
		this.registry = registry;
		this.matches = matches;
	}

	@Override
	public void waits(String queue) {
		if (!this.tickets.containsKey(queue)) {
			this.tickets.computeIfAbsent(queue, this::gauge);
		}
	}

	private Gauge gauge(String queue) {
		return Gauge.builder(NanoMeter.MATCH_TICKETS.getName(), this.matches, (found) -> waiting(found, queue))
			.description(NanoMeter.MATCH_TICKETS.description())
			.baseUnit(NanoMeter.MATCH_TICKETS.getBaseUnit())
			.tags(tags(queue))
			.register(this.registry);
	}

	private static int waiting(ObjectProvider<GameMatches> matches, String queue) {
		return matches.getObject().waiting(queue);
	}

	@Override
	public void matched(String queue, long waitedMillis) {
		Timer.builder(NanoMeter.MATCH_WAIT.getName())
			.description(NanoMeter.MATCH_WAIT.description())
			.tags(tags(queue))
			.register(this.registry)
			.record(waitedMillis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void ended(String queue, String reason) {
		count(NanoMeter.MATCH_ENDED, tags(queue).and(NanoMeter.Tag.REASON.asString(), reason));
	}

	@Override
	public void made(String queue) {
		count(NanoMeter.MATCHES, tags(queue));
	}

	private void count(NanoMeter meter, Tags tags) {
		Counter.builder(meter.getName())
			.description(meter.description())
			.tags(tags)
			.register(this.registry)
			.increment();
	}

	private static Tags tags(String queue) {
		return Tags.of(NanoMeter.Tag.QUEUE.asString(), queue);
	}

}
