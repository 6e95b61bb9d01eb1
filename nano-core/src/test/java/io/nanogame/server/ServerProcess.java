package io.nanogame.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.limit.Limit;

/**
 * A {@link TestServer} in its own process with few file descriptors. Its route
 * {@code test.limits} returns how often each limit was exceeded.
 */
final class ServerProcess implements AutoCloseable {

	private static final String READY = "listens on ";

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final int port;

	ServerProcess(int descriptors, String... options) throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh", java,
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), String.join(" ", options),
				ServerProcess.class.getName())
			.redirectErrorStream(true)
			.start();
		Thread reader = new Thread(this::read, "output of the server");
		reader.setDaemon(true);
		reader.start();
		String line;
		do {
			line = this.lines.poll(30, TimeUnit.SECONDS);
			if (line == null) {
				throw new AssertionError("The server did not start");
			}
		}
		while (!line.startsWith(READY));
		this.port = Integer.parseInt(line.substring(READY.length()));
	}

	/** The server. */
	public static void main(String[] args) throws InterruptedException {
		TestServer server = new TestServer();
		server
			.lane("test.limits",
					(request) -> server.server()
						.limits()
						.stream()
						.collect(Collectors.toMap(Limit::name, Limit::timesExceeded)))
			.start();
		System.out.println(READY + server.port());
		Thread.currentThread().join();
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			String line;
			while ((line = output.readLine()) != null) {
				this.lines.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	/** The log since it listens. */
	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/** The processor time it has used. */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
