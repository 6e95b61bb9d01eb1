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
 * Broadcasts to a group whose members are on two gates, sent by a backend, beside the
 * same group on one node.
 */
final class FanOutBenchmark {

	private static final int MESSAGES = 20;

	private static final byte[] STORM = "{\"messages\":%d,\"broadcast\":true}".formatted(MESSAGES)
		.getBytes(StandardCharsets.UTF_8);

	private static final int GATES = 2;

	private static final long QUIET_MILLIS = 250;

	/** A tenth of a core. */
	private static final long IDLE_NANOS_A_MILLI = 100_000;

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
				"Median of %d rounds (lowest–highest). CPU time of all processes but the clients'."
					.formatted(this.options.rounds()));
		try (ServerProcess alone = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
				ClusterProcesses cluster = new ClusterProcesses(this.options.javaHome(), this.options.flags(), GATES)) {
			List<Stage> stages = List.of(
					new Stage("one node", List.of(alone.port()), () -> alone.gauges().cpuNanos(), () -> 0),
					new Stage("two gates and a backend", cluster.ports(), () -> sum(cluster.cpuNanos()),
							cluster::groupMessages));
			// The first round is for the compilers.
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
	 * With members of its own, because those of all stages are more than a process can
	 * connect.
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

	/** Waits until all members have got all of it. */
	private static void storm(List<Clients> members) {
		List<Long> pushes = members.stream().map(Clients::pushes).toList();
		members.get(0).once(1, "storm.begin", STORM);
		for (int i = 0; i < members.size(); i++) {
			members.get(i).awaitPushes(pushes.get(i) + (long) MESSAGES * members.get(i).count());
		}
	}

	/** A group somewhere. */
	private record Stage(String name, List<Integer> ports, LongSupplier cpuNanos, LongSupplier groupMessages) {

		/** Members that have gone make work, which would disturb the next stage. */
		void awaitQuiet() throws InterruptedException {
			long before;
			do {
				before = this.cpuNanos.getAsLong();
				Thread.sleep(QUIET_MILLIS);
			}
			while (this.cpuNanos.getAsLong() - before > QUIET_MILLIS * IDLE_NANOS_A_MILLI);
		}

	}

}
