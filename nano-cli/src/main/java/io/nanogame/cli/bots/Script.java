package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

import io.nanogame.client.NanoClient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/**
 * The actions of one player: the steps of a new connection, then the rounds. The steps
 * run one after the other, on any thread.
 */
final class Script {

	static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	/**
	 * The pause after a failed step, so that a server in trouble does not receive more
	 * than its share.
	 */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Scenario scenario;

	private final List<Action> connect;

	private final List<Action> round;

	private final int player;

	private final Measurements measurements;

	private int rounds;

	private boolean isScheduled;

	/** When the next round is due. */
	private long dueNanos;

	/** The delay of the current round since it was due. */
	private long lateNanos;

	Script(Scenario scenario, int player, Measurements measurements) {
		this.scenario = scenario;
		this.connect = Action.of(scenario.connect());
		this.round = Action.of(scenario.round());
		this.player = player;
		this.measurements = measurements;
	}

	/** Returns the user data for the handshake; {@code null} for none. */
	@Nullable JsonNode user() {
		return (this.scenario.user() != null) ? this.scenario.user().tree(this.player, this.rounds) : null;
	}

	/**
	 * Plays while the client is connected. Emits how long the player stays away when it
	 * leaves.
	 */
	Mono<Duration> play(NanoClient client) {
		Flux<Duration> first = Flux.defer(() -> {
			this.lateNanos = 0;
			return run(client, this.connect);
		}).retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE).filter(StepFailedException.class::isInstance));
		Flux<Duration> rounds = this.round.isEmpty() ? Flux.never() : Flux.defer(() -> {
			scheduleFirstRound();
			skipMissedRounds();
			return Flux.defer(() -> round(client)).repeat();
		});
		return first.concatWith(rounds).next();
	}

	/** Chooses a random time, so that the rounds of all players are not due together. */
	private void scheduleFirstRound() {
		Duration every = this.scenario.every();
		if (every != null && !this.isScheduled) {
			this.isScheduled = true;
			this.dueNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(1 + every.toNanos());
		}
	}

	/** Counts and skips the rounds that were due before now. */
	void skipMissedRounds() {
		Duration every = this.scenario.every();
		if (every == null || !this.isScheduled) {
			return;
		}
		long now = System.nanoTime();
		int missed = 0;
		while (this.dueNanos - now < 0) {
			this.dueNanos += every.toNanos();
			missed++;
		}
		this.measurements.connections().missed(missed);
	}

	private Flux<Duration> round(NanoClient client) {
		return untilDue().thenMany(Flux.defer(() -> {
			begin();
			return run(client, this.round);
		})).onErrorResume(StepFailedException.class, (failed) -> Mono.delay(PAUSE).then(Mono.empty()));
	}

	private Mono<Long> untilDue() {
		long early = (this.scenario.every() != null) ? this.dueNanos - System.nanoTime() : 0;
		return (early > 0) ? Mono.delay(Duration.ofNanos(early)) : Mono.empty();
	}

	/**
	 * Begins a round. The round is counted only now: if the connection is lost before, it
	 * may still be missed.
	 */
	private void begin() {
		this.rounds++;
		Duration every = this.scenario.every();
		if (every != null) {
			this.lateNanos = Math.max(0, System.nanoTime() - this.dueNanos);
			this.dueNanos += every.toNanos();
		}
	}

	private Flux<Duration> run(NanoClient client, List<Action> actions) {
		return Flux.fromIterable(actions).concatMap((action) -> run(client, action), 1);
	}

	private Flux<Duration> run(NanoClient client, Action action) {
		return Flux.using(
				() -> action.awaited()
					.stream()
					.map((step) -> new PushWaiter(client, step, this.player, this.rounds))
					.toList(),
				(waiters) -> run(client, action.step())
					.concatWith(Flux.fromIterable(waiters).concatMap((waiter) -> awaitPush(client, waiter), 1)),
				(waiters) -> waiters.forEach(PushWaiter::dispose));
	}

	private Mono<Duration> run(NanoClient client, Step step) {
		if (step instanceof Step.Request request) {
			return request(client, request);
		}
		if (step instanceof Step.Notify notification) {
			return Mono.defer(() -> notify(client, notification));
		}
		if (step instanceof Step.Await await) {
			return Mono.using(() -> new PushWaiter(client, await, this.player, this.rounds),
					(waiter) -> awaitPush(client, waiter), PushWaiter::dispose);
		}
		if (step instanceof Step.Think think) {
			return Mono.delay(between(think.min(), think.max())).then(Mono.empty());
		}
		Duration away = ((Step.Leave) step).away();
		return Mono.just((away != null) ? away : FOREVER);
	}

	private static Duration between(Duration min, Duration max) {
		return min.plusNanos(ThreadLocalRandom.current().nextLong(1 + max.minus(min).toNanos()));
	}

	private Mono<Duration> request(NanoClient client, Step.Request step) {
		StepMeasurement measurement = this.measurements.step(step);
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return client.request(step.route(), payload(step.payload()), byte[].class, step.timeout())
				.doOnNext((response) -> check(response, step))
				.doOnSuccess((response) -> measurement.succeeded(System.nanoTime() - start, this.lateNanos));
		})
			.doOnCancel(() -> cancelled(client, measurement))
			.onErrorMap((ex) -> failed(ex, measurement))
			.then(Mono.empty());
	}

	private byte @Nullable [] payload(@Nullable Template template) {
		return (template != null) ? template.render(this.player, this.rounds) : null;
	}

	private void check(byte[] response, Step.Request step) {
		if (step.expect() != null && !new Expectation(step.expect().tree(this.player, this.rounds)).isMetBy(response)) {
			throw new StepFailedException(Failures.UNEXPECTED_RESPONSE);
		}
	}

	private Mono<Duration> notify(NanoClient client, Step.Notify step) {
		StepMeasurement measurement = this.measurements.step(step);
		try {
			client.notify(step.route(), payload(step.payload()));
			measurement.succeeded(0, 0);
			return Mono.empty();
		}
		catch (RuntimeException ex) {
			return Mono.error(failed(ex, measurement));
		}
	}

	private Mono<Duration> awaitPush(NanoClient client, PushWaiter waiter) {
		StepMeasurement measurement = this.measurements.step(waiter.step());
		return waiter.await()
			.onErrorMap(TimeoutException.class, (late) -> new StepFailedException(Failures.NO_PUSH))
			.doOnNext((nanos) -> measurement.succeeded(nanos, this.lateNanos))
			.doOnCancel(() -> cancelled(client, measurement))
			.onErrorMap((ex) -> failed(ex, measurement))
			.then(Mono.empty());
	}

	private static StepFailedException failed(Throwable ex, StepMeasurement measurement) {
		StepFailedException failure = (ex instanceof StepFailedException failed) ? failed
				: new StepFailedException(Failures.kind(ex));
		measurement.failed(String.valueOf(failure.getMessage()));
		return failure;
	}

	/** A step in flight is cancelled when the connection is lost. */
	private void cancelled(NanoClient client, StepMeasurement measurement) {
		if (!this.measurements.hasEnded()) {
			measurement.failed(Failures.kind(client.state().reason()));
		}
	}

}
