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

	private static final String BROADCAST = "broadcast";

	private static final String DELIVERIES = "deliveries a CPU second";

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
			try (Group ordinary = new Group(members, false); Group resumable = new Group(members, true)) {
				for (int round = 0; round <= this.options.rounds(); round++) {
					Table target = (round > 0) ? table : new Table("", "");
					this.progress
						.accept("storm: %,d members, round %d of %d".formatted(members, round, this.options.rounds()));
					ordinary.turn("push to each", target);
					ordinary.turn(BROADCAST, target);
					resumable.turn(BROADCAST + EchoServers.RESUMABLE, target);
				}
			}
			table.addRatio(DELIVERIES, "times");
			table.addRatio(DELIVERIES, "of not resumable", BROADCAST + EchoServers.RESUMABLE, BROADCAST);
			tables.add(table);
		}
		return tables;
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** A server and the members of its group. */
	private final class Group implements AutoCloseable {

		private final int members;

		private final ServerProcess server;

		private final Clients clients;

		Group(int members, boolean resumable) {
			Options options = StormBenchmark.this.options;
			this.members = members;
			this.server = new ServerProcess(options.javaHome(), options.flags(), Kind.STARTER);
			this.clients = new Clients(Subject.local(this.server.port()), false);
			if (resumable) {
				this.clients.resumable();
			}
			this.clients.connect(members);
			this.clients.once(members, "storm.join", json("{}"));
		}

		void turn(String subject, Table table) {
			byte[] storm = json(
					"{\"messages\":%d,\"broadcast\":%s}".formatted(MESSAGES, subject.startsWith(BROADCAST)));
			long pushes = this.clients.pushes();
			long deliveries = 0;
			Gauges before = this.server.gauges();
			long start = System.nanoTime();
			long end = start + StormBenchmark.this.options.time().toNanos();
			while (System.nanoTime() < end) {
				this.clients.once(1, "storm.begin", storm);
				deliveries += (long) MESSAGES * this.members;
				this.clients.awaitPushes(pushes + deliveries);
			}
			double seconds = (System.nanoTime() - start) / 1e9;
			Gauges after = this.server.gauges();
			table.add(subject, DELIVERIES, deliveries / ((after.cpuNanos() - before.cpuNanos()) / 1e9));
			table.add(subject, "deliveries/s", deliveries / seconds);
			table.add(subject, "allocated a delivery, B",
					(double) (after.allocatedBytes() - before.allocatedBytes()) / deliveries);
		}

		@Override
		public void close() {
			this.clients.close();
			this.server.close();
		}

	}

}
