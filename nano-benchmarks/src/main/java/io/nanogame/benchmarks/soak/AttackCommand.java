package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.benchmarks.soak.SoakApp.Memory;
import io.nanogame.test.RawClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how attackers affect well-behaved clients and how much memory they make a
 * server hold: {@code ATTACKERS [SECONDS]}. Exits with 1 if a well-behaved client has a
 * complaint, or if the app's log has an error.
 */
public final class AttackCommand {

	private static final int RATE = 800;

	private AttackCommand() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
		if (arguments.length < 1 || arguments.length > 2) {
			System.err.println("usage: soak attack ATTACKERS [SECONDS]");
			System.exit(2);
		}
		Duration each = Duration.ofSeconds((arguments.length == 2) ? Integer.parseInt(arguments[1]) : 30);
		System.exit(attack(Integer.parseInt(arguments[0]), each, Path.of("nano-benchmarks", "target", "soak")) ? 0 : 1);
	}

	static boolean attack(int count, Duration each, Path folder)
			throws IOException, InterruptedException, TimeoutException {
		Files.createDirectories(folder);
		SoakTls tls = new SoakTls(0, folder);
		try (AppProcess app = new AppProcess(SoakApp.class, folder.resolve("attack.log"), tls.options(), "-Xmx512m",
				"--nano.server.port=0", "--nano.server.address=127.0.0.1", "--nano.heartbeat=5s",
				"--nano.request-timeout=5s", "--nano.server.handshake-timeout=3s", "--spring.main.banner-mode=off");
				Attackers attackers = new Attackers(app.port());
				RawClient control = RawClient.tcp(app.port()).handshake()) {
			Load load = new Load(app.port(), tls, RATE, 0);
			load.start();
			measure(control, load, each.dividedBy(2)); // warm-up
			Phase before = measure(control, load, each);
			attackers.start(count);
			measure(control, load, each.dividedBy(2)); // until all are connected
			Phase during = measure(control, load, each);
			System.out.printf("attack: %d attackers are connected%n", attackers.connected());
			attackers.disconnect();
			measure(control, load, each.dividedBy(2)); // until the server has released
														// them
			Phase after = measure(control, load, each);
			before.show("without attackers");
			during.show("with " + count);
			after.show("when they are gone");
			System.out.printf(Locale.ROOT, "attack: held for each of them: %.1f KB of heap, %.1f KB of direct memory%n",
					(during.memory.heap() - before.memory.heap()) / 1024.0 / count,
					(during.memory.direct() - before.memory.direct()) / 1024.0 / count);
			load.expectStop();
			app.terminate(Duration.ofMinutes(1));
			load.end();
			load.complaints().first().forEach((complaint) -> System.out.println("attack: " + complaint));
			System.out.printf("attack: %d complaints, %d errors in the log%n", load.complaints().count(),
					app.errors().size());
			return load.complaints().count() == 0 && app.errors().isEmpty();
		}
	}

	private static Phase measure(RawClient control, Load load, Duration duration) {
		load.latencies().take();
		long end = System.nanoTime() + duration.toNanos();
		long left;
		while ((left = end - System.nanoTime()) > 0) {
			LockSupport.parkNanos(Math.min(left, 2_000_000_000L));
			control.sendHex("03000000");
		}
		Latencies.Summary responses = load.latencies().take();
		control.request(1, "health.memory", "{\"number\":1,\"text\":\"\"}");
		Memory memory = JsonMapper.shared().readValue(control.readResponse(1), Memory.class);
		return new Phase(responses, responses.count() / (duration.toMillis() / 1000.0), memory);
	}

	/** The measurements of a phase. */
	private record Phase(Latencies.Summary responses, double rate, Memory memory) {

		void show(String name) {
			System.out.printf(Locale.ROOT,
					"attack: %-20s %6.0f answers/s  p99 %6.1f ms  %5d connections  %6.1f MB live  %6.1f MB direct%n",
					name, this.rate, this.responses.p99(), this.memory.connections(), this.memory.heap() / 1048576.0,
					this.memory.direct() / 1048576.0);
		}

	}

}
