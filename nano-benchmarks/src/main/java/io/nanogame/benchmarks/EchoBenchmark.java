package io.nanogame.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;

/**
 * A closed loop: each client sends its next request when it has received a response.
 * Subjects take turns, so that other load on the machine affects all of them.
 */
final class EchoBenchmark {

	static final String CPU = "CPU a request, µs";

	static final String ALLOCATED = "allocated a request, B";

	private final Options options;

	private final Consumer<String> progress;

	EchoBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		List<Table> tables = new ArrayList<>();
		try (EchoServers servers = new EchoServers(this.options)) {
			servers.connect(this.options.clients(), (what) -> this.progress.accept("echo: " + what));
			for (int inFlight : new int[] { 1, 16 }) {
				tables.add(measure(servers.subjects(), inFlight));
			}
		}
		return tables;
	}

	private Table measure(List<Subject> subjects, int inFlight) throws InterruptedException {
		Table table = new Table("Echo, %d in flight, %,d clients".formatted(inFlight, this.options.clients()),
				"Median of %d rounds (lowest–highest). Over TCP unless stated otherwise."
					.formatted(this.options.rounds()));
		// The first round warms up the JVMs.
		for (int round = 0; round <= this.options.rounds(); round++) {
			for (Subject subject : subjects) {
				this.progress.accept("echo: %d in flight, round %d of %d, %s".formatted(inFlight, round,
						this.options.rounds(), subject.name()));
				turn(subject, inFlight, (round > 0) ? table : new Table("", ""));
			}
		}
		table.addRatio(CPU, "of bare Netty");
		for (Subject subject : subjects) {
			if (subject.name().endsWith(EchoServers.RESUMABLE)) {
				table.addRatio(CPU, "of not resumable", subject.name(),
						subject.name().replace(EchoServers.RESUMABLE, ""));
			}
		}
		return table;
	}

	private void turn(Subject subject, int inFlight, Table table) throws InterruptedException {
		Clients clients = subject.clients();
		clients.begin(subject.route(), EchoServers.BODY, inFlight);
		clients.measure(this.options.time().dividedBy(4));
		Gauges before = subject.gauges().get();
		Measure measure = clients.measure(this.options.time());
		Gauges after = subject.gauges().get();
		clients.end();
		table.add(subject.name(), CPU, (after.cpuNanos() - before.cpuNanos()) / 1000.0 / measure.responses());
		table.add(subject.name(), "requests/s", measure.perSecond());
		measure.addLatencies(table, subject.name());
		if (after.allocatedBytes() > 0) {
			table.add(subject.name(), ALLOCATED,
					(double) (after.allocatedBytes() - before.allocatedBytes()) / measure.responses());
		}
	}

}
