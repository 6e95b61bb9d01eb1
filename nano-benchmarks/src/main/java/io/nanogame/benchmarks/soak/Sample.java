package io.nanogame.benchmarks.soak;

import io.nanogame.benchmarks.soak.SoakApp.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A sample of the load and the server.
 *
 * @param minute the time since the load began
 * @param requests the completed requests per second, since the sample before
 * @param pushes the received pushes per second
 * @param connects the connects of players per second
 * @param tricks the tricks of troublemakers per second
 * @param p99 the 99th percentile of latencies, in milliseconds
 * @param process the sample of the server's process
 * @param direct the server's memory outside of the heap, in bytes
 * @param connections the connections of the server
 * @param liveHeap the used heap after a collection, in bytes; null if there was no
 * collection, because collections delay the players
 */
record Sample(double minute, double requests, double pushes, double connects, double tricks, double p99,
		ProcessSample process, long direct, long connections, @Nullable Long liveHeap) {

	static Sample of(double minute, double seconds, Counts before, Counts now, Latencies.Summary latencies,
			ProcessSample process, Memory memory, boolean collected) {
		return new Sample(minute, latencies.count() / seconds, (now.pushes - before.pushes) / seconds,
				(now.connects - before.connects) / seconds, (now.tricks - before.tricks) / seconds, latencies.p99(),
				process, memory.direct(), memory.connections(), collected ? memory.heap() : null);
	}

	/**
	 * The counters of the load.
	 *
	 * @param pushes the received pushes
	 * @param connects the connects of players
	 * @param tricks the tricks of troublemakers
	 */
	record Counts(long pushes, long connects, long tricks) {

		static Counts of(Load load) {
			return new Counts(load.pushes(), load.connects(), load.tricks());
		}

	}

}
