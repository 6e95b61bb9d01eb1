package io.nanogame.server;

import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How much a loop sends before it does something else.
 */
class LoopTurnTests {

	private static final int MEMBERS = 5000;

	private static final int BROADCASTS = 5;

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
			ConnectionLoop loop = session.connection().loop();
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
	void outputThatIsQueuedLeavesInOneWrite() throws InterruptedException {
		CountDownLatch gate = new CountDownLatch(1);
		CompletableFuture<Long> writtenAfterTwoTurns = new CompletableFuture<>();
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			ConnectionLoop loop = session.connection().loop();
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
