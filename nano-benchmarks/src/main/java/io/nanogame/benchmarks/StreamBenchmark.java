package io.nanogame.benchmarks;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Listeners;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.load.StuckClient;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts to a group, evenly: few, with a member that does not read and without; and
 * many, with a merge window and without. A few members are asked when their pushes came,
 * the others are counted.
 */
final class StreamBenchmark {

	private static final int FEW = 100;

	private static final int MANY = 1000;

	private static final int BODY_LENGTH = 64;

	/** How many members at most tell when a push came. */
	private static final int CLOCKED = 20;

	/** What the server may keep for a member, and that it drops the rest. */
	private static final List<String> PATIENCE = List.of("-Dnano.push.high-water-mark=1MB",
			"-Dnano.push.policies.[onTold]=drop");

	/** What a member is filled with: less than the server keeps, several times. */
	private static final int PIECE_LENGTH = 16 * 1024;

	private static final int PIECES = 32;

	private static final int HELPINGS = 50;

	private static final long QUIET_MILLIS = 200;

	private static final String CPU = "CPU a delivery, µs";

	private static final String PLAIN = "as it is";

	private final Options options;

	private final Consumer<String> progress;

	StreamBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		try (Stage plain = new Stage(PLAIN, PATIENCE, false);
				Stage stuck = new Stage("one more member, stuck", PATIENCE, true);
				Stage merged = new Stage("merge window of 5 ms",
						Stream.concat(PATIENCE.stream(), Stream.of("-Dnano.push.merge-window=5ms")).toList(), false)) {
			return List.of(stream(FEW, plain, stuck), stream(MANY, plain, merged));
		}
	}

	private Table stream(int perSecond, Stage... stages) throws InterruptedException {
		Table table = new Table(
				"Stream of %,d broadcasts/s to %,d members".formatted(perSecond, this.options.streamMembers()),
				"Median of %d rounds (lowest–highest). Latency from when a broadcast was due to %d members that read."
					.formatted(this.options.rounds(), stages[0].clocked));
		// The first round is for the compilers.
		for (int round = 0; round <= this.options.rounds(); round++) {
			for (Stage stage : stages) {
				this.progress.accept("stream: %,d/s %s, round %d of %d".formatted(perSecond, stage.name, round,
						this.options.rounds()));
				stage.turn(perSecond, (round > 0) ? table : new Table("", ""));
			}
		}
		table.addRatio(CPU, "of as it is");
		return table;
	}

	/** A server and the members of its group. */
	private final class Stage implements AutoCloseable {

		private final String name;

		private final ServerProcess server;

		private final int clocked;

		private final Clients clients;

		private final Listeners listeners;

		private final @Nullable StuckClient stuck;

		Stage(String name, List<String> flags, boolean stuck) {
			Options options = StreamBenchmark.this.options;
			this.name = name;
			this.server = new ServerProcess(options.javaHome(),
					Stream.of(options.flags(), List.of("-Dbenchmark.count-flushes=true"), flags)
						.flatMap(List::stream)
						.toList(),
					Kind.STARTER);
			this.clocked = Math.min(CLOCKED, options.streamMembers() / 2);
			this.clients = new Clients(Subject.local(this.server.port()), false);
			this.clients.connect(this.clocked);
			this.stuck = stuck ? new StuckClient(Subject.local(this.server.port()), "storm.join") : null;
			if (stuck) {
				fill();
			}
			this.clients.once(this.clocked, "storm.join", new byte[] { '{', '}' });
			this.listeners = new Listeners(Subject.local(this.server.port()), options.streamMembers() - this.clocked,
					"storm.join");
		}

		/** Until neither the system nor the server has room for anything more. */
		private void fill() {
			for (int i = 0; i < HELPINGS; i++) {
				long before = this.server.gauges().droppedPushes();
				for (int j = 0; j < PIECES; j++) {
					this.clients.once(1, "storm.tell", new byte[PIECE_LENGTH]);
				}
				if (this.server.gauges().droppedPushes() - before == PIECES) {
					return;
				}
			}
			throw new IllegalStateException("The stuck member is not stuck: whatever it is sent finds room");
		}

		void turn(int perSecond, Table table) throws InterruptedException {
			this.clients.beginStamped("storm.tell", BODY_LENGTH, perSecond);
			this.clients.measure(StreamBenchmark.this.options.time().dividedBy(4));
			Gauges before = this.server.gauges();
			long counted = this.listeners.pushes();
			Measure measure = this.clients.measure(StreamBenchmark.this.options.time());
			double deliveries = measure.nanos().getTotalCount() + this.listeners.pushes() - counted;
			Gauges after = this.server.gauges();
			this.clients.end();
			awaitQuiet();
			long dropped = after.droppedPushes() - before.droppedPushes();
			if (this.stuck != null && dropped == 0) {
				throw new IllegalStateException("The stuck member is not stuck: the server dropped nothing");
			}
			table.add(this.name, CPU, (after.cpuNanos() - before.cpuNanos()) / 1000 / deliveries);
			table.add(this.name, "system calls to write a delivery", (after.flushes() - before.flushes()) / deliveries);
			table.add(this.name, "deliveries/s", deliveries / measure.seconds());
			table.add(this.name, "server's CPU, cores",
					(after.cpuNanos() - before.cpuNanos()) / 1e9 / measure.seconds());
			table.add(this.name, "dropped/s", dropped / measure.seconds());
			measure.addLatencies(table, this.name);
		}

		/**
		 * A server that was told more than it can do is behind, and would disturb the
		 * next one.
		 */
		private void awaitQuiet() throws InterruptedException {
			long before;
			do {
				before = this.listeners.pushes();
				Thread.sleep(QUIET_MILLIS);
			}
			while (this.listeners.pushes() > before);
		}

		@Override
		public void close() {
			if (this.stuck != null) {
				this.stuck.close();
			}
			this.listeners.close();
			this.clients.close();
			this.server.close();
		}

	}

}
