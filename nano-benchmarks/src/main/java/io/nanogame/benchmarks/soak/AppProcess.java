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
 * An app in its own process. Its output is written to a file.
 */
public final class AppProcess implements AutoCloseable {

	/** Printed by the app when clients can connect, followed by the port. */
	public static final String READY = "listens on ";

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private final Process process;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final CompletableFuture<Void> output;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private volatile long requestsRead = -1;

	/**
	 * Starts an app, and waits until clients can connect.
	 * @param app has the main method
	 * @param log receives the output
	 * @param appOptions options {@code --…} of the app
	 * @param options options {@code -…} of the JVM and {@code --…} of the app
	 * @throws IOException if the process cannot be started
	 */
	public AppProcess(Class<?> app, Path log, List<String> appOptions, String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		Arrays.stream(options).filter((option) -> !option.startsWith("--")).forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), app.getName()));
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
				if (line.startsWith(READY)) {
					this.port.complete(Integer.parseInt(line.substring(READY.length())));
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

	/**
	 * Returns the port of the app.
	 * @return its first one
	 */
	public int port() {
		return this.port.join();
	}

	/**
	 * Returns whether the process runs.
	 * @return {@code false} after its end
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Returns the errors in its log.
	 * @return the lines so far
	 */
	public List<String> errors() {
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
	 * @param atMost how long
	 * @return the time it took
	 * @throws TimeoutException if it has not ended
	 * @throws InterruptedException if the caller is interrupted
	 */
	public Duration terminate(Duration atMost) throws InterruptedException, TimeoutException {
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
