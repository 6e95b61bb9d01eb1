package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends SIGTERM to an app with many clients, and tells what they saw: {@code BUSY IDLE},
 * how many ask without a pause over TCP and how many are idle on a WebSocket. Ends with 1
 * when a request that was read was not answered, or a client was not told why it had to
 * go.
 */
public final class StopCommand {

	private static final Duration LOAD = Duration.ofSeconds(5);

	private StopCommand() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
		if (arguments.length != 2) {
			System.err.println("usage: soak stop BUSY_CLIENTS IDLE_CLIENTS");
			System.exit(2);
		}
		int busy = Integer.parseInt(arguments[0]);
		int idle = Integer.parseInt(arguments[1]);
		System.exit(stop(busy, idle, Path.of("nano-benchmarks", "target", "soak")) ? 0 : 1);
	}

	static boolean stop(int busy, int idle, Path folder) throws IOException, InterruptedException, TimeoutException {
		Files.createDirectories(folder);
		try (AppProcess app = new AppProcess(folder.resolve("stop.log"), "-Xmx512m", "--nano.server.port=0",
				"--nano.server.address=127.0.0.1", "--spring.main.banner-mode=off"); Crowd crowd = new Crowd()) {
			crowd.connect(app.port(), idle, true, false);
			crowd.connect(app.port(), busy, false, true);
			if (busy > 0) {
				LockSupport.parkNanos(LOAD.toNanos());
			}
			Duration took = app.terminate(Duration.ofMinutes(1));
			long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			while (crowd.gone() < busy + idle && System.nanoTime() - end < 0) {
				LockSupport.parkNanos(1_000_000);
			}
			System.out.printf("stop: %d busy, %d idle clients: ended %d ms after SIGTERM%n", busy, idle,
					took.toMillis());
			System.out.printf("stop: %d requests were read, %d answered, %d of them 503, %d wrong%n",
					app.requestsRead(), crowd.answered(), crowd.refused(), crowd.wrong());
			System.out.printf("stop: %d clients are gone, %d of them without a word%n", crowd.gone(),
					crowd.withoutAWord());
			return crowd.answered() == app.requestsRead() && crowd.wrong() == 0 && crowd.withoutAWord() == 0
					&& crowd.gone() == busy + idle;
		}
	}

}
