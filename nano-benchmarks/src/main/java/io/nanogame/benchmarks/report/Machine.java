package io.nanogame.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine of a run. */
public final class Machine {

	private Machine() {
	}

	/**
	 * Returns processor, cores and operating system.
	 * @return one line
	 */
	public static String describe() {
		return "%s, %d cores, %s %s".formatted(processor(), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.name"), System.getProperty("os.version"));
	}

	private static String processor() {
		Path info = Path.of("/proc/cpuinfo");
		try {
			return Files.readAllLines(info)
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 2))
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

}
