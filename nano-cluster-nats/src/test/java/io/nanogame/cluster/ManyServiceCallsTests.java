package io.nanogame.cluster;

import io.nanogame.test.NatsServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.nanogame.service.ServiceException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of many calls none is lost in silence and none is done twice.
 */
class ManyServiceCallsTests {

	private static final int CALLS = 100_000;

	private static final int CALLS_WITH_AN_END = 30_000;

	/** So many are under way. */
	private static final int WINDOW = 500;

	private final NatsServer nats = new NatsServer();

	private final TestNode caller = TestNode.backend(this.nats, "caller").start();

	private final Semaphore window = new Semaphore(WINDOW);

	/** What became of each call: the result, or the code of the failure. */
	private final Map<Long, Integer> ended = new ConcurrentHashMap<>();

	private final AtomicInteger endedTwice = new AtomicInteger();

	@AfterEach
	void stop() {
		this.caller.close();
		this.nats.close();
	}

	private void call(Ledger ledger, long id) throws InterruptedException {
		assertThat(this.window.tryAcquire(30, TimeUnit.SECONDS)).as("calls end").isTrue();
		ledger.count(id).whenComplete((count, failure) -> {
			if (this.ended.put(id, (failure == null) ? count : ((ServiceException) failure).code()) != null) {
				this.endedTwice.incrementAndGet();
			}
			this.window.release();
		});
	}

	private void awaitAll() throws InterruptedException {
		assertThat(this.window.tryAcquire(WINDOW, 30, TimeUnit.SECONDS)).as("calls end").isTrue();
		assertThat(this.endedTwice).hasValue(0);
	}

	@Test
	void eachIsDoneOnceOnOneOfTheNodes() throws Exception {
		OwnLedger first = new OwnLedger("first");
		OwnLedger second = new OwnLedger("second");
		try (TestNode a = TestNode.backend(this.nats, "a").start();
				TestNode b = TestNode.backend(this.nats, "b").start()) {
			a.services.offer(Ledger.class, first);
			b.services.offer(Ledger.class, second);
			a.flush();
			b.flush();
			Ledger ledger = this.caller.services.any(Ledger.class);
			for (long id = 0; id < CALLS; id++) {
				call(ledger, id);
			}
			awaitAll();
			assertThat(this.ended).hasSize(CALLS);
			assertThat(this.ended.values()).containsOnly(1);
			assertThat(first.counted.size() + second.counted.size()).isEqualTo(CALLS);
			assertThat(Stream.of(first, second).flatMap((node) -> node.counted.values().stream())).containsOnly(1);
			assertThat(first.counted).isNotEmpty();
			assertThat(second.counted).isNotEmpty();
		}
	}

	@Test
	void whenANodeStopsMeanwhileNoneIsLost() throws Exception {
		OwnLedger first = new OwnLedger("first");
		OwnLedger second = new OwnLedger("second");
		try (TestNode stays = TestNode.backend(this.nats, "stays").start()) {
			TestNode stops = TestNode.backend(this.nats, "stops").start();
			stays.services.offer(Ledger.class, first);
			stops.services.offer(Ledger.class, second);
			stays.flush();
			stops.flush();
			Thread stop = new Thread(stops::close);
			Ledger ledger = this.caller.services.any(Ledger.class);
			for (long id = 0; id < CALLS_WITH_AN_END; id++) {
				if (id == CALLS_WITH_AN_END / 3) {
					stop.start();
				}
				else if (id == CALLS_WITH_AN_END * 2 / 3) {
					stop.join();
				}
				call(ledger, id);
			}
			awaitAll();
		}
		assertThat(this.ended).hasSize(CALLS_WITH_AN_END);
		assertThat(this.ended.values()).containsOnly(1);
		assertThat(first.counted.size() + second.counted.size()).isEqualTo(CALLS_WITH_AN_END);
		assertThat(second.counted).isNotEmpty().hasSizeLessThan(CALLS_WITH_AN_END / 2);
	}

	@Test
	void whenANodeIsKilledMeanwhileEachHasAResultOrAnErrorAndNoneIsDoneTwice() throws Exception {
		Map<Long, Integer> tally = new ConcurrentHashMap<>();
		this.caller.services.offer(Tally.class, (id) -> tally.merge(id, 1, Integer::sum));
		this.caller.flush();
		Ledger ledger = this.caller.services.any(Ledger.class);
		try (NodeProcess a = NodeProcess.start(this.nats, "a"); NodeProcess b = NodeProcess.start(this.nats, "b")) {
			for (long id = 0; id < CALLS_WITH_AN_END; id++) {
				if (id == CALLS_WITH_AN_END / 3) {
					a.kill();
				}
				call(ledger, id);
			}
			awaitAll();
			assertThat(ledger.where()).isEqualTo("b");
			assertThat(b).isNotNull();
		}
		assertThat(this.ended).hasSize(CALLS_WITH_AN_END);
		assertThat(this.ended.values()).isSubsetOf(1, ServiceException.NO_ANSWER, ServiceException.NOT_THERE);
		List<Long> answered = this.ended.entrySet()
			.stream()
			.filter((call) -> call.getValue() == 1)
			.map(Map.Entry::getKey)
			.toList();
		assertThat(CALLS_WITH_AN_END - answered.size()).as("without an answer").isLessThanOrEqualTo(WINDOW);
		// Not by an assertion, which would look through all of them for each.
		Awaitility.await().until(() -> tally.keySet().containsAll(answered));
		assertThat(tally.values()).containsOnly(1);
	}

}
