package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.ClusterProcesses;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Measures broadcasts from a backend to a group with members on two gates, compared with
 * the same group on one node.
 */
final class FanOutBenchmark {

	private static final int MESSAGES = 20;

	private static final byte[] STORM = "{\"messages\":%d,\"broadcast\":true}".formatted(MESSAGES)
		.getBytes(StandardCharsets.UTF_8);

	private static final int GATES = 2;

	private static final long QUIET_MILLIS = 250;

	/** A tenth of a core. */
	private static final long IDLE_NANOS_PER_MILLI = 100_000;

	private final Options options;

	private final Consumer<String> progress;

	FanOutBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		List<Table> tables = new ArrayList<>();
		for (int members : this.options.members()) {
			tables.add(measure(members));
		}
		return tables;
	}

	private Table measure(int members) throws InterruptedException {
		Table table = new Table("Fan-out of %d messages to %,d members".formatted(MESSAGES, members),
				"Median of %d rounds (lowest–highest). CPU time of all processes except the clients."
					.formatted(this.options.rounds()));
		try (ServerProcess alone = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
				ClusterProcesses cluster = new ClusterProcesses(this.options.javaHome(), this.options.flags(), GATES)) {
			List<Stage> stages = List.of(
					new Stage("one node", List.of(alone.port()), () -> alone.gauges().cpuNanos(), () -> 0),
					new Stage("two gates and a backend", cluster.ports(), () -> sum(cluster.cpuNanos()),
							cluster::groupMessages));
			// The first round warms up the JVMs.
			for (int round = 0; round <= this.options.rounds(); round++) {
				for (Stage stage : stages) {
					this.progress.accept("cluster: %,d members, round %d of %d, %s".formatted(members, round,
							this.options.rounds(), stage.name));
					turn(stage, members, (round > 0) ? table : new Table("", ""));
				}
			}
		}
		table.addRatio("deliveries a CPU second", "times");
		return table;
	}

	private static Clients members(int port, int count) {
		Clients clients = new Clients(Subject.local(port), false);
		clients.connect(count);
		clients.once(count, "storm.join", new byte[] { '{', '}' });
		return clients;
	}

	private static long sum(Map<String, Long> nanos) {
		return nanos.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Connects its own members, because a process cannot hold the connections of all
	 * stages.
	 */
	private void turn(Stage stage, int members, Table table) throws InterruptedException {
		List<Clients> all = stage.ports.stream().map((port) -> members(port, members / stage.ports.size())).toList();
		storm(all);
		measure(stage, all, members, table);
		all.forEach(Clients::close);
		stage.awaitQuiet();
	}

	private void measure(Stage stage, List<Clients> all, int members, Table table) {
		long storms = 0;
		long messages = stage.groupMessages.getAsLong();
		long cpu = stage.cpuNanos.getAsLong();
		long start = System.nanoTime();
		long end = start + this.options.time().toNanos();
		while (System.nanoTime() < end) {
			storm(all);
			storms++;
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		long used = stage.cpuNanos.getAsLong() - cpu;
		double deliveries = (double) storms * MESSAGES * members;
		table.add(stage.name, "deliveries a CPU second", deliveries / (used / 1e9));
		table.add(stage.name, "deliveries/s", deliveries / seconds);
		table.add(stage.name, "NATS messages a broadcast",
				(double) (stage.groupMessages.getAsLong() - messages) / storms / MESSAGES);
	}

	/** Sends a storm and waits until all members have received it. */
	private static void storm(List<Clients> members) {
		List<Long> pushes = members.stream().map(Clients::pushes).toList();
		members.get(0).once(1, "storm.begin", STORM);
		for (int i = 0; i < members.size(); i++) {
			members.get(i).awaitPushes(pushes.get(i) + (long) MESSAGES * members.get(i).count());
		}
	}

	/** A group on one node or in a cluster. */
	private record Stage(String name, List<Integer> ports, LongSupplier cpuNanos, LongSupplier groupMessages) {

		/**
		 * Waits until the servers have handled the disconnects, which would disturb the
		 * next stage.
		 */
		void awaitQuiet() throws InterruptedException {
			long before;
			do {
				before = this.cpuNanos.getAsLong();
				Thread.sleep(QUIET_MILLIS);
			}
			while (this.cpuNanos.getAsLong() - before > QUIET_MILLIS * IDLE_NANOS_PER_MILLI);
		}

	}

}
