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
 * What one player does: the steps of a new connection, then the rounds. Its steps follow
 * each other, on any threads.
 */
final class Script {

	static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	/** After a step that failed, lest a server in trouble get more than its share. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Scenario scenario;

	private final List<Action> connect;

	private final List<Action> round;

	private final int player;

	private final Measurements measurements;

	private int rounds;

	private boolean isScheduled;

	/** When the next round should begin. */
	private long dueNanos;

	/** How much later than that the present round began. */
	private long lateNanos;

	Script(Scenario scenario, int player, Measurements measurements) {
		this.scenario = scenario;
		this.connect = Action.of(scenario.connect());
		this.round = Action.of(scenario.round());
		this.player = player;
		this.measurements = measurements;
	}

	/** What the handshake tells; {@code null} for nothing. */
	@Nullable JsonNode user() {
		return (this.scenario.user() != null) ? this.scenario.user().tree(this.player, this.rounds) : null;
	}

	/**
	 * Plays as long as it is connected. Emits how long it leaves for when it does.
	 */
	Mono<Duration> play(NanoClient client) {
		Flux<Duration> first = Flux.defer(() -> {
			this.lateNanos = 0;
			return take(client, this.connect);
		}).retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE).filter(StepFailedException.class::isInstance));
		Flux<Duration> rounds = this.round.isEmpty() ? Flux.never() : Flux.defer(() -> {
			scheduleFirstRound();
			skipMissedRounds();
			return Flux.defer(() -> round(client)).repeat();
		});
		return first.concatWith(rounds).next();
	}

	/** At a random time, lest the rounds of all players are due together. */
	private void scheduleFirstRound() {
		Duration every = this.scenario.every();
		if (every != null && !this.isScheduled) {
			this.isScheduled = true;
			this.dueNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(1 + every.toNanos());
		}
	}

	/** Counts the rounds that were due until now and cannot be played any more. */
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
			return take(client, this.round);
		})).onErrorResume(StepFailedException.class, (failed) -> Mono.delay(PAUSE).then(Mono.empty()));
	}

	private Mono<Long> untilDue() {
		long early = (this.scenario.every() != null) ? this.dueNanos - System.nanoTime() : 0;
		return (early > 0) ? Mono.delay(Duration.ofNanos(early)) : Mono.empty();
	}

	/**
	 * Only now: one that is still waited for when the connection is lost may be missed.
	 */
	private void begin() {
		this.rounds++;
		Duration every = this.scenario.every();
		if (every != null) {
			this.lateNanos = Math.max(0, System.nanoTime() - this.dueNanos);
			this.dueNanos += every.toNanos();
		}
	}

	private Flux<Duration> take(NanoClient client, List<Action> actions) {
		return Flux.fromIterable(actions).concatMap((action) -> take(client, action), 1);
	}

	private Flux<Duration> take(NanoClient client, Action action) {
		return Flux.using(
				() -> action.awaited().stream().map((step) -> new Ear(client, step, this.player, this.rounds)).toList(),
				(ears) -> take(client, action.step())
					.concatWith(Flux.fromIterable(ears).concatMap((ear) -> hear(client, ear), 1)),
				(ears) -> ears.forEach(Ear::dispose));
	}

	private Mono<Duration> take(NanoClient client, Step step) {
		if (step instanceof Step.Ask ask) {
			return ask(client, ask);
		}
		if (step instanceof Step.Tell tell) {
			return Mono.defer(() -> tell(client, tell));
		}
		if (step instanceof Step.Await await) {
			return Mono.using(() -> new Ear(client, await, this.player, this.rounds), (ear) -> hear(client, ear),
					Ear::dispose);
		}
		if (step instanceof Step.Think think) {
			return Mono.delay(between(think.least(), think.most())).then(Mono.empty());
		}
		Duration away = ((Step.Leave) step).away();
		return Mono.just((away != null) ? away : FOREVER);
	}

	private static Duration between(Duration least, Duration most) {
		return least.plusNanos(ThreadLocalRandom.current().nextLong(1 + most.minus(least).toNanos()));
	}

	private Mono<Duration> ask(NanoClient client, Step.Ask step) {
		StepMeasurement measurement = this.measurements.step(step);
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return client.request(step.route(), payload(step.payload()), byte[].class, step.timeout())
				.doOnNext((answer) -> check(answer, step))
				.doOnSuccess((answer) -> measurement.succeeded(System.nanoTime() - start, this.lateNanos));
		})
			.doOnCancel(() -> cancelled(client, measurement))
			.onErrorMap((ex) -> failed(ex, measurement))
			.then(Mono.empty());
	}

	private byte @Nullable [] payload(@Nullable Template template) {
		return (template != null) ? template.render(this.player, this.rounds) : null;
	}

	private void check(byte[] answer, Step.Ask step) {
		if (step.expect() != null && !new Expectation(step.expect().tree(this.player, this.rounds)).isMetBy(answer)) {
			throw new StepFailedException(Failures.UNEXPECTED_ANSWER);
		}
	}

	private Mono<Duration> tell(NanoClient client, Step.Tell step) {
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

	private Mono<Duration> hear(NanoClient client, Ear ear) {
		StepMeasurement measurement = this.measurements.step(ear.step());
		return ear.hear()
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
		if (!this.measurements.isOver()) {
			measurement.failed(Failures.kind(client.state().reason()));
		}
	}

}
