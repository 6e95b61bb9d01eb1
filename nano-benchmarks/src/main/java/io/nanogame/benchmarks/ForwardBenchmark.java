package io.nanogame.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.load.NatsRequests;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.ClusterProcesses;
import io.nanogame.benchmarks.server.NatsEcho;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Measures the cost of a request that another node handles, compared with the same
 * handler on the client's node, and with plain request and reply between two processes
 * over NATS. The CPU time of all processes except the clients counts.
 */
final class ForwardBenchmark {

	private static final int CLIENTS = 100;

	private final Options options;

	private final Consumer<String> progress;

	ForwardBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		List<Table> tables = new ArrayList<>();
		try (ClusterProcesses cluster = new ClusterProcesses(this.options.javaHome(), this.options.flags(), 1);
				ServerProcess alone = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.STARTER);
				ServerProcess replier = cluster.natsEcho();
				Clients near = clients(alone.port());
				Clients far = clients(cluster.ports().get(0));
				NatsRequests nats = new NatsRequests(cluster.nats().url(), NatsEcho.SUBJECT, EchoServers.BODY)) {
			List<Contender> contenders = List.of(
					new Players("handled where the client is", near, () -> Map.of("gate", alone.gauges().cpuNanos())),
					new Players("handled on a backend", far, cluster::cpuNanos),
					new Bare(nats, () -> Map.of("gate", nats.cpuNanos(), "backend", replier.gauges().cpuNanos(),
							"nats-server", cluster.nats().cpuNanos())));
			for (int inFlight : new int[] { 1, 16 }) {
				tables.add(measure(contenders, inFlight));
			}
		}
		return tables;
	}

	private static Clients clients(int port) {
		Clients clients = new Clients(Subject.local(port), false);
		clients.connect(CLIENTS);
		return clients;
	}

	private Table measure(List<Contender> contenders, int inFlight) throws InterruptedException {
		Table table = new Table("Forwarding, %d in flight, %d clients".formatted(inFlight, CLIENTS),
				"Median of %d rounds (lowest–highest). For request and reply over NATS, the requester is the gate and the replier is the backend."
					.formatted(this.options.rounds()));
		// The first round warms up the JVMs.
		for (int round = 0; round <= this.options.rounds(); round++) {
			for (Contender contender : contenders) {
				this.progress.accept("cluster: %d in flight, round %d of %d, %s".formatted(inFlight, round,
						this.options.rounds(), contender.name()));
				turn(contender, inFlight, (round > 0) ? table : new Table("", ""));
			}
		}
		table.addRatio(EchoBenchmark.CPU, "of handled where the client is");
		return table;
	}

	private void turn(Contender contender, int inFlight, Table table) throws InterruptedException {
		contender.begin(inFlight);
		contender.measure(this.options.time().dividedBy(4));
		Map<String, Long> before = contender.cpu().used();
		Measure measure = contender.measure(this.options.time());
		Map<String, Long> after = contender.cpu().used();
		contender.end();
		table.add(contender.name(), EchoBenchmark.CPU, micros(sum(before), sum(after), measure));
		for (String process : List.of("gate", "backend", "nats-server")) {
			if (after.containsKey(process)) {
				table.add(contender.name(), process + ", µs", micros(before.get(process), after.get(process), measure));
			}
		}
		table.add(contender.name(), "requests/s", measure.perSecond());
		measure.addLatencies(table, contender.name());
	}

	private static long sum(Map<String, Long> nanos) {
		return nanos.values().stream().mapToLong(Long::longValue).sum();
	}

	private static double micros(long before, long after, Measure measure) {
		return (after - before) / 1000.0 / measure.responses();
	}

	/** Sends requests without a pause to one or more processes. */
	private interface Contender {

		String name();

		ByProcess cpu();

		void begin(int inFlight);

		Measure measure(Duration time) throws InterruptedException;

		void end();

	}

	private interface ByProcess {

		/** Returns the CPU time of each process since its start, in nanoseconds. */
		Map<String, Long> used();

	}

	private record Players(String name, Clients clients, ByProcess cpu) implements Contender {

		@Override
		public void begin(int inFlight) {
			this.clients.begin("echo.raw", EchoServers.BODY, inFlight);
		}

		@Override
		public Measure measure(Duration time) throws InterruptedException {
			return this.clients.measure(time);
		}

		@Override
		public void end() {
			this.clients.end();
		}

	}

	/** Has as many requests in flight as all players together. */
	private record Bare(NatsRequests requests, ByProcess cpu) implements Contender {

		@Override
		public String name() {
			return "request and reply over NATS";
		}

		@Override
		public void begin(int inFlight) {
			this.requests.begin(inFlight * CLIENTS);
		}

		@Override
		public Measure measure(Duration time) throws InterruptedException {
			return this.requests.measure(time);
		}

		@Override
		public void end() {
			this.requests.end();
		}

	}

}
