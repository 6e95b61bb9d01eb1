package io.nanogame.lane;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MailboxTests {

	private final ManualExecutor loop = new ManualExecutor();

	private final ManualExecutor lane = new ManualExecutor();

	private final AtomicInteger ended = new AtomicInteger();

	private final List<Object> done = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.ended::incrementAndGet);

	private Step note(ManualExecutor executor, Object what) {
		return Step.of(executor, () -> this.done.add(what));
	}

	private void submit(Step... steps) {
		for (Step step : steps) {
			this.mailbox.submit(step, null);
		}
	}

	@Test
	void theNextTaskStartsWhenThePreviousOneIsDoneOnAnyExecutors() {
		submit(note(this.lane, 1), note(this.loop, 2), note(this.lane, 3));
		this.loop.runAll();
		assertThat(this.done).as("2 waits for 1").isEmpty();
		this.lane.runNext();
		assertThat(this.done).containsExactly(1);
		this.loop.runNext();
		this.lane.runNext();
		assertThat(this.done).containsExactly(1, 2, 3);
	}

	@Test
	void tasksOfOneExecutorRunTogether() {
		submit(note(this.lane, 1), note(this.lane, 2), note(this.lane, 3));
		assertThat(this.lane.waiting()).isOne();
		this.lane.runNext();
		assertThat(this.done).containsExactly(1, 2, 3);
		assertThat(this.lane.waiting()).isZero();
	}

	@Test
	void theMailboxYieldsItsThreadAfterABatch() {
		IntStream.range(0, 100).forEach((i) -> submit(note(this.lane, i)));
		this.lane.runNext();
		assertThat(this.done).hasSize(64);
		this.lane.runNext();
		assertThat(this.done).isEqualTo(IntStream.range(0, 100).boxed().toList());
	}

	@Test
	void aTaskOnTheCallersExecutorRunsBeforeSubmitReturns() {
		this.mailbox.submit(note(this.loop, 1), this.loop);
		assertThat(this.done).containsExactly(1);
		this.mailbox.submit(note(this.lane, 2), this.loop);
		this.mailbox.submit(note(this.loop, 3), this.loop);
		assertThat(this.done).as("never before earlier tasks").containsExactly(1);
		this.lane.runAll();
		this.loop.runAll();
		assertThat(this.done).containsExactly(1, 2, 3);
	}

	@Test
	void aTaskMaySubmitAnotherThatRunsAfterIt() {
		this.mailbox.submit(Step.of(this.loop, () -> {
			this.mailbox.submit(note(this.loop, "second"), this.loop);
			this.done.add("first");
		}), this.loop);
		assertThat(this.done).containsExactly("first", "second");
	}

	@Test
	void anAsynchronousTaskDelaysItsSuccessors() {
		Step slow = Step.async(this.loop, () -> this.done.add("started"));
		submit(slow, note(this.loop, "next"));
		this.loop.runAll();
		assertThat(this.done).containsExactly("started");
		assertThat(this.mailbox.current()).isSameAs(slow);
		slow.complete(this.mailbox);
		assertThat(this.done).as("not on the thread that completes").containsExactly("started");
		this.loop.runAll();
		assertThat(this.done).containsExactly("started", "next");
	}

	@Test
	void anAsynchronousTaskMayBeDoneBeforeItsRunReturns() {
		Step[] quick = new Step[1];
		quick[0] = Step.async(this.loop, () -> {
			this.done.add("quick");
			Thread other = new Thread(() -> quick[0].complete(this.mailbox));
			other.start();
			join(other);
		});
		submit(quick[0], note(this.loop, "next"));
		this.loop.runAll();
		assertThat(this.done).containsExactly("quick", "next");
		assertThat(this.mailbox.size()).isZero();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void forEachPassesUnfinishedTasksTheOldestFirst() {
		Step first = Step.async(this.loop, () -> this.done.add("first"));
		Step second = note(this.lane, "second");
		Step third = note(this.lane, "third");
		List<MailboxTask> shown = new ArrayList<>();
		this.mailbox.forEach(shown::add);
		assertThat(shown).isEmpty();
		submit(first, second, third);
		this.loop.runAll();
		this.mailbox.forEach(shown::add);
		assertThat(shown).containsExactly(first, second, third);
		first.complete(this.mailbox);
		shown.clear();
		this.mailbox.forEach(shown::add);
		assertThat(shown).containsExactly(second, third);
	}

	@Test
	void aTaskThatEndsDuringForEachHidesNoSuccessor() {
		Step first = Step.async(this.loop, () -> this.done.add("first"));
		Step second = note(this.lane, "second");
		submit(first, second);
		this.loop.runAll();
		Set<MailboxTask> shown = new LinkedHashSet<>();
		this.mailbox.forEach((task) -> {
			if (shown.add(task) && task == first) {
				first.complete(this.mailbox);
			}
		});
		assertThat(shown).containsExactly(first, second);
	}

	@Test
	void aRejectedTaskIsNotifiedAndTheNextOneRuns() {
		Step rejected = note(new ManualExecutor().full(true), "refused");
		Step alsoRejected = note(new ManualExecutor().full(true), "refused too");
		submit(note(this.lane, 1), rejected, alsoRejected, note(this.lane, 2));
		this.lane.runAll();
		assertThat(this.done).containsExactly(1, 2);
		assertThat(rejected.rejection).isInstanceOf(RejectedExecutionException.class).hasMessage("full");
		assertThat(alsoRejected.rejection).hasMessage("full");
		assertThat(this.ended).hasValue(4);
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void aTaskRejectedWhenIdleLeavesTheMailboxIdle() {
		submit(note(this.lane.full(true), "refused"));
		assertThat(this.mailbox.size()).isZero();
		this.lane.full(false);
		submit(note(this.lane, "next"));
		this.lane.runAll();
		assertThat(this.done).containsExactly("next");
	}

	@Test
	void aTaskThatThrowsIsDone() {
		submit(Step.of(this.lane, () -> {
			throw new IllegalStateException("expected by this test");
		}), note(this.lane, "next"));
		this.lane.runAll();
		assertThat(this.done).containsExactly("next");
		assertThat(this.ended).hasValue(2);
	}

	@Test
	void aTaskThatThrowsInItsRejectionIsDone() {
		submit(new Step(this.loop.full(true), () -> true) {

			@Override
			protected boolean rejected(RejectedExecutionException ex) {
				throw new IllegalStateException("expected by this test");
			}

		}, note(this.lane, "next"));
		this.lane.runAll();
		assertThat(this.done).containsExactly("next");
	}

	@Test
	void aSubmittedTaskKeepsItsExecutor() {
		Step moving = note(this.lane, "moving");
		submit(moving, note(this.loop, "next"));
		moving.executor = this.loop;
		this.loop.runAll();
		assertThat(this.done).isEmpty();
		this.lane.runAll();
		this.loop.runAll();
		assertThat(this.done).containsExactly("moving", "next");
	}

	@Test
	void aPendingTaskMayChangeItsExecutor() {
		Step moving = note(this.lane, "moving");
		submit(note(this.lane, "first"), moving);
		moving.executor = this.loop;
		this.lane.runAll();
		assertThat(this.done).containsExactly("first");
		this.loop.runAll();
		assertThat(this.done).containsExactly("first", "moving");
	}

	@Test
	void theSizeCountsPendingAndRunningTasks() {
		Step slow = Step.async(this.lane, () -> {
		});
		submit(slow, note(this.lane, 1));
		assertThat(this.mailbox.size()).isEqualTo(2);
		this.lane.runAll();
		assertThat(this.mailbox.size()).isEqualTo(2);
		slow.complete(this.mailbox);
		assertThat(this.mailbox.size()).isOne();
		this.lane.runAll();
		assertThat(this.mailbox.size()).isZero();
		assertThat(this.mailbox.current()).isNull();
		assertThat(this.ended).hasValue(2);
	}

	@Test
	void theSizeIsLoweredBeforeTheCallback() {
		List<Integer> sizes = new ArrayList<>();
		Mailbox[] watched = new Mailbox[1];
		watched[0] = new Mailbox(() -> sizes.add(watched[0].size()));
		watched[0].submit(note(this.lane, 1), null);
		watched[0].submit(note(this.lane, 2), null);
		this.lane.runAll();
		assertThat(sizes).containsExactly(1, 0);
	}

	@Test
	void anIdleMailboxHoldsNoReferences() {
		ManualExecutor room = new ManualExecutor();
		Step task = note(room, "done");
		List<WeakReference<?>> gone = List.of(new WeakReference<>(room), new WeakReference<>(task));
		submit(task);
		room.runAll();
		room = null;
		task = null;
		awaitCollected(gone);
		assertThat(this.mailbox.size()).isZero();
	}

	@Test
	void aRetainedTaskDoesNotRetainItsSuccessors() {
		Step kept = note(this.lane, "kept");
		Step next = note(this.lane, "next");
		List<WeakReference<?>> gone = List.of(new WeakReference<>(next));
		submit(kept, next);
		this.lane.runAll();
		next = null;
		awaitCollected(gone);
		assertThat(kept.rejection).isNull();
	}

	private static void awaitCollected(List<WeakReference<?>> references) {
		await().until(() -> {
			System.gc();
			return references.stream().allMatch((reference) -> reference.refersTo(null));
		});
	}

}
