package io.nanogame.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

import io.nanogame.benchmarks.load.Clients;

/**
 * Something that answers requests.
 *
 * @param name in the results
 * @param route that answers
 * @param clients connected to it
 * @param cpuNanos how much CPU time its process has used
 */
record Subject(String name, String route, Clients clients, LongSupplier cpuNanos) {

	static Subject of(Options.Peer peer) {
		return new Subject(peer.name(), peer.route(), new Clients(peer.address(), false), () -> cpuNanos(peer.pid()));
	}

	private static long cpuNanos(long pid) {
		return ProcessHandle.of(pid)
			.flatMap((process) -> process.info().totalCpuDuration())
			.map(Duration::toNanos)
			.orElse(0L);
	}

	static InetSocketAddress local(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

}
