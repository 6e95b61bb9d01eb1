package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
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

	private final Options options;

	private final Consumer<String> progress;

	FanOutBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() {
		return this.options.members().stream().map(this::measure).toList();
	}

	private Table measure(int members) {
		Table table = new Table("Fan-out of %d messages to %,d members".formatted(MESSAGES, members),
				"Median of %d rounds (lowest–highest). CPU time of all processes but the clients'."
					.formatted(this.options.rounds()));
		try (ServerProcess alone = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
				ClusterProcesses cluster = new ClusterProcesses(this.options.javaHome(), this.options.flags(), GATES);
				Clients all = members(alone.port(), members);
				Clients half = members(cluster.ports().get(0), members / GATES);
				Clients otherHalf = members(cluster.ports().get(1), members / GATES)) {
			List<Stage> stages = List.of(new Stage("one node", List.of(all), () -> alone.gauges().cpuNanos(), () -> 0),
					new Stage("two gates and a backend", List.of(half, otherHalf), () -> sum(cluster.cpuNanos()),
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

	private void turn(Stage stage, int members, Table table) {
		long storms = 0;
		long messages = stage.groupMessages.getAsLong();
		long cpu = stage.cpuNanos.getAsLong();
		long start = System.nanoTime();
		long end = start + this.options.time().toNanos();
		while (System.nanoTime() < end) {
			stage.storm();
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

	/** A group somewhere, and its members. */
	private record Stage(String name, List<Clients> members, LongSupplier cpuNanos, LongSupplier groupMessages) {

		/** Waits until all members have got all of it. */
		void storm() {
			List<Long> pushes = this.members.stream().map(Clients::pushes).toList();
			this.members.get(0).once(1, "storm.begin", STORM);
			for (int i = 0; i < this.members.size(); i++) {
				this.members.get(i).awaitPushes(pushes.get(i) + (long) MESSAGES * this.members.get(i).count());
			}
		}

	}

}
