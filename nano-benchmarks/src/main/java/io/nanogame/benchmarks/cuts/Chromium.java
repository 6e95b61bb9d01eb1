package io.nanogame.benchmarks.cuts;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Chromium without a window, in which tabs are opened. */
final class Chromium implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");

	private static final long PATIENCE_NANOS = 60_000_000_000L;

	/** Without these, Chromium slows down the timers of tabs that are not visible. */
	private static final List<String> AWAKE = List.of("--disable-background-timer-throttling",
			"--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
			"--disable-features=IntensiveWakeUpThrottling");

	private final Process process;

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	/**
	 * Starts the browser.
	 * @param folder receives its profile and its output
	 */
	Chromium(Path folder) throws IOException {
		Path output = folder.resolve("chromium.log");
		ProcessBuilder builder = new ProcessBuilder("chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--renderer-process-limit=4", "--remote-debugging-port=0",
				"--user-data-dir=" + Files.createTempDirectory(folder, "chromium").toAbsolutePath());
		builder.command().addAll(AWAKE);
		this.process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		this.port = awaitPort(output);
	}

	private int awaitPort(Path output) throws IOException {
		long end = System.nanoTime() + PATIENCE_NANOS;
		while (this.process.isAlive() && System.nanoTime() - end < 0) {
			Matcher found = PORT.matcher(Files.readString(output));
			if (found.find()) {
				return Integer.parseInt(found.group(1));
			}
			LockSupport.parkNanos(100_000_000);
		}
		close();
		throw new IOException("Chromium did not start, see " + output);
	}

	/** Opens a tab. */
	void open(String url) throws IOException, InterruptedException {
		URI request = URI.create(
				"http://127.0.0.1:%d/json/new?%s".formatted(this.port, URLEncoder.encode(url, StandardCharsets.UTF_8)));
		int status = this.http
			.send(HttpRequest.newBuilder(request).PUT(HttpRequest.BodyPublishers.noBody()).build(),
					BodyHandlers.discarding())
			.statusCode();
		if (status != 200) {
			throw new IOException("Chromium has not opened a tab: " + status);
		}
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}
