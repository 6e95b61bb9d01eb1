package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Measures the cost of a request for growing numbers of connections, groups or routes. A
 * hundred clients send requests, each one at a time.
 */
final class ScaleBenchmark {

	private static final int BUSY = 100;

	private final Options options;

	private final Consumer<String> progress;

	ScaleBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		return List.of(measure("connections", this::connections), measure("groups", this::groups),
				measure("routes", this::routes));
	}

	/** All but a hundred connections are idle. */
	private Stage connections(int count) {
		Stage stage = new Stage("%,d connections".formatted(count), "echo.raw", EchoServers.BODY, List.of());
		if (count > BUSY) {
			stage.idle.connect(count - BUSY);
		}
		return stage;
	}

	/** Each request broadcasts to one group, with four members. */
	private Stage groups(int count) {
		Stage stage = new Stage("%,d groups".formatted(count), "groups.broadcast",
				json("{\"name\":\"group%d\"}", count / 2), List.of());
		stage.busy.once(BUSY, "groups.join", json("{\"groups\":%d}", count));
		return stage;
	}

	private Stage routes(int count) {
		return new Stage("%,d routes".formatted(count), "many.route" + count / 2, EchoServers.BODY,
				List.of("-Dbenchmark.routes=" + count));
	}

	private static byte[] json(String format, int number) {
		return format.formatted(number).getBytes(StandardCharsets.UTF_8);
	}

	private Table measure(String what, IntFunction<Stage> start) throws InterruptedException {
		Table table = new Table("Cost of a request by the number of " + what,
				"Median of %d rounds (lowest–highest). %d clients send requests, each one at a time."
					.formatted(this.options.rounds(), BUSY));
		List<Stage> stages = new ArrayList<>();
		try {
			for (int count : this.options.scale()) {
				this.progress.accept("scale: %,d %s".formatted(count, what));
				stages.add(start.apply(count));
			}
			// The first round warms up the JVMs.
			for (int round = 0; round <= this.options.rounds(); round++) {
				for (Stage stage : stages) {
					this.progress
						.accept("scale: %s, round %d of %d".formatted(stage.name, round, this.options.rounds()));
					stage.turn((round > 0) ? table : new Table("", ""));
				}
			}
		}
		finally {
			stages.forEach(Stage::close);
		}
		table.addRatio(EchoBenchmark.CPU, "of the fewest");
		return table;
	}

	/** A server with its clients. */
	private final class Stage implements AutoCloseable {

		private final String name;

		private final String route;

		private final byte[] body;

		private final ServerProcess server;

		private final Clients busy;

		private final Clients idle;

		Stage(String name, String route, byte[] body, List<String> flags) {
			Options options = ScaleBenchmark.this.options;
			this.name = name;
			this.route = route;
			this.body = body;
			this.server = new ServerProcess(options.javaHome(),
					Stream.concat(options.flags().stream(), flags.stream()).toList(), Kind.STARTER);
			this.busy = new Clients(Subject.local(this.server.port()), false);
			this.idle = new Clients(Subject.local(this.server.port()), false);
			this.busy.connect(BUSY);
		}

		void turn(Table table) throws InterruptedException {
			this.busy.begin(this.route, this.body, 1);
			this.busy.measure(ScaleBenchmark.this.options.time().dividedBy(4));
			Gauges before = this.server.gauges();
			Measure measure = this.busy.measure(ScaleBenchmark.this.options.time());
			Gauges after = this.server.gauges();
			this.busy.end();
			table.add(this.name, EchoBenchmark.CPU,
					(after.cpuNanos() - before.cpuNanos()) / 1000.0 / measure.responses());
			table.add(this.name, "requests/s", measure.perSecond());
			measure.addLatencies(table, this.name);
			table.add(this.name, EchoBenchmark.ALLOCATED,
					(double) (after.allocatedBytes() - before.allocatedBytes()) / measure.responses());
		}

		@Override
		public void close() {
			this.idle.close();
			this.busy.close();
			this.server.close();
		}

	}

}
