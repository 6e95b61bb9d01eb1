package io.nanogame.sample.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;

/**
 * The chat as one of several nodes, in a process of its own that can be stopped, killed,
 * and started again.
 */
final class ChatNode implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** They make it start sooner. */
	private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final String name;

	private final int pagePort;

	private final int gamePort;

	private final List<String> command = new ArrayList<>();

	private final Path log;

	private Process process;

	private ChatNode(NatsServer nats, String name, String profile, Iterator<Integer> ports) {
		this.name = name;
		this.pagePort = ports.next();
		this.gamePort = ports.next();
		this.log = Path.of("target", "cluster", name + ".log");
		this.command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		this.command.addAll(FLAGS);
		this.command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChatApplication.class.getName(),
				"--spring.profiles.active=" + profile, "--server.port=" + this.pagePort,
				"--nano.server.address=127.0.0.1", "--nano.server.port=" + this.gamePort,
				"--nano.cluster.servers=" + nats.url(), "--nano.cluster.name=" + name));
		this.process = start();
	}

	/** With clients and without rooms. */
	static ChatNode gate(NatsServer nats, String name, Iterator<Integer> ports) {
		return new ChatNode(nats, name, "gate", ports);
	}

	/** With rooms and without clients. */
	static ChatNode chat(NatsServer nats, String name, Iterator<Integer> ports) {
		return new ChatNode(nats, name, "chat", ports);
	}

	private Process start() {
		try {
			Files.createDirectories(this.log.getParent());
			return new ProcessBuilder(this.command).redirectErrorStream(true).redirectOutput(this.log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ChatNode awaitStarted() {
		Awaitility.await(this.name + " has started, see " + this.log)
			.atMost(PATIENCE)
			.failFast(() -> !this.process.isAlive())
			.until(() -> Files.readString(this.log).contains("Started ChatApplication"));
		return this;
	}

	/** With kill -9. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/** With SIGTERM, as those do who restart an app. */
	void stop() throws InterruptedException {
		this.process.destroy();
		awaitEnd();
	}

	private void awaitEnd() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException("%s has not ended, see %s".formatted(this.name, this.log));
		}
	}

	/** After its process has ended: the same again. */
	ChatNode startAgain() {
		this.process = start();
		return awaitStarted();
	}

	String name() {
		return this.name;
	}

	String page() {
		return "http://127.0.0.1:%d/".formatted(this.pagePort);
	}

	int gamePort() {
		return this.gamePort;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
