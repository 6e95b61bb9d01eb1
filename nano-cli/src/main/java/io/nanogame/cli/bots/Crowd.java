package io.nanogame.cli.bots;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.input.Server;
import io.nanogame.client.Backoff;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;

/** Runs a scenario with all its players. An instance is for one run. */
public final class Crowd {

	private static final double NANOS_PER_SECOND = 1e9;

	/** Short enough to measure a server's recovery, and spread over time. */
	private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

	private final Scenario scenario;

	private final Server server;

	private final Measurements measurements;

	private final List<Sample> timeline = new CopyOnWriteArrayList<>();

	/**
	 * Creates the players.
	 * @param scenario the scenario to play
	 * @param server the server to connect to
	 */
	public Crowd(Scenario scenario, Server server) {
		this.scenario = scenario;
		this.server = server;
		this.measurements = new Measurements(scenario);
	}

	/**
	 * Runs the scenario for its duration, or until all players have left.
	 * @param watcher receives a sample each second, on a thread of its own
	 * @return the measurements
	 */
	public Report play(Consumer<Sample> watcher) {
		LoopResources loops = LoopResources.create("bots", Runtime.getRuntime().availableProcessors(), true);
		ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
		try {
			return play(watcher, loops, clock);
		}
		finally {
			clock.shutdownNow();
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
		}
	}

	private Report play(Consumer<Sample> watcher, LoopResources loops, ScheduledExecutorService clock) {
		// The report counts connections, so each has a session of its own.
		NanoClientBuilder builder = this.server.client().loops(loops).reconnect(BACKOFF).resume(false);
		List<Player> players = IntStream.rangeClosed(1, this.scenario.players())
			.mapToObj((number) -> new Player(new Script(this.scenario, number, this.measurements), this.measurements,
					(user) -> client(builder, user)))
			.toList();
		Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		long start = System.nanoTime();
		clock.scheduleAtFixedRate(() -> watcher.accept(sample()), 1, 1, TimeUnit.SECONDS);
		Flux.range(0, players.size())
			.flatMap((i) -> Mono.delay(this.scenario.rampUp().multipliedBy(i).dividedBy(players.size()))
				.then(players.get(i).play()), players.size())
			.takeUntilOther(Mono.delay(this.scenario.duration()).doOnNext((end) -> this.measurements.end()))
			.blockLast();
		double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
		this.measurements.end();
		players.forEach(Player::recordFinalState);
		stop(clock);
		sample();
		return report(startedAt, seconds);
	}

	private static void stop(ScheduledExecutorService clock) {
		clock.shutdown();
		try {
			clock.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** The clients share the TLS context of one builder, which is not thread-safe. */
	private static NanoClient client(NanoClientBuilder builder, @Nullable JsonNode user) {
		synchronized (builder) {
			return ((user != null) ? builder.user(user) : builder).build();
		}
	}

	private Sample sample() {
		Sample sample = this.measurements.sample(this.timeline.size() + 1);
		this.timeline.add(sample);
		return sample;
	}

	private Report report(Instant startedAt, double seconds) {
		Duration every = this.scenario.every();
		List<StepResult> results = this.measurements.results();
		return new Report(this.scenario.name(), this.server.url(), this.scenario.players(), startedAt.toString(),
				seconds, (every != null) ? every.toNanos() / NANOS_PER_SECOND : null, results,
				this.measurements.connections().result(),
				this.scenario.thresholds().stream().flatMap((threshold) -> threshold.judge(results).stream()).toList(),
				List.copyOf(this.timeline));
	}

}
