package io.nanogame.benchmarks;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.load.StuckClient;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A thousand broadcasts a second, evenly: as they are, with a merge window, and with a
 * member that does not read.
 */
final class StreamBenchmark {

	private static final int PER_SECOND = 1000;

	private static final int BODY_LENGTH = 64;

	private static final String CPU = "CPU a delivery, µs";

	private final Options options;

	private final Consumer<String> progress;

	StreamBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	Table run() throws InterruptedException {
		Table table = new Table(
				"Stream of %,d broadcasts/s to %,d members".formatted(PER_SECOND, this.options.streamMembers()),
				"Median of %d rounds (lowest–highest). Latency from when a broadcast was due to each member that reads."
					.formatted(this.options.rounds()));
		try (Stage plain = new Stage("as it is", List.of(), false);
				Stage merged = new Stage("merge window of 5 ms", List.of("-Dnano.push.merge-window=5ms"), false);
				Stage stuck = new Stage("one more member, stuck", List.of(), true)) {
			// The first round is for the compilers.
			for (int round = 0; round <= this.options.rounds(); round++) {
				for (Stage stage : List.of(plain, merged, stuck)) {
					this.progress
						.accept("stream: %s, round %d of %d".formatted(stage.name, round, this.options.rounds()));
					stage.turn((round > 0) ? table : new Table("", ""));
				}
			}
		}
		table.addRatio(CPU, "of as it is");
		return table;
	}

	/** A server and the members of its group. */
	private final class Stage implements AutoCloseable {

		private final String name;

		private final ServerProcess server;

		private final Clients clients;

		private final @Nullable StuckClient stuck;

		Stage(String name, List<String> flags, boolean stuck) {
			Options options = StreamBenchmark.this.options;
			this.name = name;
			this.server = new ServerProcess(options.javaHome(),
					Stream.of(options.flags(), List.of("-Dbenchmark.count-flushes=true"), flags)
						.flatMap(List::stream)
						.toList(),
					Kind.STARTER);
			this.clients = new Clients(Subject.local(this.server.port()), false);
			this.clients.connect(options.streamMembers());
			this.clients.once(options.streamMembers(), "storm.join", new byte[] { '{', '}' });
			this.stuck = stuck ? new StuckClient(Subject.local(this.server.port()), "storm.join") : null;
		}

		void turn(Table table) throws InterruptedException {
			this.clients.beginStamped("storm.tell", BODY_LENGTH, PER_SECOND);
			this.clients.measure(StreamBenchmark.this.options.time().dividedBy(4));
			Gauges before = this.server.gauges();
			Measure measure = this.clients.measure(StreamBenchmark.this.options.time());
			Gauges after = this.server.gauges();
			this.clients.end();
			double deliveries = measure.nanos().getTotalCount();
			table.add(this.name, CPU, (after.cpuNanos() - before.cpuNanos()) / 1000 / deliveries);
			table.add(this.name, "system calls to write a delivery", (after.flushes() - before.flushes()) / deliveries);
			table.add(this.name, "deliveries/s", deliveries / measure.seconds());
			measure.addLatencies(table, this.name);
		}

		@Override
		public void close() {
			if (this.stuck != null) {
				this.stuck.close();
			}
			this.clients.close();
			this.server.close();
		}

	}

}
