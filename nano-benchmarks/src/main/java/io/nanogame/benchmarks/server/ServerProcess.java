package io.nanogame.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;

/**
 * A server under test in its own JVM, so that its CPU time can be measured. Not
 * thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

	/** The kind of server. */
	public enum Kind {

		/** The starter in a Spring Boot app, on the game port. */
		STARTER(StarterApplication::start),

		/** The starter on the port of a servlet container. */
		SERVLET(() -> StarterApplication.start(WebApplicationType.SERVLET)),

		/** The starter on the port of WebFlux. */
		WEBFLUX(() -> StarterApplication.start(WebApplicationType.REACTIVE)),

		/** Replies on a NATS subject, with only the client library. */
		NATS(NatsEcho::start),

		/** Netty only. */
		NETTY(() -> NettyEcho.start(false)),

		/** Netty with its own WebSocket handlers. */
		NETTY_WEBSOCKET(() -> NettyEcho.start(true));

		private final IntSupplier starter;

		Kind(IntSupplier starter) {
			this.starter = starter;
		}

		int start() {
			return this.starter.getAsInt();
		}

	}

	private final Process process;

	private final BufferedReader out;

	private final PrintStream in;

	private final int port;

	/**
	 * Starts a server and waits until it listens.
	 * @param javaHome the home of the JDK
	 * @param flags the flags of the JVM
	 * @param kind the kind of server
	 */
	public ServerProcess(Path javaHome, List<String> flags, Kind kind) {
		this(java(javaHome, flags, kind));
	}

	private ServerProcess(List<String> command) {
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The server could not be started", ex);
		}
		this.out = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		this.in = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.port = Integer.parseInt(readReply());
	}

	private static List<String> java(Path home, List<String> flags, Kind kind) {
		List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
		command.addAll(flags);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName(), kind.name()));
		return command;
	}

	/**
	 * Starts Colyseus, and waits until it has reserved the seats of all players. Only the
	 * times, the heap and the resident memory of its gauges are known.
	 * @param script a script with the protocol of {@link ServerMain}
	 * @param players the number of players
	 * @return the process
	 */
	public static ServerProcess node(Path script, int players) {
		return new ServerProcess(List.of("node", script.toString(), String.valueOf(players)));
	}

	private String readReply() {
		try {
			for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
				if (line.startsWith(ServerMain.MARK)) {
					return line.substring(ServerMain.MARK.length());
				}
				System.err.println(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("The server ended; see its output above");
	}

	public int port() {
		return this.port;
	}

	public Gauges gauges() {
		this.in.println();
		return Gauges.ofLine(readReply());
	}

	/**
	 * Returns the gauges after a full collection.
	 * @return the gauges
	 */
	public Gauges liveGauges() {
		this.in.println(ServerMain.LIVE);
		return Gauges.ofLine(readReply());
	}

	/**
	 * Returns the ticks of all rooms since the last call.
	 * @return their number, and by how many microseconds they were late: p50, p99
	 */
	public List<Long> ticks() {
		this.in.println(ServerMain.TICKS);
		return Stream.of(readReply().split(" ")).map(Long::valueOf).toList();
	}

	/**
	 * Returns the seats that {@link #node Colyseus} has reserved.
	 * @return the id of its process, then the room and the session of each player
	 */
	public List<String> seats() {
		this.in.println("seats");
		return List.of(readReply().split(" "));
	}

	/** Starts profiling the server. */
	public void profile() {
		this.in.println(ServerMain.PROFILE);
		readReply();
	}

	/**
	 * Stops profiling and writes the profile.
	 * @param name the name of the files, without an extension: {@code .html} is a flame
	 * graph, {@code .collapsed} has a line for each stack
	 */
	public void profiled(Path name) {
		this.in.println(ServerMain.PROFILED + name.toAbsolutePath());
		readReply();
	}

	@Override
	public void close() {
		this.in.close();
		this.process.destroy();
	}

}
