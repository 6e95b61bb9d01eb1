package io.nanogame.sample.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;

/**
 * A node of the chat in its own process, which can be stopped, killed and restarted.
 */
final class ChatNode implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** JVM flags for a fast start. */
	private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final String name;

	private final int pagePort;

	private final int gamePort;

	private final List<String> command = new ArrayList<>();

	/** What the present process prints. */
	private Path log;

	private int starts;

	private Process process;

	/**
	 * Starts a node.
	 * @param profile {@code gate}, with clients and without rooms, or {@code chat}, with
	 * rooms and without clients
	 * @param ports has two free ports
	 * @param options further command line arguments
	 */
	ChatNode(NatsServer nats, String name, String profile, Iterator<Integer> ports, List<String> options) {
		this.name = name;
		this.pagePort = ports.next();
		this.gamePort = ports.next();
		this.command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		this.command.addAll(FLAGS);
		this.command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChatApplication.class.getName(),
				"--spring.profiles.active=" + profile, "--server.port=" + this.pagePort,
				"--nano.server.address=127.0.0.1", "--nano.server.port=" + this.gamePort,
				"--nano.cluster.servers=" + nats.url(), "--nano.cluster.name=" + name));
		this.command.addAll(options);
		this.process = start();
	}

	private Process start() {
		this.starts++;
		this.log = log(this.starts);
		try {
			Files.createDirectories(this.log.getParent());
			return new ProcessBuilder(this.command).redirectErrorStream(true).redirectOutput(this.log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path log(int start) {
		return Path.of("target", "cluster", this.name + "-" + start + ".log");
	}

	/** Returns how many lines with a text all its processes have printed. */
	long count(String text) {
		return IntStream.rangeClosed(1, this.starts).mapToLong((start) -> count(log(start), text)).sum();
	}

	private static long count(Path log, String text) {
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.contains(text)).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ChatNode awaitStarted() {
		Awaitility.await(this.name + " has started, see " + this.log)
			.atMost(TIMEOUT)
			.failFast(() -> !this.process.isAlive())
			.until(() -> Files.readString(this.log).contains("Started ChatApplication"));
		return this;
	}

	/** Kills the process, as kill -9 does. */
	void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/** Stops the process with SIGTERM, as for a restart. */
	void stop() {
		this.process.destroy();
		awaitEnd();
	}

	private void awaitEnd() {
		Awaitility.await(this.name + " has ended, see " + this.log)
			.atMost(TIMEOUT)
			.until(() -> !this.process.isAlive());
	}

	/** Starts the node again after its process has ended. */
	ChatNode restart() {
		this.process = start();
		return awaitStarted();
	}

	String name() {
		return this.name;
	}

	String page() {
		return "http://127.0.0.1:%d/".formatted(this.pagePort);
	}

	int pagePort() {
		return this.pagePort;
	}

	int gamePort() {
		return this.gamePort;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
