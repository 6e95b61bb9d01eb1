package io.nanogame.boot.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * A real app in its own process, which can be stopped like a platform does.
 */
final class AppProcess implements AutoCloseable {

	private static final String READY = "listens on ";

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final CompletableFuture<Void> allRead;

	private final int port;

	AppProcess(String... properties) throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-Xmx256m", "-Dspring.docker.compose.enabled=false", "-cp",
				System.getProperty("java.class.path"), App.class.getName());
		builder.command().addAll(List.of(properties));
		this.process = builder.redirectErrorStream(true).start();
		this.allRead = CompletableFuture.runAsync(this::read, (task) -> new Thread(task, "output of the app").start());
		String line;
		do {
			line = this.lines.poll(60, TimeUnit.SECONDS);
			if (line == null) {
				throw new AssertionError("The app did not start");
			}
		}
		while (!line.startsWith(READY));
		this.port = Integer.parseInt(line.substring(READY.length()));
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

	/** Sends it SIGTERM. */
	CompletableFuture<Duration> terminate() {
		long began = System.nanoTime();
		// Process.destroy would also close the output of the app.
		this.process.toHandle().destroy();
		return this.process.onExit()
			.thenApply((ended) -> Duration.ofNanos(System.nanoTime() - began))
			.thenCombine(this.allRead, (duration, read) -> duration);
	}

	/** The log since it listens. */
	List<String> lines() {
		return List.copyOf(this.lines);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/** The app. */
	@SpringBootApplication(scanBasePackages = "nothing.to.scan")
	static class App {

		public static void main(String[] args) {
			new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
				.properties("nano.server.port=0", "nano.server.address=127.0.0.1", "spring.main.banner-mode=off")
				.run(args);
		}

		@Bean
		Work work() {
			return new Work();
		}

		@EventListener
		void started(NanoServerStartedEvent event) {
			System.out.println(READY + event.port());
		}

	}

	@GameComponent("work")
	static class Work {

		/** Runs on a worker thread, like most handlers. */
		@Handler
		byte[] now(byte[] body) {
			return body;
		}

		/** Completes later, like a database query. */
		@Handler
		CompletableFuture<byte[]> soon(byte[] body) {
			return new CompletableFuture<byte[]>().completeOnTimeout(body, 20, TimeUnit.MILLISECONDS);
		}

	}

}
