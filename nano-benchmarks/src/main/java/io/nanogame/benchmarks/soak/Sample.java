package io.nanogame.benchmarks.soak;

import io.nanogame.benchmarks.soak.SoakApp.Memory;
import org.jspecify.annotations.Nullable;

/**
 * How things stood at one moment.
 *
 * @param minute since the load began
 * @param requests answered in a second, since the sample before
 * @param pushes heard in a second
 * @param connects of those who behave, in a second
 * @param tricks of those who do not, in a second
 * @param p99 what 99 of 100 answers did not exceed, in milliseconds
 * @param process what the system knows of the server
 * @param direct memory of the server outside of its heap, in bytes
 * @param connections the server has
 * @param liveHeap what is left on its heap after a collection, in bytes; null when there
 * was none, because collecting costs those who play
 */
record Sample(double minute, double requests, double pushes, double connects, double tricks, double p99,
		ProcessSample process, long direct, long connections, @Nullable Long liveHeap) {

	static Sample of(double minute, double seconds, Counts before, Counts now, Latencies.Summary answers,
			ProcessSample process, Memory memory, boolean collected) {
		return new Sample(minute, answers.count() / seconds, (now.pushes - before.pushes) / seconds,
				(now.connects - before.connects) / seconds, (now.tricks - before.tricks) / seconds, answers.p99(),
				process, memory.direct(), memory.connections(), collected ? memory.heap() : null);
	}

	/**
	 * What the load has counted.
	 *
	 * @param pushes heard
	 * @param connects of those who behave
	 * @param tricks of those who do not
	 */
	record Counts(long pushes, long connects, long tricks) {

		static Counts of(Load load) {
			return new Counts(load.pushes(), load.connects(), load.tricks());
		}

	}

}
