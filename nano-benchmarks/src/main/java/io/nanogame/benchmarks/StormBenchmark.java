package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Sends many messages to all members of a group, as broadcasts and as single pushes.
 */
final class StormBenchmark {

	private static final int MESSAGES = 20;

	private final Options options;

	private final Consumer<String> progress;

	StormBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() {
		List<Table> tables = new ArrayList<>();
		for (int members : this.options.members()) {
			Table table = new Table("Storm of %d messages to %,d members".formatted(MESSAGES, members),
					"Median of %d rounds (lowest–highest). All allocations and CPU time of the JVM, divided by deliveries."
						.formatted(this.options.rounds()));
			try (ServerProcess server = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
					Clients clients = new Clients(Subject.local(server.port()), false)) {
				clients.connect(members);
				clients.once(members, "storm.join", json("{}"));
				for (int round = 0; round <= this.options.rounds(); round++) {
					Table target = (round > 0) ? table : new Table("", "");
					this.progress
						.accept("storm: %,d members, round %d of %d".formatted(members, round, this.options.rounds()));
					turn(server, clients, members, false, target);
					turn(server, clients, members, true, target);
				}
			}
			table.addRatio("deliveries a CPU second", "times");
			tables.add(table);
		}
		return tables;
	}

	private void turn(ServerProcess server, Clients clients, int members, boolean broadcast, Table table) {
		byte[] storm = json("{\"messages\":%d,\"broadcast\":%s}".formatted(MESSAGES, broadcast));
		long pushes = clients.pushes();
		long deliveries = 0;
		Gauges before = server.gauges();
		long start = System.nanoTime();
		long end = start + this.options.time().toNanos();
		while (System.nanoTime() < end) {
			clients.once(1, "storm.begin", storm);
			deliveries += (long) MESSAGES * members;
			clients.awaitPushes(pushes + deliveries);
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		Gauges after = server.gauges();
		String subject = broadcast ? "broadcast" : "push to each";
		table.add(subject, "deliveries a CPU second", deliveries / ((after.cpuNanos() - before.cpuNanos()) / 1e9));
		table.add(subject, "deliveries/s", deliveries / seconds);
		table.add(subject, "allocated a delivery, B",
				(double) (after.allocatedBytes() - before.allocatedBytes()) / deliveries);
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
