package io.nanogame.benchmarks;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of a run.
 *
 * @param parts the benchmarks to run
 * @param rounds the number of rounds per subject
 * @param time the duration of a measurement
 * @param clients the number of echo clients
 * @param idle the numbers of idle connections, smallest first
 * @param members the numbers of members of a storm
 * @param rooms the number of rooms
 * @param streamMembers the number of members of a stream of broadcasts
 * @param scale the numbers of connections, groups and routes, smallest first
 * @param rates the rates of an open loop, in requests per second
 * @param javaHome the home of the JDK for the servers
 * @param flags the flags of the servers' JVMs
 * @param peers servers that are running already
 * @param output the directory for results
 */
record Options(Set<Part> parts, int rounds, Duration time, int clients, List<Integer> idle, List<Integer> members,
		int rooms, int streamMembers, List<Integer> scale, List<Integer> rates, Path javaHome, List<String> flags,
		List<Peer> peers, Path output) {

	static final String USAGE = """
			scripts/benchmark [--quick] [--only PART,...] [--rounds N] [--jdk HOME] [--flags "JVM FLAGS"]
			                  [--peer NAME=HOST:PORT:ROUTE:PID]...
			  PART is echo, open, storm, stream, room, rooms, scale, profile, memory or cluster. A peer is a running server of the family
			  that replies to requests to ROUTE. PID is its process on this machine; without it, its CPU time is not measured.""";

	enum Part {

		ECHO, OPEN, STORM, STREAM, ROOM, ROOMS, SCALE, PROFILE, MEMORY, CLUSTER

	}

	/**
	 * A server that is not started by the benchmark.
	 *
	 * @param name the name in the results
	 * @param address the address of the server
	 * @param route a route that replies
	 * @param pid the id of its process, or 0
	 */
	record Peer(String name, InetSocketAddress address, String route, long pid) {

		static Peer of(String text) {
			String[] named = text.split("=", 2);
			String[] parts = (named.length == 2) ? named[1].split(":") : new String[0];
			if (parts.length < 3 || parts.length > 4) {
				throw new IllegalArgumentException("A peer is NAME=HOST:PORT:ROUTE or NAME=HOST:PORT:ROUTE:PID");
			}
			return new Peer(named[0], new InetSocketAddress(parts[0], number("a port", parts[1])), parts[2],
					(parts.length == 4) ? number("a process id", parts[3]) : 0);
		}

	}

	static Options of(String... arguments) {
		Set<Part> parts = EnumSet.allOf(Part.class);
		boolean quick = false;
		int rounds = 0;
		Path javaHome = Path.of(System.getProperty("java.home"));
		List<String> flags = List.of("-Xms1g", "-Xmx1g");
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < arguments.length; i++) {
			String option = arguments[i];
			if (option.equals("--quick")) {
				quick = true;
				continue;
			}
			if (i + 1 == arguments.length) {
				throw new IllegalArgumentException("%s is unknown, or needs a value".formatted(option));
			}
			String value = arguments[++i];
			switch (option) {
				case "--only" -> parts = EnumSet.copyOf(Arrays.stream(value.split(",")).map(Options::part).toList());
				case "--rounds" -> rounds = number("the number of rounds", value);
				case "--jdk" -> javaHome = jdk(value);
				case "--flags" -> flags = List.of(value.trim().split("\\s+"));
				case "--peer" -> peers.add(Peer.of(value));
				default -> throw new IllegalArgumentException("%s is unknown".formatted(option));
			}
		}
		return new Options(parts, (rounds > 0) ? rounds : quick ? 2 : 3, Duration.ofSeconds(quick ? 1 : 5),
				quick ? 200 : 1000, quick ? List.of(1000) : List.of(5000, 18000),
				quick ? List.of(1000) : List.of(1000, 10_000), quick ? 20 : 1000, quick ? 50 : 1000,
				quick ? List.of(100, 1000) : List.of(100, 1000, 10_000), quick ? List.of(2000) : List.of(5000, 20_000),
				javaHome, flags, peers, Path.of("target", "benchmark"));
	}

	private static Part part(String name) {
		try {
			return Part.valueOf(name.trim().toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("There is no part '%s'".formatted(name), ex);
		}
	}

	private static Path jdk(String home) {
		Path path = Path.of(home);
		if (!Files.isExecutable(path.resolve("bin/java"))) {
			throw new IllegalArgumentException("There is no JDK in " + home);
		}
		return path;
	}

	private static int number(String what, String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s must be a number, not '%s'".formatted(what, text), ex);
		}
	}

}
