package io.nanogame.server;

import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The amount of output that a loop sends in one turn.
 */
class LoopTurnTests {

	private static final int MEMBERS = 5000;

	private static final int BROADCASTS = 5;

	private static final int TASKS_A_TURN = 1024;

	/** More than two turns of a loop, and less than a wire keeps. */
	private static final int PUSHES = 2500;

	private final TestServer server = new TestServer().start();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void manyLargeBroadcastsDoNotFillOneTurn() throws InterruptedException {
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Long> sentInTheFirstTurn = new CompletableFuture<>();
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			ConnectionLoop loop = SessionHandle.of(session).connection().loop();
			loop.execute(() -> waitFor(gate));
			for (int i = 0; i < BROADCASTS; i++) {
				loop.broadcast(OutboundMessage.push("onNews", i, this.server.payloads),
						Collections.nCopies(MEMBERS, session));
			}
			loop.execute(() -> sentInTheFirstTurn.complete(sent()));
			gate.countDown();
			assertThat(sentInTheFirstTurn.join()).isGreaterThanOrEqualTo(MEMBERS).isLessThanOrEqualTo(2 * MEMBERS);
			await().until(() -> sent() == BROADCASTS * MEMBERS);
			for (int i = 0; i < BROADCASTS * MEMBERS; i++) {
				assertThat(client.readPush("onNews")).isEqualTo(Integer.toString(i / MEMBERS));
			}
		}
	}

	/** Three turns of output. Between them the loop reads, but does not write. */
	@Test
	void aFlushIsPostponedWhileOutputIsQueued() throws InterruptedException {
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Long> writtenAfterTwoTurns = new CompletableFuture<>();
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			ConnectionLoop loop = SessionHandle.of(session).connection().loop();
			loop.execute(() -> waitFor(gate));
			for (int i = 0; i < PUSHES; i++) {
				session.push("onNews", i);
			}
			long before = written();
			loop.execute(() -> loop.execute(() -> writtenAfterTwoTurns.complete(written())));
			gate.countDown();
			assertThat(writtenAfterTwoTurns.join()).isEqualTo(before);
			for (int i = 0; i < PUSHES; i++) {
				assertThat(client.readPush("onNews")).isEqualTo(Integer.toString(i));
			}
		}
	}

	/** Twenty turns of output for others must not delay one client's push. */
	@Test
	void aFlushIsPostponedForAFewTurnsOnly() throws InterruptedException {
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Integer> turnsUntilWritten = new CompletableFuture<>();
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			ConnectionLoop loop = SessionHandle.of(session).connection().loop();
			OutboundMessage news = OutboundMessage.push("onNews", "news", this.server.payloads);
			loop.execute(() -> waitFor(gate));
			session.push("onNews", "first");
			for (int i = 0; i < 20 * TASKS_A_TURN; i++) {
				loop.broadcast(news, Collections.emptyList());
			}
			countTurns(loop, written(), 0, turnsUntilWritten);
			gate.countDown();
			assertThat(turnsUntilWritten.join()).isBetween(4, 6);
			assertThat(client.readPush("onNews")).isEqualTo("\"first\"");
		}
	}

	/** The tasks of a loop take turns, so this one runs once in each turn. */
	private void countTurns(ConnectionLoop loop, long before, int turns, CompletableFuture<Integer> untilWritten) {
		loop.execute(() -> {
			if (written() > before) {
				untilWritten.complete(turns);
			}
			else {
				countTurns(loop, before, turns + 1, untilWritten);
			}
		});
	}

	private long written() {
		return this.server.server().traffic().bytesSent();
	}

	private long sent() {
		return this.server.server().traffic().sent(MessageType.PUSH);
	}

	private static void waitFor(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
