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

/** Lets the players of a scenario come, play and go. For one run. */
public final class Crowd {

	private static final double NANOS_PER_SECOND = 1e9;

	/** Soon enough to see a server come back, and not all at the same time. */
	private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

	private final Scenario scenario;

	private final Server server;

	private final Measurements measurements;

	private final List<Sample> timeline = new CopyOnWriteArrayList<>();

	/**
	 * Gathers players.
	 * @param scenario what they play
	 * @param server where
	 */
	public Crowd(Scenario scenario, Server server) {
		this.scenario = scenario;
		this.server = server;
		this.measurements = new Measurements(scenario);
	}

	/**
	 * Plays. Takes as long as the scenario, or until all players have left.
	 * @param watcher told each second, on a thread of its own
	 * @return what players saw
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
		NanoClientBuilder builder = this.server.client().loops(loops).reconnect(BACKOFF);
		List<Player> players = IntStream.rangeClosed(1, this.scenario.players())
			.mapToObj((number) -> new Player(new Script(this.scenario, number, this.measurements), this.measurements,
					(user) -> client(builder, user)))
			.toList();
		Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		long start = System.nanoTime();
		clock.scheduleAtFixedRate(() -> watcher.accept(look()), 1, 1, TimeUnit.SECONDS);
		Flux.range(0, players.size())
			.flatMap((i) -> Mono.delay(this.scenario.rampUp().multipliedBy(i).dividedBy(players.size()))
				.then(players.get(i).play()), players.size())
			.takeUntilOther(Mono.delay(this.scenario.duration()).doOnNext((end) -> this.measurements.end()))
			.blockLast();
		double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
		this.measurements.end();
		players.forEach(Player::sumUp);
		stop(clock);
		look();
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

	/** Players share what clients of one builder share, which is for one thread. */
	private static NanoClient client(NanoClientBuilder builder, @Nullable JsonNode user) {
		synchronized (builder) {
			return ((user != null) ? builder.user(user) : builder).build();
		}
	}

	private Sample look() {
		Sample sample = this.measurements.look(this.timeline.size() + 1);
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
