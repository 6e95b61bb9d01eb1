package io.nanogame.benchmarks;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Listeners;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * A room with many messages a second: each message is a push, or those of a window are
 * merged into one.
 */
final class RoomBenchmark {

	private static final int PER_SECOND = 500;

	private static final String CPU = "CPU a delivered message, µs";

	private final Options options;

	private final Consumer<String> progress;

	RoomBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		Table table = new Table(
				"Room of %,d members, %,d messages/s".formatted(this.options.streamMembers(), PER_SECOND),
				"Median of %d rounds (lowest–highest). A message is delivered once to each member."
					.formatted(this.options.rounds()));
		try (Stage single = new Stage("a push for each message", List.of());
				Stage merged = new Stage("merged, 50 ms", List.of("-Dnano.push.merge[onChat]=50ms"))) {
			// The first round warms up the JVMs.
			for (int round = 0; round <= this.options.rounds(); round++) {
				for (Stage stage : List.of(single, merged)) {
					this.progress
						.accept("room: %s, round %d of %d".formatted(stage.name, round, this.options.rounds()));
					stage.turn((round > 0) ? table : new Table("", ""));
				}
			}
		}
		table.addRatio(CPU, "of a push for each");
		return List.of(table);
	}

	/** A server, the sender of the messages, and the members of its room. */
	private final class Stage implements AutoCloseable {

		private final String name;

		private final ServerProcess server;

		private final Clients sender;

		private final Listeners members;

		Stage(String name, List<String> flags) {
			Options options = RoomBenchmark.this.options;
			this.name = name;
			this.server = new ServerProcess(options.javaHome(),
					Stream.of(options.flags(), List.of("-Dbenchmark.count-flushes=true"), flags)
						.flatMap(List::stream)
						.toList(),
					Kind.STARTER);
			this.sender = new Clients(Subject.local(this.server.port()), false);
			this.sender.connect(1);
			this.sender.once(1, "storm.chat", EchoServers.BODY);
			this.members = new Listeners(Subject.local(this.server.port()), options.streamMembers(), "storm.join");
		}

		void turn(Table table) throws InterruptedException {
			Options options = RoomBenchmark.this.options;
			this.sender.beginPaced("storm.chat", EchoServers.BODY, PER_SECOND);
			this.sender.measure(options.time().dividedBy(4));
			Gauges before = this.server.gauges();
			long pushes = this.members.pushes();
			long bytes = this.members.bytes();
			Measure measure = this.sender.measure(options.time());
			pushes = this.members.pushes() - pushes;
			bytes = this.members.bytes() - bytes;
			Gauges after = this.server.gauges();
			this.sender.end();
			double deliveries = (double) measure.responses() * options.streamMembers();
			table.add(this.name, CPU, (after.cpuNanos() - before.cpuNanos()) / 1000 / deliveries);
			table.add(this.name, "bytes a delivered message", bytes / deliveries);
			table.add(this.name, "pushes a delivered message", pushes / deliveries);
			table.add(this.name, "system calls to write one", (after.flushes() - before.flushes()) / deliveries);
			table.add(this.name, "server's CPU, cores",
					(after.cpuNanos() - before.cpuNanos()) / 1e9 / measure.seconds());
			table.add(this.name, "messages/s", measure.perSecond());
		}

		@Override
		public void close() {
			this.members.close();
			this.sender.close();
			this.server.close();
		}

	}

}
