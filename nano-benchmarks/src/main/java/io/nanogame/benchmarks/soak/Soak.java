package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.benchmarks.soak.SoakApp.Memory;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a server under load, stops it while the load continues, and checks the results.
 */
final class Soak {

	/**
	 * The number of samples, whatever the duration. Every third includes the live heap.
	 */
	private static final int SAMPLES = 60;

	private static final int SAMPLES_PER_COLLECTION = 3;

	/** In less time, growth cannot be distinguished from warm-up. */
	static final Duration SHORTEST_TO_JUDGE_GROWTH = Duration.ofMinutes(3);

	private final Duration duration;

	private final int rate;

	private final int tlsPercent;

	private final Duration gracePeriod;

	private final Path folder;

	/**
	 * Creates a soak.
	 * @param duration the duration of the load
	 * @param rate the requests per second of all players
	 * @param tlsPercent the percentage of clients with TLS
	 * @param gracePeriod the grace period of the server, which is stopped under load
	 * @param folder receives the results
	 */
	Soak(Duration duration, int rate, int tlsPercent, Duration gracePeriod, Path folder) {
		this.duration = duration;
		this.rate = rate;
		this.tlsPercent = tlsPercent;
		this.gracePeriod = gracePeriod;
		this.folder = folder;
	}

	Verdict run() throws IOException, InterruptedException {
		Files.createDirectories(this.folder);
		SoakTls tls = new SoakTls(this.tlsPercent, this.folder);
		try (AppProcess app = new AppProcess(SoakApp.class, this.folder.resolve("app.log"), tls.options(), "-Xmx256m",
				"-Dio.netty.leakDetection.level=advanced", "--nano.server.port=0", "--nano.server.address=127.0.0.1",
				"--nano.heartbeat=5s", "--nano.request-timeout=5s", "--nano.server.handshake-timeout=3s",
				"--nano.push.high-water-mark=256KB", "--nano.server.limits.max-connections=3000",
				"--nano.server.limits.requests-per-second=500", "--nano.server.limits.burst=1000",
				"--nano.server.shutdown.grace-period=" + this.gracePeriod.toSeconds() + "s",
				"--spring.main.banner-mode=off")) {
			Load load = new Load(app.port(), tls, this.rate);
			load.start();
			List<Sample> samples = sample(app, load);
			load.expectStop();
			Duration stop = stop(app);
			load.end();
			Verdict verdict = Verdict.of(samples, load.complaints(), app.errors(), stop, this.gracePeriod,
					this.duration.compareTo(SHORTEST_TO_JUDGE_GROWTH) >= 0);
			new Report(this.folder).write(facts(load, app, stop), samples, verdict);
			return verdict;
		}
	}

	private List<Sample> sample(AppProcess app, Load load) {
		List<Sample> samples = new ArrayList<>();
		JsonMapper json = JsonMapper.shared();
		try (RawClient control = RawClient.tcp(app.port()).handshake()) {
			long began = System.nanoTime();
			long last = began;
			Sample.Counts before = Sample.Counts.of(load);
			for (int i = 1; i <= SAMPLES && app.isAlive(); i++) {
				sleepUntil(control, began + this.duration.toNanos() * i / SAMPLES);
				long now = System.nanoTime();
				Latencies.Summary latencies = load.latencies().take();
				Sample.Counts counts = Sample.Counts.of(load);
				boolean collect = i % SAMPLES_PER_COLLECTION == 0;
				control.request(i, "health.memory", "{\"number\":%d,\"text\":\"\"}".formatted(collect ? 1 : 0));
				Memory memory = json.readValue(control.readResponse(i), Memory.class);
				Sample sample = Sample.of((now - began) / 60e9, (now - last) / 1e9, before, counts, latencies,
						ProcessSample.of(app.pid()), memory, collect);
				samples.add(sample);
				show(sample, load);
				before = counts;
				last = now;
			}
		}
		return samples;
	}

	/** Waits, and sends heartbeats meanwhile, as every client must. */
	private static void sleepUntil(RawClient control, long untilNanos) {
		long left;
		while ((left = untilNanos - System.nanoTime()) > 0) {
			LockSupport.parkNanos(Math.min(left, 2_000_000_000L));
			control.sendHex("03000000");
		}
	}

	private static void show(Sample sample, Load load) {
		System.out.printf(
				"%6.1f min  %6.0f answers/s  %6.0f pushes/s  p99 %6.1f ms  %4d connections  %4d descriptors"
						+ "  %3d threads  %s  %d complaints%n",
				sample.minute(), sample.requests(), sample.pushes(), sample.p99(), sample.connections(),
				sample.process().descriptors(), sample.process().threads(),
				(sample.liveHeap() != null) ? "%.1f MB live".formatted(sample.liveHeap() / 1048576.0) : "            ",
				load.complaints().count());
	}

	private @Nullable Duration stop(AppProcess app) throws InterruptedException {
		try {
			return app.terminate(this.gracePeriod.multipliedBy(3));
		}
		catch (TimeoutException ex) {
			return null;
		}
	}

	private Run facts(Load load, AppProcess app, @Nullable Duration stop) {
		return new Run(Instant.now().toString(), this.duration.toSeconds() / 60.0, this.rate, load.connects(),
				load.tricks(), load.pushes(), app.requestsRead(), (stop != null) ? stop.toMillis() : -1,
				load.complaints().first(), System.getProperty("java.runtime.version"),
				Runtime.getRuntime().availableProcessors());
	}

	/**
	 * The facts of a run.
	 *
	 * @param ended the end of the run
	 * @param minutes the duration
	 * @param rate the intended requests per second of players
	 * @param visits the connects of players
	 * @param tricks the tricks of troublemakers
	 * @param pushes the pushes that players received
	 * @param requestsRead the requests that the server has read from all clients
	 * @param stopMillis the time that the server took to stop; -1 if it did not stop
	 * @param complaints the first complaints of players
	 * @param java the version of the runtime
	 * @param processors the number of processors
	 */
	record Run(String ended, double minutes, int rate, long visits, long tricks, long pushes, long requestsRead,
			long stopMillis, List<String> complaints, String java, int processors) {
	}

}
