package io.nanogame.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks of any kind, on any executors, are run or rejected exactly once, in the order of
 * their producer, and never concurrently.
 */
class MailboxProperties {

	private final ExecutorService pool = Executors.newFixedThreadPool(3);

	private final ExecutorService foreign = Executors.newFixedThreadPool(2);

	private final Executor[] executors = { this.pool, new Lane("one", this.pool, 1000),
			new Lane("two", this.pool, 1000), ForkJoinPool.commonPool(), (task) -> {
				throw new RejectedExecutionException("always");
			}, Runnable::run };

	@AfterProperty
	void stop() {
		this.pool.shutdownNow();
		this.foreign.shutdownNow();
	}

	enum Kind {

		PLAIN, COMPLETED_ELSEWHERE, COMPLETED_BEFORE_RETURN

	}

	@Property(tries = 200, seed = "7", shrinking = ShrinkingMode.OFF)
	void noTaskIsLostRepeatedOrOvertaken(@ForAll @Size(min = 1, max = 4) List<@Size(max = 150) List<Kind>> kinds,
			@ForAll @Size(min = 1, max = 20) List<Integer> executors) throws Exception {
		int total = kinds.stream().mapToInt(List::size).sum();
		CountDownLatch ended = new CountDownLatch(total);
		Mailbox mailbox = new Mailbox(ended::countDown);
		Record record = new Record(mailbox, kinds.size());
		List<Thread> producers = new ArrayList<>();
		for (int producer = 0; producer < kinds.size(); producer++) {
			int number = producer;
			producers.add(new Thread(() -> submit(record, number, kinds.get(number), executors)));
		}
		producers.forEach(Thread::start);
		for (Thread producer : producers) {
			producer.join();
		}
		assertThat(ended.await(20, TimeUnit.SECONDS)).as("%d of %d are not done", ended.getCount(), total).isTrue();
		assertThat(record.twoAtOnce).isFalse();
		for (int producer = 0; producer < kinds.size(); producer++) {
			assertThat(record.seen.get(producer)).hasSize(kinds.get(producer).size()).isSorted();
		}
		assertThat(mailbox.size()).isZero();
		assertThat(mailbox.current()).isNull();
	}

	private void submit(Record record, int producer, List<Kind> kinds, List<Integer> executors) {
		for (int i = 0; i < kinds.size(); i++) {
			Executor executor = this.executors[Math.floorMod(executors.get(i % executors.size()),
					this.executors.length)];
			record.mailbox.submit(new Recorded(record, producer, i, kinds.get(i), executor), null);
		}
	}

	/** The recorded tasks. Guarded by the mailbox, which the property verifies. */
	private static final class Record {

		private final Mailbox mailbox;

		private final List<List<Integer>> seen = new ArrayList<>();

		private final AtomicBoolean busy = new AtomicBoolean();

		private volatile boolean twoAtOnce;

		Record(Mailbox mailbox, int producers) {
			this.mailbox = mailbox;
			for (int i = 0; i < producers; i++) {
				this.seen.add(new ArrayList<>());
			}
		}

		void begin(int producer, int number) {
			this.twoAtOnce |= !this.busy.compareAndSet(false, true);
			this.seen.get(producer).add(number);
		}

		void end() {
			this.busy.set(false);
		}

	}

	private final class Recorded extends MailboxTask {

		private final Record record;

		private final int producer;

		private final int number;

		private final Kind kind;

		private final Executor executor;

		Recorded(Record record, int producer, int number, Kind kind, Executor executor) {
			this.record = record;
			this.producer = producer;
			this.number = number;
			this.kind = kind;
			this.executor = executor;
		}

		@Override
		protected Executor executor() {
			return this.executor;
		}

		@Override
		protected boolean run() {
			this.record.begin(this.producer, this.number);
			switch (this.kind) {
				case COMPLETED_ELSEWHERE -> MailboxProperties.this.foreign.execute(this::complete);
				case COMPLETED_BEFORE_RETURN -> complete();
				case PLAIN -> this.record.end();
			}
			return this.kind == Kind.PLAIN;
		}

		private void complete() {
			this.record.end();
			done(this.record.mailbox);
		}

		@Override
		protected boolean rejected(RejectedExecutionException ex) {
			this.record.begin(this.producer, this.number);
			this.record.end();
			return true;
		}

	}

}
