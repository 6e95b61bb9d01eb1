package io.nanogame.cli.bots;

import java.util.concurrent.TimeoutException;

import io.nanogame.cli.bots.Step.Await;
import io.nanogame.client.NanoClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Listens for one push, from when it is made. */
final class Ear implements Disposable {

	private final Sinks.One<Long> heard = Sinks.one();

	private final Await step;

	private final long start = System.nanoTime();

	private final Disposable listening;

	Ear(NanoClient client, Await step, int player, int round) {
		this.step = step;
		Expectation where = (step.where() != null) ? new Expectation(step.where().tree(player, round)) : null;
		this.listening = client.on(step.route(), byte[].class, (push) -> {
			if (where == null || where.isMetBy(push)) {
				this.heard.tryEmitValue(System.nanoTime() - this.start);
			}
		});
	}

	/**
	 * How long it took, in nanoseconds; fails with a {@link TimeoutException} if the push
	 * does not come in time, counted from when it is waited for.
	 */
	Mono<Long> hear() {
		return this.heard.asMono().timeout(this.step.timeout());
	}

	Await step() {
		return this.step;
	}

	@Override
	public void dispose() {
		this.listening.dispose();
	}

}
