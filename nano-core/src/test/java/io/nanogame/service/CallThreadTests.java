package io.nanogame.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Span;
import io.nanogame.trace.Tracing;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The thread that runs a service when a thread of its node calls it and waits.
 */
class CallThreadTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	private final Lanes lanes = new Lanes(this.workers, 1000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final BlockingQueue<String> observed = new LinkedBlockingQueue<>();

	private final List<String> spans = new ArrayList<>();

	private final Services services = new Services(this.lanes, this.timers, Duration.ofSeconds(5), List.of(),
			new ServerEvents() {

				@Override
				public CallObserver calls(String service) {
					return (outcome, nanos) -> CallThreadTests.this.observed.add(service + " " + outcome);
				}

			}, new RecordedSpans());

	private final Lane lane = this.lanes.create("where");

	private final OwnPlace place = new OwnPlace(this.lane);

	private final Place caller = this.services.any(Place.class);

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	private void offer() {
		this.services.offer(Place.class, null, this.place, this.lane);
	}

	@Test
	void aServiceWhoseLaneIsFreeRunsOnTheThreadOfItsCaller() {
		offer();
		assertThat(this.caller.thread()).isEqualTo(Thread.currentThread());
		assertThat(this.lane.size()).isZero();
	}

	@Test
	void aServiceWhoseLaneIsBusyRunsInItsTurn() throws Exception {
		offer();
		CountDownLatch free = new CountDownLatch(1);
		this.lane.execute(() -> await(free));
		CompletableFuture<Object> called = CompletableFuture.supplyAsync(this.caller::thread);
		assertThat(called).isNotDone();
		free.countDown();
		assertThat(called.get(5, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aRequestNeverRunsOnTheThreadOfItsCaller() throws Exception {
		offer();
		assertThat(this.caller.threadLater().get(5, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
	}

	@Test
	void noServiceRunsOnAnEventLoop() throws Exception {
		offer();
		CompletableFuture<Object> ranOn = new CompletableFuture<>();
		Thread eventLoop = new FastThreadLocalThread(() -> ranOn.complete(this.caller.thread()));
		eventLoop.start();
		assertThat(ranOn.get(5, TimeUnit.SECONDS)).isNotEqualTo(eventLoop);
	}

	@Test
	void moreNestedCallsThanThreadsOfThePoolComplete() {
		for (int i = 1; i <= 10; i++) {
			Place next = (i < 10) ? this.services.at(Place.class, "place " + (i + 1)) : this.caller;
			Lane own = this.lanes.create("place " + i);
			this.services.offer(Place.class, "place " + i, new OwnPlace(own) {

				@Override
				public Object thread() {
					return next.thread();
				}

			}, own);
		}
		offer();
		assertThat(this.services.at(Place.class, "place 1").thread()).isEqualTo(Thread.currentThread());
	}

	@Test
	void aResultThatIsLateIsReturned() {
		offer();
		Place hurried = Services.withTimeout(this.caller, Duration.ofMillis(1));
		assertThat(hurried.slow(Duration.ofMillis(20).toNanos())).isEqualTo("done");
		assertThat(this.observed).containsExactly("place SUCCESS");
	}

	@Test
	void aFailureIsThatOfACallInTheQueue() {
		offer();
		assertThatExceptionOfType(ServiceException.class).isThrownBy(this.caller::fail)
			.withMessage("Method 'fail' of the service 'place' failed")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.FAILED));
		assertThat(this.observed).containsExactly("place FAILED");
	}

	@Test
	void aCallHasTheSpansOfOneInTheQueue() {
		offer();
		this.caller.thread();
		assertThat(this.spans).containsExactly("send", "receive {trace=1}", "enter", "end null", "leave", "end null");
	}

	@NanoService("place")
	interface Place {

		Object thread();

		CompletableFuture<Object> threadLater();

		String slow(long nanos);

		int fail();

	}

	private static class OwnPlace implements Place {

		private final Lane lane;

		OwnPlace(Lane lane) {
			this.lane = lane;
		}

		@Override
		public Object thread() {
			assertThat(this.lane.isCurrent()).isTrue();
			return Thread.currentThread();
		}

		@Override
		public CompletableFuture<Object> threadLater() {
			return CompletableFuture.completedFuture(thread());
		}

		@Override
		public String slow(long nanos) {
			long end = System.nanoTime() + nanos;
			while (System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
			return "done";
		}

		@Override
		public int fail() {
			throw new IllegalStateException("expected by this test");
		}

	}

	private final class RecordedSpans implements Tracing {

		@Override
		public Span send(String name, String node) {
			return started("send");
		}

		@Override
		public Span receive(String name, Map<String, String> headers) {
			return started("receive " + headers);
		}

		private Span started(String kind) {
			CallThreadTests.this.spans.add(kind);
			return new Span() {

				@Override
				public Map<String, String> headers() {
					return Map.of("trace", "1");
				}

				@Override
				public Scope enter() {
					CallThreadTests.this.spans.add("enter");
					return () -> CallThreadTests.this.spans.add("leave");
				}

				@Override
				public void end(@Nullable String problem) {
					CallThreadTests.this.spans.add("end " + problem);
				}

			};
		}

	}

}
