package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/** Samples the stacks of a server, every millisecond of CPU time. */
final class Profiler {

	private final AsyncProfiler profiler = AsyncProfiler.getInstance();

	void start() throws IOException {
		this.profiler.execute("start,event=cpu,interval=1ms");
	}

	/**
	 * Stops, and writes two files: a flame graph, and a line for each stack with its
	 * frames separated by semicolons and the number of samples.
	 * @param name the name of both files, without an extension
	 */
	void stop(String name) throws IOException {
		this.profiler.stop();
		this.profiler.execute("flamegraph,file=" + name + ".html");
		Files.writeString(Path.of(name + ".collapsed"), this.profiler.dumpCollapsed(Counter.SAMPLES));
	}

}
