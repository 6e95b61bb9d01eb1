package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/** Looks every millisecond of CPU time at what a server does. */
final class Profiler {

	private final AsyncProfiler profiler = AsyncProfiler.getInstance();

	void start() throws IOException {
		this.profiler.execute("start,event=cpu,interval=1ms");
	}

	/**
	 * Ends, and writes what was seen: as a flame graph, and as a line for each stack, its
	 * frames separated by semicolons and followed by how often it was seen.
	 * @param name of both files, without an ending
	 */
	void stop(String name) throws IOException {
		this.profiler.stop();
		this.profiler.execute("flamegraph,file=" + name + ".html");
		Files.writeString(Path.of(name + ".collapsed"), this.profiler.dumpCollapsed(Counter.SAMPLES));
	}

}
