package io.nanogame.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The main class of a server under test. It prints its port, then replies to each line of
 * its input with its {@link Gauges} or a profile. It exits at the end of its input, so it
 * never outlives the process that started it.
 */
final class ServerMain {

	static final String MARK = "#bench ";

	static final String LIVE = "live";

	static final String PROFILE = "profile";

	static final String TICKS = "ticks";

	/** Followed by the name of the files. */
	static final String PROFILED = "profiled ";

	private ServerMain() {
	}

	public static void main(String[] arguments) throws IOException {
		int port = ServerProcess.Kind.valueOf(arguments[0]).start();
		System.out.println(MARK + port);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			System.out.println(MARK + reply(line));
		}
		System.exit(0);
	}

	private static String reply(String line) throws IOException {
		if (line.equals(TICKS)) {
			return Lateness.report();
		}
		if (line.equals(PROFILE)) {
			new Profiler().start();
			return "";
		}
		if (line.startsWith(PROFILED)) {
			new Profiler().stop(line.substring(PROFILED.length()));
			return "";
		}
		return (line.equals(LIVE) ? Gauges.readLive() : Gauges.read()).toLine();
	}

}
