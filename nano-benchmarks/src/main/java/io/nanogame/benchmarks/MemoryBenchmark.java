package io.nanogame.benchmarks;

import java.util.function.Consumer;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.benchmarks.server.Gauges;
import io.nanogame.benchmarks.server.ServerProcess;
import io.nanogame.benchmarks.server.ServerProcess.Kind;

/**
 * Measures the memory of an idle connection after its handshake, and the rate of
 * connects. The first thousand connections are not counted, because they include one-time
 * allocations.
 */
final class MemoryBenchmark {

	private static final int FIRST = 1000;

	/** With 76 KB each, more do not fit into the heap of the other subjects. */
	private static final int MAX_SERVLET = 5000;

	private final Options options;

	private final Consumer<String> progress;

	MemoryBenchmark(Options options, Consumer<String> progress) {
		this.options = options;
		this.progress = progress;
	}

	Table run() {
		Table table = new Table("Idle connections",
				"The memory of each connection after the first %,d. Live heap is measured after a full collection."
					.formatted(FIRST));
		for (int count : this.options.idle()) {
			measure(Kind.STARTER, count, false, table);
			measureResumable(count, table);
			measure(Kind.STARTER, count, true, table);
			measure(Kind.WEBFLUX, count, true, table);
			if (count <= MAX_SERVLET) {
				measure(Kind.SERVLET, count, true, table);
			}
			measure(Kind.NETTY, count, false, table);
			measure(Kind.NETTY_WEBSOCKET, count, true, table);
		}
		return table;
	}

	private static String name(Kind kind) {
		return switch (kind) {
			case STARTER -> "starter";
			case SERVLET -> "servlet container";
			case WEBFLUX -> "WebFlux";
			default -> "bare Netty";
		};
	}

	private void measure(Kind kind, int count, boolean webSocket, Table table) {
		measure("%s, %s, %,d".formatted(name(kind), webSocket ? "WebSocket" : "TCP", count), kind, count, webSocket,
				false, table);
	}

	private void measureResumable(int count, Table table) {
		String subject = "%s, TCP%s, %,d".formatted(name(Kind.STARTER), EchoServers.RESUMABLE, count);
		measure(subject, Kind.STARTER, count, false, true, table);
	}

	private void measure(String subject, Kind kind, int count, boolean webSocket, boolean resumable, Table table) {
		this.progress.accept("memory: " + subject);
		try (ServerProcess server = new ServerProcess(this.options.javaHome(), this.options.flags(), kind);
				Clients clients = new Clients(Subject.local(server.port()), webSocket)) {
			if (resumable) {
				clients.resumable();
			}
			clients.connect(FIRST);
			Gauges before = server.liveGauges();
			double rate = clients.connect(count);
			Gauges after = server.liveGauges();
			table.add(subject, "live heap, B", (double) (after.heapBytes() - before.heapBytes()) / count);
			table.add(subject, "direct memory, B", (double) (after.directBytes() - before.directBytes()) / count);
			table.add(subject, "resident, B", (double) (after.residentBytes() - before.residentBytes()) / count);
			table.add(subject, "connected a second", rate);
		}
	}

}
