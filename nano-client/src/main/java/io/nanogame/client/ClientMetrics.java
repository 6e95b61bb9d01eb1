package io.nanogame.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Micrometer meters of clients. One instance serves any number of clients.
 * <ul>
 * <li>{@code nano.client.requests}: a timer with the tags {@code route} and
 * {@code outcome}, which is {@code success}, {@code error}, {@code timeout},
 * {@code cancelled} or {@code failure}</li>
 * <li>{@code nano.client.connections}: a gauge of the connected clients</li>
 * </ul>
 * Thread-safe.
 */
public final class ClientMetrics {

	private final MeterRegistry registry;

	private final AtomicInteger connections;

	private final Map<String, Map<String, Timer>> requests = new ConcurrentHashMap<>();

	/**
	 * Registers the meters.
	 * @param registry receives the meters
	 */
	public ClientMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.connections = registry.gauge("nano.client.connections", new AtomicInteger());
	}

	void opened() {
		this.connections.incrementAndGet();
	}

	void closed() {
		this.connections.decrementAndGet();
	}

	void requestEnded(String route, String outcome, long nanos) {
		this.requests.computeIfAbsent(route, (key) -> new ConcurrentHashMap<>())
			.computeIfAbsent(outcome, (key) -> timer(route, outcome))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(String route, String outcome) {
		return this.registry.timer("nano.client.requests", "route", route, "outcome", outcome);
	}

}
