package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A sample of a process on Linux; all values are 0 on other systems.
 *
 * @param threads the number of threads
 * @param descriptors the number of open files and sockets
 * @param residentBytes the resident memory
 */
record ProcessSample(long threads, long descriptors, long residentBytes) {

	static ProcessSample of(long pid) {
		if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
			return new ProcessSample(0, 0, 0);
		}
		Path process = Path.of("/proc", Long.toString(pid));
		try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
			String status = Files.readString(process.resolve("status"));
			return new ProcessSample(number(status, "Threads:"), descriptors.count(), 1024 * number(status, "VmRSS:"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process has ended: " + pid, ex);
		}
	}

	private static long number(String status, String name) {
		return status.lines()
			.filter((line) -> line.startsWith(name))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElseThrow();
	}

}
