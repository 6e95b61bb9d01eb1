package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends SIGTERM to an app with many clients, and prints the effect on them. The arguments
 * {@code BUSY IDLE [--tls PERCENT]} are the number of clients that send requests without
 * a pause over TCP, the number of idle clients on a WebSocket, and the percentage of
 * clients with TLS. Exits with 1 if a request that was read has no response, or if a
 * connection did not end in good order: without a reset, and on a WebSocket with the code
 * 1001.
 */
public final class StopCommand {

	private static final Duration LOAD = Duration.ofSeconds(5);

	private static final int TLS_PERCENT = 25;

	private StopCommand() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
		if (arguments.length != 2 && (arguments.length != 4 || !arguments[2].equals("--tls"))) {
			System.err.println("usage: soak stop BUSY_CLIENTS IDLE_CLIENTS [--tls PERCENT_OF_CLIENTS]");
			System.exit(2);
		}
		int busy = Integer.parseInt(arguments[0]);
		int idle = Integer.parseInt(arguments[1]);
		int tlsPercent = (arguments.length == 4) ? Integer.parseInt(arguments[3]) : TLS_PERCENT;
		System.exit(stop(busy, idle, tlsPercent, Path.of("nano-benchmarks", "target", "soak")) ? 0 : 1);
	}

	static boolean stop(int busy, int idle, int tlsPercent, Path folder)
			throws IOException, InterruptedException, TimeoutException {
		Files.createDirectories(folder);
		SoakTls tls = new SoakTls(tlsPercent, folder);
		try (AppProcess app = new AppProcess(SoakApp.class, folder.resolve("stop.log"), tls.options(), "-Xmx512m",
				"--nano.server.port=0", "--nano.server.address=127.0.0.1", "--spring.main.banner-mode=off");
				Crowd crowd = new Crowd(tls)) {
			crowd.connect(app.port(), idle, true, false);
			crowd.connect(app.port(), busy, false, true);
			if (busy > 0) {
				LockSupport.parkNanos(LOAD.toNanos());
			}
			Duration took = app.terminate(Duration.ofMinutes(1));
			long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			while (crowd.disconnected() < busy + idle && System.nanoTime() - end < 0) {
				LockSupport.parkNanos(1_000_000);
			}
			System.out.printf("stop: %d busy, %d idle clients: ended %d ms after SIGTERM%n", busy, idle,
					took.toMillis());
			System.out.printf("stop: %d requests were read, %d answered, %d of them 503, %d wrong%n",
					app.requestsRead(), crowd.responses(), crowd.refused(), crowd.wrong());
			System.out.printf("stop: %d clients are gone, %d of them cut off%n", crowd.disconnected(), crowd.cutOff());
			return crowd.responses() == app.requestsRead() && crowd.wrong() == 0 && crowd.cutOff() == 0
					&& crowd.disconnected() == busy + idle;
		}
	}

}
