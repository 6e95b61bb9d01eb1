package io.nanogame.benchmarks.soak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The {@link SoakApp} in its own process. Its output is written to a file.
 */
final class AppProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private final Process process;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final CompletableFuture<Void> output;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private volatile long requestsRead = -1;

	/**
	 * Starts an app, and waits until clients can connect.
	 * @param log receives the output
	 * @param appOptions options {@code --…} of the app
	 * @param options options {@code -…} of the JVM and {@code --…} of the app
	 */
	AppProcess(Path log, List<String> appOptions, String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		Arrays.stream(options).filter((option) -> !option.startsWith("--")).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), SoakApp.class.getName()));
		Arrays.stream(options).filter((option) -> option.startsWith("--")).forEach(command::add);
		command.addAll(appOptions);
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.output = CompletableFuture.runAsync(() -> read(log), (task) -> new Thread(task, "output").start());
		try {
			this.port.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			this.process.destroyForcibly();
			throw new IllegalStateException("The app did not start, see " + log, ex);
		}
	}

	private void read(Path log) {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
				BufferedWriter file = Files.newBufferedWriter(log)) {
			String line;
			while ((line = lines.readLine()) != null) {
				file.append(line).append('\n').flush();
				if (line.startsWith(SoakApp.READY)) {
					this.port.complete(Integer.parseInt(line.substring(SoakApp.READY.length())));
				}
				else if (line.startsWith(SoakApp.STOPPED)) {
					this.requestsRead = Long.parseLong(line.substring(SoakApp.STOPPED.length()));
				}
				else if (line.contains(" ERROR ")) {
					this.errors.add(line);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.port.completeExceptionally(new IllegalStateException("The app has ended"));
		}
	}

	long pid() {
		return this.process.pid();
	}

	int port() {
		return this.port.join();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Returns the errors in its log. */
	List<String> errors() {
		return this.errors;
	}

	/**
	 * Returns the number of requests that the app has read, as it printed when it
	 * stopped; -1 if it did not.
	 */
	long requestsRead() {
		return this.requestsRead;
	}

	/**
	 * Sends SIGTERM to the app, and waits until it has ended.
	 * @return the time it took
	 */
	Duration terminate(Duration atMost) throws InterruptedException, TimeoutException {
		long began = System.nanoTime();
		// Not process.destroy(), which would close the stream that is still read.
		this.process.toHandle().destroy();
		if (!this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new TimeoutException("The app has not ended within " + atMost);
		}
		Duration took = Duration.ofNanos(System.nanoTime() - began);
		this.output.join();
		return took;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
