package io.nanogame.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Workers that fail instead of rejecting a task: a task decorator that throws, or a
 * system without threads.
 */
class FailingWorkersTests {

	private final ManualExecutor working = new ManualExecutor();

	private final List<String> done = new ArrayList<>();

	private Throwable failure;

	private final Lanes lanes = new Lanes(this::execute, 10);

	private void execute(Runnable task) {
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure instanceof RuntimeException exception) {
			throw exception;
		}
		this.working.execute(task);
	}

	@Test
	void aLaneContinuesAfterwards() {
		Lane lane = this.lanes.create("room");
		for (Throwable each : List.of(new IllegalStateException("decorator"), new OutOfMemoryError("thread"))) {
			this.failure = each;
			assertThatThrownBy(() -> lane.execute(() -> this.done.add("lost")))
				.isInstanceOf(RejectedExecutionException.class)
				.hasCause(each);
		}
		this.failure = null;
		lane.execute(() -> this.done.add("next"));
		this.working.runAll();
		assertThat(this.done).containsExactly("next");
		assertThat(lane.size()).isZero();
	}

	@Test
	void aMailboxContinuesAfterwards() {
		Mailbox mailbox = new Mailbox(() -> {
		});
		this.failure = new IllegalStateException("decorator");
		mailbox.submit(task("first"), null);
		this.failure = null;
		mailbox.submit(task("second"), null);
		this.working.runAll();
		assertThat(this.done).containsExactly("rejected first", "second");
		assertThat(mailbox.size()).isZero();
	}

	private MailboxTask task(String name) {
		return new MailboxTask() {

			@Override
			protected Executor executor() {
				return FailingWorkersTests.this.lanes.workers();
			}

			@Override
			protected boolean run() {
				return FailingWorkersTests.this.done.add(name);
			}

			@Override
			protected boolean rejected(RejectedExecutionException ex) {
				FailingWorkersTests.this.done.add("rejected " + name);
				return true;
			}

		};
	}

}
