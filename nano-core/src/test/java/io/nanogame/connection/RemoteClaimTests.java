package io.nanogame.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.Test;

import static io.nanogame.connection.MovingServers.ACK;
import static io.nanogame.connection.MovingServers.claim;
import static io.nanogame.connection.MovingServers.resume;
import static io.nanogame.connection.MovingServers.token;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a session leaves its server for the client of another one, and when it stays.
 */
class RemoteClaimTests {

	private final MovingServers servers = new MovingServers(LoginPolicy.CONTINUE);

	private final StillServer first = this.servers.first;

	private final StillServer.Client before = this.servers.connect();

	private final Session session = this.servers.session();

	/** The client claims its session at the other server, which has the answer. */
	private MovingServers.Answer claimed() {
		claim(this.servers.second, resume(token(this.before), 1));
		return this.servers.claim();
	}

	private void assertStays(MovingServers.Answer answer) {
		assertThat(answer.state).isNull();
		assertThat(this.servers.roads).isEmpty();
		assertThat(this.session.isOpen()).isTrue();
		StillServer.Client again = claim(this.first, resume(token(this.before), 1));
		assertThat(again.text()).contains("\"state\":\"resumed\"");
		again.send(ACK);
		this.first.finish();
		assertThat(this.session.isConnected()).isTrue();
	}

	// Decisions

	@Test
	void aSocketThatSeemsToBeAliveIsClosedBeforeTheSessionIsReady() {
		MovingServers.Answer answer = claimed();
		assertThat(this.before.isClosed()).isTrue();
		this.first.finish();
		this.first.pass(Duration.ofMillis(10));
		assertThat(answer.events).containsExactly("ready");
	}

	@Test
	void aServerWithoutTheSessionHasNoAnswer() {
		MovingServers.Answer answer = new MovingServers.Answer(0);
		assertThat(answer.claim.submit(this.first.transport(), new ResumeToken(77, 1, 2))).isFalse();
		this.first.runTurns();
		assertThat(answer.events).isEmpty();
	}

	@Test
	void aWrongTokenLosesAndLeavesTheSessionAlone() {
		MovingServers.Answer answer = new MovingServers.Answer(0);
		assertThat(answer.claim.submit(this.first.transport(), new ResumeToken(this.session.id(), 1, 2))).isTrue();
		this.first.runTurns();
		assertThat(answer.events).containsExactly("lost ");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void aClientThatHasMissedTooMuchLoses() {
		this.servers.cut(this.before);
		for (int i = 0; i < 5; i++) {
			this.session.push("onPush", "x".repeat(1000));
		}
		this.first.finish();
		assertThat(claimed().events).containsExactly("lost ");
		assertThat(this.first.resumable().count(ResumeOutcome.OVERFLOW)).isOne();
	}

	@Test
	void theReasonOfAClosedSessionIsReported() {
		this.servers.cut(this.before);
		claim(this.servers.second, resume(token(this.before), 1));
		MovingServers.Answer answer = new MovingServers.Answer(1);
		answer.claim.submit(this.first.transport(), this.servers.query().token());
		this.session.kick("enough");
		this.first.runTurns();
		assertThat(answer.events).containsExactly("lost kick");
	}

	// Quiet

	@Test
	void aSessionIsNotReadyWhileAHandlerRuns() {
		this.before.send(MovingServers.request(2, "lane.slow"));
		this.first.finish();
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		this.first.pass(Duration.ofSeconds(1));
		assertThat(answer.events).isEmpty();
		this.servers.slow.complete("done");
		this.first.finish();
		this.first.pass(Duration.ofMillis(100));
		assertThat(answer.events).containsExactly("ready");
	}

	@Test
	void aClaimIsWithdrawnIfAHandlerRunsForTooLong() {
		this.before.send(MovingServers.request(2, "lane.slow"));
		this.first.finish();
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		this.first.pass(Duration.ofMillis(2900));
		assertThat(answer.events).isEmpty();
		this.first.pass(Duration.ofMillis(200));
		assertThat(answer.events).containsExactly("withdrawn");
		this.servers.slow.complete("done");
		this.first.finish();
		this.first.pass(Duration.ofSeconds(1));
		assertStays(answer);
		assertThat(answer.events).containsExactly("withdrawn");
	}

	@Test
	void aSessionStaysWhenATaskHasBegunMeanwhile() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		this.session.inOrder(() -> {
		});
		this.servers.release(answer);
		this.first.runTurns();
		assertThat(answer.events).containsExactly("ready", "withdrawn");
		this.first.finish();
		assertStays(answer);
		assertThat(answer.events).as("the claim has ended").containsExactly("ready", "withdrawn");
	}

	// Other claims

	@Test
	void aLaterClaimOfThisServerWins() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		StillServer.Client local = claim(this.first, resume(token(this.before), 1));
		assertThat(answer.events).containsExactly("ready", "withdrawn");
		this.servers.release(answer);
		this.first.runTurns();
		local.send(ACK);
		this.first.finish();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(answer.state).isNull();
		assertThat(this.servers.roads).isEmpty();
	}

	@Test
	void anEarlierClaimOfThisServerIsEnded() {
		this.servers.cut(this.before);
		StillServer.Client local = claim(this.first, resume(token(this.before), 1));
		MovingServers.Answer answer = claimed();
		assertThat(local.isClosed()).isTrue();
		assertThat(answer.events).containsExactly("ready");
		local.send(ACK);
		this.first.finish();
		assertThat(this.session.isConnected()).isFalse();
	}

	/** It has found the session, and its turn is after the departure. */
	@Test
	void aClaimThatComesTooLateQueriesTheOtherServersInsteadOfLosing() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		int queries = this.servers.queries.size();
		MovingServers.Answer another = new MovingServers.Answer(1);
		this.servers.release(answer);
		another.claim.submit(this.first.transport(), this.servers.query().token());
		StillServer.Client local = claim(this.first, resume(token(this.before), 1));
		assertThat(answer.state).isNotNull();
		assertThat(another.events).containsExactly("withdrawn");
		assertThat(local.text()).isEmpty();
		assertThat(this.servers.queries).hasSize(queries + 1);
		assertThat(this.first.resumable().count(ResumeOutcome.UNKNOWN_TOKEN)).isZero();
	}

	/** It was there and back again while its client waited. */
	@Test
	void aClientWhoseSessionHasMovedOnTriesAgain() {
		this.servers.cut(this.before);
		StillServer.Client waiting = claim(this.servers.second, resume(token(this.before), 1));
		ResumeQuery first = this.servers.query();
		StillServer.Client next = claim(this.servers.second, resume(token(this.before), 1));
		Session moved = this.servers.move();
		next.cut();
		this.servers.second.finish();
		MovingServers.Answer away = new MovingServers.Answer(1);
		away.claim.submit(this.servers.second.transport(), first.token());
		this.servers.second.runTurns();
		// Finds the session before it leaves, and reaches it afterwards.
		first.notFound();
		away.claim.release((session) -> SessionHandle.of(session).moveTo(this.servers.roads.get(0)), (state) -> {
		});
		this.servers.second.finish();
		assertThat(moved.isOpen()).isTrue();
		assertThat(waiting.text()).contains("\"code\":503", "\"sys\":{\"retry\":0.5}");
	}

	@Test
	void aSessionThatIsClosedDoesNotLeave() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		this.session.kick("enough");
		this.servers.release(answer);
		this.first.finish();
		assertThat(answer.events).startsWith("ready", "withdrawn").noneMatch((event) -> event.startsWith("lost"));
		assertThat(answer.state).isNull();
		assertThat(this.servers.roads).isEmpty();
	}

	/** Its loop has not closed the connection yet. */
	@Test
	void aSessionThatIsBeingClosedDoesNotLeave() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		this.servers.release(answer);
		this.session.kick("enough");
		this.first.finish();
		assertThat(answer.state).isNull();
		assertThat(this.servers.roads).isEmpty();
		assertThat(this.first.connections().count()).isZero();
		assertThat(this.first.sessions.count()).isZero();
	}

	@Test
	void aSessionThatMissesTooMuchMeanwhileDoesNotLeave() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		for (int i = 0; i < 5; i++) {
			this.session.push("onPush", "x".repeat(1000));
		}
		this.servers.release(answer);
		this.first.finish();
		assertThat(answer.events).containsExactly("ready", "withdrawn");
		assertThat(answer.state).isNull();
	}

	/** Its loop has not closed the former socket yet. */
	@Test
	void aSessionThatAnotherClientIsAboutToContinueDoesNotLeave() {
		this.servers.cut(this.before);
		MovingServers.Answer answer = claimed();
		StillServer.Client other = this.first.connect();
		other.send(new byte[] { 1, 0, 0, 0 }, ACK, MovingServers.request(1, "lane.login"));
		this.servers.release(answer);
		this.first.workers.runAll();
		this.first.finish();
		assertThat(answer.events).containsExactly("ready", "withdrawn");
		assertThat(answer.state).isNull();
		assertThat(this.session.isConnected()).isTrue();
	}

	// The former connection

	private MovingServers.Answer claimedWithAPush() {
		this.servers.cut(this.before);
		this.session.push("onPush", "<kept>");
		this.first.finish();
		return claimed();
	}

	/** The session is that of the other server already. */
	@Test
	void theEndOfTheFormerConnectionDoesNotCloseASessionThatIsLeaving() {
		MovingServers.Answer answer = claimedWithAPush();
		ClientConnection former = (ClientConnection) SessionHandle.of(this.session).connection();
		this.servers.release(answer);
		this.first.nextTurn();
		endAll(former);
		assertThat(this.session.isOpen()).isTrue();
		assertThat(answer.state.kept()).hasSize(1);
		assertThat(this.first.resumable().bytes()).isZero();
		assertThat(this.first.connections().count()).isZero();
	}

	/** The second task is that of the sweep, for loops that reject tasks. */
	@Test
	void aSessionLeavesOnceAlthoughTheSweepRepeatsItsDeparture() {
		MovingServers.Answer answer = claimedWithAPush();
		ClientConnection former = (ClientConnection) SessionHandle.of(this.session).connection();
		this.servers.release(answer);
		this.first.nextTurn();
		Runnable departure = former.resumption.departure;
		List<String> repeated = new ArrayList<>();
		former.resumption.departure = () -> {
			repeated.add("departure");
			departure.run();
		};
		former.sweep(this.first.transport().nanoTime());
		this.first.finish();
		assertThat(repeated).hasSize(1);
		assertThat(answer.state.kept()).hasSize(1);
		assertThat(this.first.resumable().count(ResumeOutcome.MOVED)).isOne();
		former.sweep(this.first.transport().nanoTime());
		this.first.finish();
		assertThat(repeated).hasSize(1);
	}

	@Test
	void theEndOfTheFormerConnectionDoesNotCloseASessionThatHasLeft() {
		MovingServers.Answer answer = claimedWithAPush();
		ClientConnection former = (ClientConnection) SessionHandle.of(this.session).connection();
		this.servers.release(answer);
		this.first.finish();
		endAll(former);
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.servers.roads.get(0).closed()).isEmpty();
	}

	private void endAll(ClientConnection former) {
		former.shutDown();
		former.end(CloseReason.SLOW_CONSUMER);
		former.lost(CloseReason.CLIENT_CLOSED);
		former.outputLost();
		former.sweep(this.first.transport().nanoTime() + Duration.ofHours(1).toNanos());
		former.close(CloseReason.SHUTDOWN);
		this.first.finish();
	}

	@Test
	void aServerThatStopsDoesNotCloseASessionThatIsLeaving() {
		MovingServers.Answer answer = claimedWithAPush();
		this.servers.release(answer);
		this.first.connections().drain();
		this.first.finish();
		assertThat(answer.state.kept()).hasSize(1);
		assertThat(this.session.isOpen()).isTrue();
	}

	// A session that ends meanwhile

	/** Between the last look of the loop and the departure. */
	@Test
	void aSessionThatIsClosedByAnotherThreadWhileItLeavesIsClosedEverywhere() {
		MovingServers.Answer answer = claimedWithAPush();
		this.servers.release(answer, (session) -> session.kick("enough"), (session) -> {
		});
		this.first.finish();
		assertLost(answer, "kick");
	}

	@Test
	void aSessionThatIsClosedBeforeItsStateIsReadIsNotExported() {
		MovingServers.Answer answer = claimedWithAPush();
		this.servers.release(answer);
		this.first.nextTurn();
		this.session.kick("enough");
		this.first.finish();
		assertLost(answer, "kick");
	}

	@Test
	void aSessionIsLostIfTheDepartureFails() {
		MovingServers.Answer answer = claimedWithAPush();
		this.servers.release(answer, (session) -> {
		}, (session) -> {
			throw new IllegalStateException("its principal cannot be written");
		});
		this.first.finish();
		assertLost(answer, "session-lost");
	}

	@Test
	void aSessionIsLostIfItsStateCannotBeWritten() {
		MovingServers.Answer answer = claimedWithAPush();
		this.servers.release(answer, () -> {
			throw new IllegalStateException("too long");
		});
		this.first.finish();
		assertLost(answer, "session-lost");
	}

	private void assertLost(MovingServers.Answer answer, String code) {
		assertThat(answer.events).containsExactly("ready", "lost " + code);
		assertThat(answer.state).isNull();
		assertThat(this.session.closeReason().code()).isEqualTo(code);
		assertThat(this.servers.roads.get(0).closed()).extracting(CloseReason::code).contains(code);
		assertThat(this.first.resumable().endOf(this.servers.query().token()).code()).isEqualTo(code);
		assertThat(this.first.connections().count()).isZero();
		assertThat(this.first.sessions.count()).isZero();
		assertThat(this.first.resumable().bytes()).isZero();
		assertThat(this.first.resumable().count(ResumeOutcome.MOVED)).isZero();
	}

	@Test
	void aClaimThatHasNotBegunIsWithdrawn() {
		MovingServers.Answer answer = new MovingServers.Answer(0);
		this.servers.release(answer);
		assertThat(answer.events).containsExactly("withdrawn");
	}

	// A client that continues another session

	/** A session without a uid, whose client has claimed it at the other server. */
	private Session claimedWithoutUid() {
		StillServer.Client client = claim(this.first, "{}");
		client.send(ACK);
		this.first.finish();
		Session without = this.first.sessions.all().stream().filter((it) -> it.uid() == null).findFirst().orElseThrow();
		this.servers.cut(client);
		claim(this.servers.second, resume(token(client), 0));
		return without;
	}

	/** Another thread has bound it. */
	@Test
	void aSessionWhoseClientIsAboutToContinueAnotherDoesNotLeave() {
		Session without = claimedWithoutUid();
		MovingServers.Answer answer = this.servers.claim();
		assertThat(without.bind("ann")).isSameAs(this.session);
		this.servers.release(answer);
		this.first.finish();
		assertThat(answer.events).containsExactly("ready", "withdrawn");
		assertThat(this.servers.roads).isEmpty();
	}

	@Test
	void theClientOfASessionThatIsLeavingContinuesNoOther() {
		Session without = claimedWithoutUid();
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.nextTurn();
		assertThat(without.bind("ann")).isSameAs(without);
		this.first.finish();
		assertThat(answer.state).isNotNull();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.REPLACED);
	}

}
