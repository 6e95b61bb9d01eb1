package io.nanogame.benchmarks.cuts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.benchmarks.cuts.CutsApp.Name;
import io.nanogame.benchmarks.cuts.CutsApp.Numbered;
import io.nanogame.benchmarks.soak.AppProcess;
import io.nanogame.client.NanoClient;
import reactor.core.publisher.Flux;

/**
 * Cuts the connections of all clients again and again while messages flow in both
 * directions, and compares the ledgers of both ends afterwards.
 */
final class Cuts {

	/** Of the messages, a quarter each are requests, responses, notifications, pushes. */
	private static final int KINDS = 4;

	/** How long the last messages may take. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final long SETTLE_NANOS = 500_000_000;

	private static final int LEDGERS_AT_ONCE = 32;

	private static final Duration STOP = Duration.ofSeconds(30);

	private final Duration duration;

	private final Crowd crowd;

	private final int messagesPerSecond;

	private final Duration meanLife;

	private final Path folder;

	/**
	 * Creates a run.
	 * @param duration how long messages are sent and connections are cut
	 * @param crowd the clients
	 * @param messagesPerSecond of all clients, in both directions
	 * @param meanLife how long a connection lives on average
	 * @param folder receives logs
	 */
	Cuts(Duration duration, Crowd crowd, int messagesPerSecond, Duration meanLife, Path folder) {
		this.duration = duration;
		this.crowd = crowd;
		this.messagesPerSecond = messagesPerSecond;
		this.meanLife = meanLife;
		this.folder = folder;
	}

	CutsResult run(long seed) throws IOException, InterruptedException, TimeoutException {
		Files.createDirectories(this.folder);
		double sends = (double) this.messagesPerSecond / KINDS;
		double sendsOfEach = sends / this.crowd.all();
		try (AppProcess app = new AppProcess(CutsApp.class, this.folder.resolve("app.log"), List.of(), "-Xmx512m",
				"-Dio.netty.leakDetection.level=advanced", "--nano.server.port=0", "--nano.server.address=127.0.0.1",
				"--nano.heartbeat=2s", "--nano.server.websocket.allowed-origins=*", "--spring.main.banner-mode=off");
				CutProxy proxy = new CutProxy(app.port(), this.meanLife.toMillis(), seed);
				NanoClient control = NanoClient.builder("tcp://127.0.0.1:" + app.port()).build();
				Players players = new Players(this.crowd.java(), proxy.port(), sendsOfEach * this.crowd.java());
				Scripts scripts = new Scripts(this.folder, proxy.port(), this.crowd, sendsOfEach)) {
			scripts.connect();
			control.connect().block();
			control.call("control.push", new Numbered((int) sends), Void.class);
			players.start();
			scripts.phase("run");
			proxy.begin();
			LockSupport.parkNanos(this.duration.toNanos());
			proxy.calm();
			players.stop();
			scripts.phase("drain");
			control.call("control.push", new Numbered(0), Void.class);
			List<Ends> ends = settle(control, players, scripts);
			scripts.phase("end");
			app.terminate(STOP);
			return CutsResult.of(ends, proxy.counts(), app.errors(), new Random(seed));
		}
	}

	/** Waits until all messages have arrived, or it takes too long. */
	private static List<Ends> settle(NanoClient control, Players players, Scripts scripts) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		List<Ends> ends;
		do {
			LockSupport.parkNanos(SETTLE_NANOS);
			ends = ends(control, players, scripts);
		}
		while (!ends.stream().allMatch(Ends::isComplete) && System.nanoTime() - end < 0);
		return ends;
	}

	private static List<Ends> ends(NanoClient control, Players players, Scripts scripts) {
		return Flux.concat(Flux.fromIterable(players.ledgers()), Flux.fromIterable(scripts.ledgers()))
			.flatMapSequential(
					(client) -> control.request("control.ledger", new Name(client.name()), ServerLedger.class)
						.map((server) -> new Ends(client, server)),
					LEDGERS_AT_ONCE)
			.collectList()
			.block();
	}

	/**
	 * The clients.
	 *
	 * @param java the number of those in Java
	 * @param node the number of those in Node
	 * @param tabs the number of tabs of Chromium
	 */
	record Crowd(int java, int node, int tabs) {

		int all() {
			return this.java + this.node + this.tabs;
		}

	}

}
