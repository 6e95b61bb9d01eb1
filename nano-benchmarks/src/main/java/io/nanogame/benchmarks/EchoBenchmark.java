package io.nanogame.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.load.Measure;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * A closed loop: each client sends its next request when it has an answer. Subjects take
 * turns, so that what else the machine does meets all of them.
 */
final class EchoBenchmark {

	static final String CPU = "CPU a request, µs";

	private static final byte[] BODY = "{\"name\":\"Ada\",\"text\":\"A line of chat as people write it.\"}"
		.getBytes(StandardCharsets.UTF_8);

	private final Options options;

	private final Consumer<String> progress;

	EchoBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	List<Table> run() throws InterruptedException {
		try (ServerProcess netty = new ServerProcess(this.options.javaHome(), this.options.flags(), Kind.NETTY);
				ServerProcess starter = new ServerProcess(this.options.javaHome(), this.options.flags(),
						Kind.STARTER)) {
			List<Subject> subjects = new ArrayList<>();
			subjects.add(subject("bare Netty", netty, "echo.raw"));
			subjects.add(subject("@NonBlocking, bytes", starter, "echo.raw"));
			subjects.add(subject("@NonBlocking, typed JSON", starter, "echo.json"));
			subjects.add(subject("on a lane, typed JSON", starter, "echo.lane"));
			this.options.peers().forEach((peer) -> subjects.add(Subject.of(peer)));
			try {
				return measure(subjects);
			}
			finally {
				subjects.forEach((subject) -> subject.clients().close());
			}
		}
	}

	private static Subject subject(String name, ServerProcess server, String route) {
		return new Subject(name, route, new Clients(Subject.local(server.port()), false),
				() -> server.gauges().cpuNanos());
	}

	private List<Table> measure(List<Subject> subjects) throws InterruptedException {
		for (Subject subject : subjects) {
			this.progress.accept("echo: %d clients connect to %s".formatted(this.options.clients(), subject.name()));
			subject.clients().connect(this.options.clients());
		}
		List<Table> tables = new ArrayList<>();
		for (int inFlight : new int[] { 1, 16 }) {
			Table table = new Table("Echo, %d in flight, %,d clients, TCP".formatted(inFlight, this.options.clients()),
					"Median of %d rounds (lowest–highest).".formatted(this.options.rounds()));
			// The first round is for the compilers.
			for (int round = 0; round <= this.options.rounds(); round++) {
				for (Subject subject : subjects) {
					this.progress.accept("echo: %d in flight, round %d of %d, %s".formatted(inFlight, round,
							this.options.rounds(), subject.name()));
					turn(subject, inFlight, (round > 0) ? table : new Table("", ""));
				}
			}
			table.addRatio(CPU, "of bare Netty");
			tables.add(table);
		}
		return tables;
	}

	private void turn(Subject subject, int inFlight, Table table) throws InterruptedException {
		Clients clients = subject.clients();
		clients.begin(subject.route(), BODY, inFlight);
		clients.measure(this.options.time().dividedBy(4));
		long cpu = subject.cpuNanos().getAsLong();
		Measure measure = clients.measure(this.options.time());
		double used = subject.cpuNanos().getAsLong() - cpu;
		clients.end();
		table.add(subject.name(), CPU, used / 1000 / measure.responses());
		table.add(subject.name(), "requests/s", measure.perSecond());
		table.add(subject.name(), "p50, ms", measure.micros(50) / 1000);
		table.add(subject.name(), "p99, ms", measure.micros(99) / 1000);
		table.add(subject.name(), "p99.9, ms", measure.micros(99.9) / 1000);
	}

}
