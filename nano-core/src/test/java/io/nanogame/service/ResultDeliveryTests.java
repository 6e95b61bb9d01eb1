package io.nanogame.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Span;
import io.nanogame.trace.Tracing;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The delivery of results when the workers reject tasks.
 */
class ResultDeliveryTests {

	private final ManualExecutor workers = new ManualExecutor();

	private boolean failing;

	private final Lanes lanes = new Lanes(this::execute, 10);

	private final Services services = services(Tracing.NONE);

	private Services services(Tracing tracing) {
		return new Services(this.lanes, new Timers(this.lanes.named("timer"), Duration.ofMillis(1)),
				Duration.ofSeconds(30), List.of(), ServerEvents.NONE, tracing);
	}

	private void execute(Runnable task) {
		if (this.failing) {
			throw new IllegalStateException("decorator");
		}
		this.workers.execute(task);
	}

	@Test
	void aResultIsDeliveredWhenTheWorkersFail() {
		this.services.offer(Bank.class, new OwnBank());
		CompletableFuture<Void> result = this.services.any(Bank.class).audit();
		this.failing = true;
		this.workers.runAll();
		assertThat(result).isDone();
	}

	@Test
	void aCallWhoseSpanCannotBeCreatedFails() {
		Services traced = services(new BrokenTracing());
		traced.offer(Bank.class, new OwnBank());
		CompletableFuture<Void> answer = traced.any(Bank.class).audit();
		this.workers.runAll();
		assertThat(answer).isCompletedExceptionally();
	}

	/** Cannot read the headers of any message. */
	private static final class BrokenTracing implements Tracing {

		@Override
		public Span send(String name, String node) {
			return Span.NONE;
		}

		@Override
		public Span receive(String name, Map<String, String> headers) {
			throw new IllegalArgumentException("no such trace");
		}

	}

}
