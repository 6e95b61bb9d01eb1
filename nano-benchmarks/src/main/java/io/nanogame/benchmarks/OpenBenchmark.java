package io.nanogame.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;

/**
 * An open loop: requests are sent at a fixed rate, as by players that do not wait for
 * each other. Their latency counts from when they were due, so a stall of the server is
 * not hidden (coordinated omission).
 */
final class OpenBenchmark {

	private final Options options;

	private final Consumer<String> progress;

	OpenBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		List<Table> tables = new ArrayList<>();
		try (EchoServers servers = new EchoServers(this.options)) {
			servers.connect(this.options.clients(), (what) -> this.progress.accept("open: " + what));
			for (int rate : this.options.rates()) {
				tables.add(measure(servers.subjects(), rate));
			}
		}
		return tables;
	}

	private Table measure(List<Subject> subjects, int rate) throws InterruptedException {
		Table table = new Table("Open loop, %,d requests/s of %,d clients".formatted(rate, this.options.clients()),
				"Median of %d rounds (lowest–highest). Latency from when a request was due."
					.formatted(this.options.rounds()));
		// The first round warms up the JVMs.
		for (int round = 0; round <= this.options.rounds(); round++) {
			for (Subject subject : subjects) {
				this.progress.accept("open: %,d requests/s, round %d of %d, %s".formatted(rate, round,
						this.options.rounds(), subject.name()));
				turn(subject, rate, (round > 0) ? table : new Table("", ""));
			}
		}
		table.addRatio(EchoBenchmark.CPU, "of bare Netty");
		return table;
	}

	private void turn(Subject subject, int rate, Table table) throws InterruptedException {
		Clients clients = subject.clients();
		clients.beginPaced(subject.route(), EchoServers.BODY, rate);
		clients.measure(this.options.time().dividedBy(4));
		Gauges before = subject.gauges().get();
		Measure measure = clients.measure(this.options.time());
		Gauges after = subject.gauges().get();
		clients.end();
		table.add(subject.name(), EchoBenchmark.CPU,
				(after.cpuNanos() - before.cpuNanos()) / 1000.0 / measure.responses());
		measure.addLatencies(table, subject.name());
	}

}
