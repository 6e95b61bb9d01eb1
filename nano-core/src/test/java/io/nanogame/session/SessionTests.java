package io.nanogame.session;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.nanogame.lane.ManualExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionTests {

	private final TestSessions sessions = new TestSessions();

	private final ManualExecutor workers = this.sessions.workers;

	private final Session session = this.sessions.open();

	private final SessionHandle handle = SessionHandle.of(this.session);

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
		assertThat(this.sessions.listed.findByUid("bob")).isEmpty();
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
		assertThat(this.sessions.listed.findByUid(this.session.uid())).containsExactly(this.session);
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
		assertThat(this.handle.connection()).isSameAs(this.connection);
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
	void ofManyWhoCloseAtOnceOneDoes() {
		this.session.onClose((closed) -> this.calls.add("closed"));
		ExecutorService pool = Executors.newFixedThreadPool(8);
		List<CompletableFuture<Void>> closing = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> this.session.kick("words " + i), pool))
			.toList();
		closing.forEach(CompletableFuture::join);
		pool.shutdown();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("closed");
		assertThat(this.connection.closed()).containsExactly(this.session.closeReason());
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
	void onCloseIsCalledOnceForEachTimeAListenerWasAdded() {
		Consumer<Session> listener = (closed) -> this.calls.add("closed");
		this.session.onClose(listener);
		this.session.onClose(listener);
		this.session.close();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("closed", "closed");
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
		this.handle.addCloseAction((closed) -> this.calls.add("done"));
		Consumer<Session> takenBack = (closed) -> this.calls.add("taken back");
		this.handle.addCloseAction(takenBack);
		this.handle.addCloseAction(takenBack);
		this.handle.removeCloseAction(takenBack);
		this.session.close();
		assertThat(this.calls).containsExactly("done");
		this.handle.addCloseAction((closed) -> this.calls.add("late"));
		assertThat(this.calls).containsExactly("done", "late");
	}

	@Test
	void aCloseActionThatFailsKeepsNothingFromBeingDone() {
		this.handle.addCloseAction((closed) -> {
			throw new IllegalStateException("expected by this test");
		});
		this.handle.addCloseAction((closed) -> this.calls.add("done"));
		this.session.close();
		assertThat(this.calls).containsExactly("done");
		assertThat(this.sessions.listed.count()).isZero();
	}

}
