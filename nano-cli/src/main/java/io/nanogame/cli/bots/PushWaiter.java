package io.nanogame.cli.bots;

import java.util.concurrent.TimeoutException;

import io.nanogame.cli.bots.Step.Await;
import io.nanogame.client.NanoClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Waits for one push, and listens for it from its creation on. */
final class PushWaiter implements Disposable {

	private final Sinks.One<Long> nanos = Sinks.one();

	private final Await step;

	private final long start = System.nanoTime();

	private final Disposable listening;

	PushWaiter(NanoClient client, Await step, int player, int round) {
		this.step = step;
		Expectation where = (step.where() != null) ? new Expectation(step.where().tree(player, round)) : null;
		this.listening = client.on(step.route(), byte[].class, (push) -> {
			if (where == null || where.isMetBy(push)) {
				this.nanos.tryEmitValue(System.nanoTime() - this.start);
			}
		});
	}

	/**
	 * Returns the time from the creation of this object to the push, in nanoseconds.
	 * Fails with a {@link TimeoutException} if the push does not arrive in time after the
	 * subscription.
	 */
	Mono<Long> await() {
		return this.nanos.asMono().timeout(this.step.timeout());
	}

	Await step() {
		return this.step;
	}

	@Override
	public void dispose() {
		this.listening.dispose();
	}

}
