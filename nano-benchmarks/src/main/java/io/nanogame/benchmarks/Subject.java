package io.nanogame.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

import io.nanogame.benchmarks.load.Clients;
import io.nanogame.benchmarks.server.Gauges;

/**
 * A server that replies to requests.
 *
 * @param name the name in the results
 * @param route a route that replies
 * @param clients the clients connected to it
 * @param gauges the gauges of its process; only the CPU time of a peer's process
 */
record Subject(String name, String route, Clients clients, Supplier<Gauges> gauges) {

	static Subject of(Options.Peer peer) {
		return new Subject(peer.name(), peer.route(), new Clients(peer.address(), false), () -> gauges(peer.pid()));
	}

	private static Gauges gauges(long pid) {
		long cpuNanos = ProcessHandle.of(pid)
			.flatMap((process) -> process.info().totalCpuDuration())
			.map(Duration::toNanos)
			.orElse(0L);
		return new Gauges(cpuNanos, 0, 0, 0, 0, 0, 0);
	}

	static InetSocketAddress local(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

}
