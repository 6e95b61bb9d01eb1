package io.nanogame.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.lane.Lane;
import io.nanogame.lane.ManualExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a session does one after the other, where, and what it waits for.
 */
class SessionOrderTests {

	private final TestSessions sessions = new TestSessions();

	private final ManualExecutor workers = this.sessions.workers;

	private final Session session = this.sessions.open();

	private final SessionHandle handle = SessionHandle.of(this.session);

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@Test
	void whatIsDoneInOrderWaitsItsTurnAndMayFail() {
		this.session.inOrder(() -> {
			throw new IllegalStateException("expected by this test");
		});
		this.session.inOrder(() -> this.calls.add("next"));
		assertThat(this.handle.queue().backlog()).isEqualTo(2);
		this.workers.runAll();
		assertThat(this.calls).containsExactly("next");
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.connection.resumes()).as("told after each").isEqualTo(2);
	}

	@Test
	void itsMessagesAreCountedWithoutOtherTasksAndAlsoWhenTheyWereGivenUp() {
		this.session.inOrder(() -> this.calls.add("a task"));
		this.handle.queue().addPending(new Waiting(1));
		this.handle.queue().addPending(new Waiting(2));
		this.handle.queue().giveUp(0);
		assertThat(this.handle.queue().backlog()).isEqualTo(2);
		assertThat(this.handle.queue().messages()).isEqualTo(2);
		this.workers.runAll();
		assertThat(this.handle.queue().messages()).isEqualTo(2);
	}

	@Test
	void itsHandlersRunOnTheWorkersOrOnTheLaneItWasMovedTo() {
		ManualExecutor threads = new ManualExecutor();
		Lane room = new Lane("room", threads, 10);
		assertThat(this.handle.handlerExecutor()).isSameAs(this.workers);
		this.session.moveTo(room);
		assertThat(this.session.lane()).isSameAs(room);
		assertThat(this.handle.handlerExecutor()).isSameAs(room);
		this.session.inOrder(() -> this.calls.add("on the lane: " + room.isCurrent()));
		threads.runAll();
		this.session.moveTo(null);
		this.session.inOrder(() -> this.calls.add("on the lane: " + room.isCurrent()));
		this.workers.runAll();
		assertThat(this.calls).containsExactly("on the lane: true", "on the lane: false");
	}

	@Test
	void whoMovesItDoesNotUpsetItsOrder() {
		Lane room = new Lane("room", this.workers, 10);
		this.session.inOrder(() -> {
			this.session.moveTo(room);
			this.calls.add("moves");
		});
		this.session.inOrder(() -> this.calls.add("on the lane: " + room.isCurrent()));
		this.workers.runAll();
		assertThat(this.calls).containsExactly("moves", "on the lane: true");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, -1, Long.MAX_VALUE })
	void aRequestThatWaitsIsAnsweredByItsId(long id) {
		this.handle.queue().addPending(new Waiting(5));
		this.handle.queue().addPending(new Waiting(id));
		assertThat(this.handle.queue().backlog()).isEqualTo(2);
		assertThat(this.session.respond(id, "late")).isTrue();
		assertThat(this.session.respond(id, "again")).isFalse();
		assertThat(this.session.respond(77, "never asked")).isFalse();
		assertThat(this.calls).containsExactly(id + " late");
		assertThat(this.handle.queue().backlog()).isOne();
		assertThat(this.connection.resumes()).isOne();
	}

	@Test
	void ofTwoRequestsWithOneIdEachGetsOneAnswer() {
		this.handle.queue().addPending(new Waiting(5));
		this.handle.queue().addPending(new Waiting(5));
		assertThat(this.session.respond(5, "a")).isTrue();
		assertThat(this.session.respond(5, "b")).isTrue();
		assertThat(this.session.respond(5, "c")).isFalse();
		assertThat(this.calls).containsExactly("5 a", "5 b");
	}

	@Test
	void requestsThatWaitTooLongExpire() {
		this.handle.queue().addPending(new Waiting(5));
		this.handle.queue().expire(9);
		assertThat(this.calls).isEmpty();
		this.handle.queue().expire(10);
		assertThat(this.calls).containsExactly("5 expired");
		assertThat(this.handle.queue().backlog()).isZero();
	}

	@Test
	void whoeverStillWaitsIsToldWhenTheServerCanWaitNoLonger() {
		this.handle.queue().addPending(new Waiting(7));
		assertThat(this.handle.isAbandoned()).isFalse();
		this.handle.abandon();
		assertThat(this.calls).containsExactly("7 abandoned");
		assertThat(this.handle.queue().backlog()).isZero();
		assertThat(this.handle.isAbandoned()).isTrue();
	}

	@Test
	void whoIsForgottenTwiceCountsOnce() {
		Waiting waiting = new Waiting(5);
		this.handle.queue().removePending(waiting);
		this.handle.queue().addPending(waiting);
		this.handle.queue().removePending(waiting);
		this.handle.queue().removePending(waiting);
		assertThat(this.connection.resumes()).isOne();
	}

	@Test
	void whatNoWorkerTakesIsDoneInItsTurnAndNotOnTheThreadThatIsThere() {
		this.session.inOrder(() -> {
			this.calls.add("first");
			this.session.moveTo(new Lane("full", this.workers, 0));
		});
		Thread here = Thread.currentThread();
		this.session.inOrder(() -> this.calls.add("refused " + (Thread.currentThread() == here)));
		assertThat(this.calls).isEmpty();
		this.workers.runAll();
		await().until(() -> this.handle.queue().backlog() == 0);
		assertThat(this.calls).containsExactly("first", "refused false");
		this.session.moveTo(null);
		this.session.inOrder(() -> this.calls.add("next"));
		this.workers.runAll();
		assertThat(this.calls).containsExactly("first", "refused false", "next");
	}

	/** A request that waits for its answer, or for the time 10. */
	private final class Waiting implements PendingReply {

		private final long id;

		private boolean ended;

		Waiting(long id) {
			this.id = id;
		}

		@Override
		public long id() {
			return this.id;
		}

		@Override
		public int client() {
			return SessionOrderTests.this.handle.client();
		}

		@Override
		public boolean reply(Object value) {
			if (this.ended) {
				return false;
			}
			this.ended = true;
			SessionOrderTests.this.calls.add(this.id + " " + value);
			SessionOrderTests.this.handle.queue().removePending(this);
			return true;
		}

		@Override
		public void expire(long nowNanos) {
			if (nowNanos >= 10) {
				reply("expired");
			}
		}

		@Override
		public void abandon() {
			reply("abandoned");
		}

	}

}
