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
 * Broadcasts to a group at a fixed rate: a low rate with and without a member that does
 * not read, and a high rate with and without a merge window. Latency is measured at a few
 * members; the pushes of the others are only counted.
 */
final class StreamBenchmark {

	private static final int FEW = 100;

	private static final int MANY = 1000;

	private static final int BODY_LENGTH = 64;

	/** The maximum number of members at which latency is measured. */
	private static final int CLOCKED = 20;

	/** Flags: the server keeps 1 MB for a member and drops further pushes. */
	private static final List<String> HIGH_WATER_MARK = List.of("-Dnano.push.high-water-mark=1MB",
			"-Dnano.push.policies.[onBroadcast]=drop");

	/** In bytes. Several pieces fit below the high-water mark. */
	private static final int PIECE_LENGTH = 16 * 1024;

	private static final int PIECES_PER_ROUND = 32;

	private static final int MAX_FILL_ROUNDS = 50;

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
		try (Stage plain = new Stage(PLAIN, HIGH_WATER_MARK, false);
				Stage stuck = new Stage("one more member, stuck", HIGH_WATER_MARK, true);
				Stage merged = new Stage("merge window of 5 ms",
						Stream.concat(HIGH_WATER_MARK.stream(), Stream.of("-Dnano.push.merge-window=5ms")).toList(),
						false)) {
			return List.of(stream(FEW, plain, stuck), stream(MANY, plain, merged));
		}
	}

	private Table stream(int perSecond, Stage... stages) throws InterruptedException {
		Table table = new Table(
				"Stream of %,d broadcasts/s to %,d members".formatted(perSecond, this.options.streamMembers()),
				"Median of %d rounds (lowest–highest). Latency from when a broadcast was due to %d members that read."
					.formatted(this.options.rounds(), stages[0].clocked));
		// The first round warms up the JVMs.
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

		/** Sends until the buffers of the system and the server are full. */
		private void fill() {
			for (int i = 0; i < MAX_FILL_ROUNDS; i++) {
				long before = this.server.gauges().droppedPushes();
				for (int j = 0; j < PIECES_PER_ROUND; j++) {
					this.clients.once(1, "storm.broadcast", new byte[PIECE_LENGTH]);
				}
				if (this.server.gauges().droppedPushes() - before == PIECES_PER_ROUND) {
					return;
				}
			}
			throw new IllegalStateException("The stuck member is not stuck: the server dropped too few pushes");
		}

		void turn(int perSecond, Table table) throws InterruptedException {
			this.clients.beginStamped("storm.broadcast", BODY_LENGTH, perSecond);
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
		 * Waits until the server has handled its backlog, which would disturb the next
		 * stage.
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
