package io.nanogame.cli.bots;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Report.StepResult;
import org.jspecify.annotations.Nullable;

/** The measurements of one run. */
final class Measurements {

	/** The first step of every player. */
	static final String CONNECT = "connect";

	private final Map<String, StepMeasurement> steps = new LinkedHashMap<>();

	private final ConnectionMeasurement connections = new ConnectionMeasurement();

	private volatile boolean ended;

	private long succeeded;

	private long failed;

	Measurements(Scenario scenario) {
		Set<@Nullable String> due = (scenario.every() != null)
				? scenario.round().stream().map(Step::name).collect(Collectors.toSet()) : Set.of();
		this.steps.put(CONNECT, new StepMeasurement(CONNECT, true, false));
		scenario.steps().forEach((step) -> {
			String name = step.name();
			if (name != null) {
				this.steps.computeIfAbsent(name,
						(key) -> new StepMeasurement(key, !(step instanceof Step.Notify), due.contains(key)));
			}
		});
	}

	/** Returns the measurement of a named step. */
	StepMeasurement step(Step step) {
		StepMeasurement measurement = this.steps.get(step.name());
		if (measurement == null) {
			throw new IllegalArgumentException("Not a step of this scenario: " + step);
		}
		return measurement;
	}

	StepMeasurement connect() {
		return this.steps.values().iterator().next();
	}

	ConnectionMeasurement connections() {
		return this.connections;
	}

	/** Marks the end of the run: connections that close from now on are not losses. */
	void end() {
		this.ended = true;
	}

	boolean hasEnded() {
		return this.ended;
	}

	/** Returns the changes since the last sample. Called by one thread at a time. */
	Sample sample(int second) {
		Map<String, Double> p99 = new TreeMap<>();
		long succeededNow = 0;
		long failedNow = 0;
		for (StepMeasurement step : this.steps.values()) {
			Double millis = step.sample();
			if (millis != null) {
				p99.put(step.name(), millis);
			}
			succeededNow += step.successes();
			failedNow += step.failures();
		}
		Sample sample = new Sample(second, this.connections.connected(), succeededNow - this.succeeded,
				failedNow - this.failed, p99);
		this.succeeded = succeededNow;
		this.failed = failedNow;
		return sample;
	}

	List<StepResult> results() {
		return this.steps.values().stream().map(StepMeasurement::result).toList();
	}

}
