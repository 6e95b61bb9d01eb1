package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanogame.connection.Zipped;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that sends more than its session accepts at once, and disconnects.
 */
class MessagesBeforeDisconnectTests {

	private static final int MESSAGES = 50;

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger handled = new AtomicInteger();

	private final AtomicInteger handledAtTheEnd = new AtomicInteger(-1);

	private final TestServer server = new TestServer().settings(TestServer.settings((it) -> it.maxBacklog(4)))
		.lane("test.save", (request) -> {
			this.gate.await();
			return this.handled.incrementAndGet();
		})
		.with((builder) -> builder.sessionListeners(List.of(new SessionListener() {

			@Override
			public void closed(Session session, CloseReason reason) {
				MessagesBeforeDisconnectTests.this.handledAtTheEnd
					.set(MessagesBeforeDisconnectTests.this.handled.get());
			}

		})))
		.start();

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
	}

	@Test
	void allMessagesOnASocketAreHandledBeforeTheClose() {
		RawClient client = this.server.tcp().handshake();
		client.send(messages());
		awaitPause();
		client.close();
		endsWithAllHandled();
	}

	@Test
	void allMessagesOnAWebSocketAreHandledBeforeTheClose() throws Exception {
		RawClient client = sayAndHangUp(messages());
		endsWithAllHandled();
		client.close();
	}

	@Test
	void malformedDataAfterItsMessagesClosesWithoutAnError() throws Exception {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.writeBytes(messages());
		all.writeBytes(new byte[] { 9, 9, 9, 9 });
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		Logger log = (Logger) LoggerFactory.getLogger("io.nanogame");
		log.addAppender(logged);
		RawClient client = sayAndHangUp(all.toByteArray());
		this.gate.countDown();
		await().until(() -> this.server.server().transport().connections().count() == 0);
		this.server.close();
		log.detachAppender(logged);
		assertThat(logged.list).noneMatch((event) -> event.getLevel() == Level.ERROR);
		assertThat(this.server.server().traffic().closed(CloseReason.PROTOCOL_ERROR.code())).isOne();
		assertThat(this.server.sessions.count()).isZero();
		client.close();
	}

	@Test
	void bodiesAboveTheInflateRateAreDroppedAtTheClose() throws Exception {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < 6; i++) {
			all.writeBytes(Zipped.notify("test.save", 260_000));
		}
		RawClient client = sayAndHangUp(all.toByteArray());
		this.gate.countDown();
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.handled.get()).isBetween(1, 5);
		client.close();
	}

	private RawClient sayAndHangUp(byte[] packets) throws Exception {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.port());
		RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(socket, "/nano").handshake();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.writeBytes(RawWebSocketClient.frame(0x82, packets));
		all.writeBytes(RawWebSocketClient.frame(0x88, new byte[] { 3, (byte) 0xE8 }));
		client.sendBytes(all.toByteArray());
		await().until(() -> this.server.server().transport().connections().backlog() > 0);
		awaitHangUp();
		return client;
	}

	@Test
	void theSessionClosesWithoutFurtherMessages() {
		RawClient client = this.server.tcp().handshake();
		client.notify("test.save", "1");
		await().until(() -> this.server.server().transport().connections().backlog() == 1);
		client.close();
		this.gate.countDown();
		await().until(() -> this.handledAtTheEnd.get() == 1);
	}

	@Test
	void messagesAfterAKickAreIgnored() {
		RawClient client = this.server.tcp().handshake();
		client.send(messages());
		awaitPause();
		Session session = this.server.sessions.all().iterator().next();
		client.close();
		session.kick("go");
		this.gate.countDown();
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.handled).hasValueLessThan(MESSAGES);
	}

	@Test
	void aClientThatNeverReadIsClosedToo() throws Exception {
		RawClient client = RawClient.tcpWithSmallBuffer(this.server.port()).handshake();
		CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
			String body = "\"" + "x".repeat(60_000) + "\"";
			for (int id = 1; id < 1000; id++) {
				client.request(id, "test.fastEcho", body);
			}
		});
		AtomicLong received = new AtomicLong();
		await().during(Duration.ofMillis(300)).until(() -> {
			long now = this.server.server().traffic().bytesReceived();
			return now > 1_000_000 && received.getAndSet(now) == now;
		});
		client.reset();
		assertThat(asking).failsWithin(Duration.ofSeconds(10));
		await().until(() -> this.server.server().transport().connections().count() == 0);
	}

	private void awaitPause() {
		await().until(() -> this.server.server().transport().connections().backlog() >= 3);
	}

	private void awaitHangUp() {
		await().until(() -> this.server.server().traffic().openConnections() == 0);
	}

	private void endsWithAllHandled() {
		this.gate.countDown();
		await().until(() -> this.handledAtTheEnd.get() >= 0);
		assertThat(this.handledAtTheEnd).hasValue(MESSAGES);
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.server.sessions.count()).isZero();
	}

	private static byte[] messages() {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < MESSAGES; i++) {
			all.writeBytes(
					RawClient.packet(4, RawClient.message(2, -1, "test.save", "1".getBytes(StandardCharsets.UTF_8))));
		}
		return all.toByteArray();
	}

}
