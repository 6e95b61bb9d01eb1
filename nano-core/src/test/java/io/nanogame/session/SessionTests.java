package io.nanogame.session;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.nanogame.lane.Lane;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.serialize.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionTests {

	private final TestSessions sessions = new TestSessions();

	private final ManualExecutor workers = this.sessions.workers;

	private final Session session = this.sessions.open();

	private final MemoryConnection connection = TestSessions.connection(this.session);

	private final List<String> calls = new ArrayList<>();

	@Test
	void anIdFitsIntoANumberOfAClient() {
		assertThat(this.session.id()).isPositive().isLessThan(1L << 53);
		assertThat(this.sessions.open().id()).isNotEqualTo(this.session.id());
		assertThat(this.session).hasToString("Session[" + this.session.id() + "]");
	}

	@Test
	void itIsBoundOnceAndForAll() {
		assertThat(this.session.uid()).isNull();
		this.session.bind("ann");
		this.session.bind("ann");
		assertThat(this.session.uid()).isEqualTo("ann");
		assertThatExceptionOfType(SessionAlreadyBoundException.class).isThrownBy(() -> this.session.bind("bob"))
			.withMessage("Session " + this.session.id() + " is bound to another uid already");
		assertThat(this.session.uid()).isEqualTo("ann");
		assertThat(this.sessions.registry.findByUid("bob")).isEmpty();
	}

	@Test
	void anEmptyUidIsNobodys() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.session.bind(""))
			.withMessage("A uid must not be empty");
		assertThat(this.session.uid()).isNull();
	}

	@Test
	void ofManyThatBindAtOnceOneWins() {
		ExecutorService pool = Executors.newFixedThreadPool(8);
		List<CompletableFuture<Boolean>> bound = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> bind("uid" + i), pool))
			.toList();
		assertThat(bound.stream().filter(CompletableFuture::join)).hasSize(1);
		assertThat(this.sessions.registry.findByUid(this.session.uid())).containsExactly(this.session);
		pool.shutdown();
	}

	private boolean bind(String uid) {
		try {
			this.session.bind(uid);
			return true;
		}
		catch (SessionAlreadyBoundException ex) {
			return false;
		}
	}

	@Test
	void itKnowsItsPrincipalItsHandshakeAndItsConnection() {
		Principal principal = () -> "ann";
		this.session.principal(principal);
		assertThat(this.session.principal()).isSameAs(principal);
		this.session.principal(null);
		assertThat(this.session.principal()).isNull();
		assertThat(this.session.connection()).isSameAs(this.connection);
		assertThat(this.session.remoteAddress()).isEqualTo(this.connection.remoteAddress());
		assertThat(this.session.queryParameters()).isEqualTo(Map.of("room", List.of("7")));
		assertThat(this.sessions.open(TestSessions.PITAYA).handshake().client().pitaya()).isTrue();
		assertThat(this.session.attributes()).isSameAs(this.session.attributes());
	}

	@Test
	void aPushIsSentRightAway() {
		this.session.push("onNews", List.of(1, 2));
		this.session.push("onBytes", new byte[] { 'h', 'i' });
		assertThat(this.connection.sent()).containsExactly("push onNews [1,2]", "push onBytes hi");
	}

	@Test
	void theFirstReasonToCloseWins() {
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.session.closeReason()).isNull();
		this.session.kick("cheating");
		this.session.close();
		this.session.close(CloseReason.SHUTDOWN);
		CloseReason reason = new CloseReason("kick", "cheating", false);
		assertThat(this.session.isOpen()).isFalse();
		assertThat(this.session.closeReason()).isEqualTo(reason);
		assertThat(this.connection.closed()).containsExactly(reason);
	}

	@Test
	void aPlainCloseHasAReasonToo() {
		this.session.close();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.CLOSED);
	}

	@Test
	void onCloseIsCalledOnceBehindTheMessagesThatCameBefore() {
		this.session.onClose((closed) -> this.calls.add("first " + closed.closeReason().code()));
		this.session.onClose((closed) -> this.calls.add("second"));
		this.session.inOrder(() -> this.calls.add("message"));
		this.session.close();
		this.session.inOrder(() -> this.calls.add("late message"));
		assertThat(this.calls).as("not on the thread that closes").isEmpty();
		this.workers.runAll();
		this.session.close();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("message", "first closed", "second", "late message");
	}

	@Test
	void onCloseOfAClosedSessionIsCalledNow() {
		this.session.close();
		this.session.onClose((closed) -> this.calls.add("told"));
		this.workers.runAll();
		assertThat(this.calls).containsExactly("told");
	}

	@Test
	void anOnCloseThatFailsDoesNotKeepTheOthersFromBeingTold() {
		this.session.onClose((closed) -> {
			throw new IllegalStateException("expected by this test");
		});
		this.session.onClose((closed) -> this.calls.add("told"));
		this.session.close();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("told");
	}

	@Test
	void aCloseActionIsDoneAtOnceUnlessItWasTakenBack() {
		this.session.addCloseAction((closed) -> this.calls.add("done"));
		java.util.function.Consumer<Session> takenBack = (closed) -> this.calls.add("taken back");
		this.session.addCloseAction(takenBack);
		this.session.addCloseAction(takenBack);
		this.session.removeCloseAction(takenBack);
		this.session.close();
		assertThat(this.calls).containsExactly("done");
		this.session.addCloseAction((closed) -> this.calls.add("late"));
		assertThat(this.calls).containsExactly("done", "late");
	}

	@Test
	void aCloseActionThatFailsKeepsNothingFromBeingDone() {
		this.session.addCloseAction((closed) -> {
			throw new IllegalStateException("expected by this test");
		});
		this.session.addCloseAction((closed) -> this.calls.add("done"));
		this.session.close();
		assertThat(this.calls).containsExactly("done");
		assertThat(this.sessions.registry.count()).isZero();
	}

	@Test
	void whatIsDoneInOrderWaitsItsTurnAndMayFail() {
		this.session.inOrder(() -> {
			throw new IllegalStateException("expected by this test");
		});
		this.session.inOrder(() -> this.calls.add("next"));
		assertThat(this.session.backlog()).isEqualTo(2);
		this.workers.runAll();
		assertThat(this.calls).containsExactly("next");
		assertThat(this.session.backlog()).isZero();
		assertThat(this.connection.resumes()).as("told after each").isEqualTo(2);
	}

	@Test
	void itsHandlersRunOnTheWorkersOrOnTheLaneItWasMovedTo() {
		ManualExecutor threads = new ManualExecutor();
		Lane room = new Lane("room", threads, 10);
		assertThat(this.session.handlerExecutor()).isSameAs(this.workers);
		this.session.moveTo(room);
		assertThat(this.session.lane()).isSameAs(room);
		assertThat(this.session.handlerExecutor()).isSameAs(room);
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
		this.session.await(new Waiting(this, 5));
		this.session.await(new Waiting(this, id));
		assertThat(this.session.backlog()).isEqualTo(2);
		assertThat(this.session.respond(id, "late")).isTrue();
		assertThat(this.session.respond(id, "again")).isFalse();
		assertThat(this.session.respond(77, "never asked")).isFalse();
		assertThat(this.calls).containsExactly(id + " late");
		assertThat(this.session.backlog()).isOne();
		assertThat(this.connection.resumes()).isOne();
	}

	@Test
	void ofTwoRequestsWithOneIdEachGetsOneAnswer() {
		this.session.await(new Waiting(this, 5));
		this.session.await(new Waiting(this, 5));
		assertThat(this.session.respond(5, "a")).isTrue();
		assertThat(this.session.respond(5, "b")).isTrue();
		assertThat(this.session.respond(5, "c")).isFalse();
		assertThat(this.calls).containsExactly("5 a", "5 b");
	}

	@Test
	void requestsThatWaitTooLongExpire() {
		this.session.await(new Waiting(this, 5));
		this.session.expireReplies(9);
		assertThat(this.calls).isEmpty();
		this.session.expireReplies(10);
		assertThat(this.calls).containsExactly("5 expired");
		assertThat(this.session.backlog()).isZero();
	}

	@Test
	void whoIsForgottenTwiceCountsOnce() {
		Waiting waiting = new Waiting(this, 5);
		this.session.forget(waiting);
		this.session.await(waiting);
		this.session.forget(waiting);
		this.session.forget(waiting);
		assertThat(this.connection.resumes()).isOne();
	}

	@Test
	void aPushThatCannotBeWrittenIsRefusedWhereItIsMade() {
		OutboundMessage push = OutboundMessage.push("onNews", new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				return this;
			}

		}, this.session.payloads());
		assertThatExceptionOfType(SerializationException.class).isThrownBy(push::body);
	}

	/** A request that waits for its answer, or for the time 10. */
	private record Waiting(SessionTests test, long id) implements PendingReply {

		@Override
		public boolean reply(Object value) {
			return end(value.toString());
		}

		@Override
		public void expire(long nowNanos) {
			if (nowNanos >= 10) {
				end("expired");
			}
		}

		private boolean end(String how) {
			if (this.test.calls.contains(this.id + " " + how)) {
				return false;
			}
			this.test.calls.add(this.id + " " + how);
			this.test.session.forget(this);
			return true;
		}

	}

}
