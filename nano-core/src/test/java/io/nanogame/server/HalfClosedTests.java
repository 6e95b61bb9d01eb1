package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.net.ListenerSettings;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A client that half-closes its connection receives all responses, and is then closed.
 * Over TLS 1.3 a half-close is a close_notify.
 */
class HalfClosedTests {

	private static final int REQUESTS = 200;

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger waited = new AtomicInteger();

	private final TestServer server = Line
		.open(TestServer.inStillTime()
			.loop("test.soon", (request) -> CompletableFuture.supplyAsync(request::body, this.server().workers)))
		.lane("test.wait", (request) -> {
			this.gate.await();
			this.waited.incrementAndGet();
			return request.body();
		})
		.lane("test.large", (request) -> new byte[15_000_000]);

	private TestServer server() {
		return this.server;
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void allResponsesArriveBeforeTheClose(Line line) {
		this.server.start();
		for (int i = 0; i < 20; i++) {
			try (RawClient client = line.connect(this.server.port()).handshake()) {
				client.send(requests());
				client.finish();
				for (int id = 1; id <= REQUESTS; id++) {
					assertThat(client.readResponse(id)).isEqualTo(Integer.toString(id));
				}
				assertThat(client.readEnd()).endsWith("end").doesNotContain("kick");
			}
		}
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.server.server().traffic().closed("client-closed")).isEqualTo(20);
	}

	private static byte[] requests() {
		List<String> routes = List.of("test.echo", "test.fastEcho", "test.soon");
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int id = 1; id <= REQUESTS; id++) {
			byte[] message = RawClient.message(0, id, routes.get(id % routes.size()),
					TestServer.bytes(Integer.toString(id)));
			all.writeBytes(RawClient.packet(4, message));
		}
		return all.toByteArray();
	}

	/** What is read last may be answered before the server looks whether all is done. */
	@ParameterizedTest
	@EnumSource
	void allResponsesArriveWhenTheServerIsBehind(Line line) {
		this.server.settings(TestServer.settings((it) -> it.maxBacklog(1)));
		allResponsesArriveBeforeTheClose(line);
	}

	@ParameterizedTest
	@EnumSource
	void aRequestBeforeTheDecisionOfTheValidatorsGetsAResponse(Line line) {
		CountDownLatch halfClosed = new CountDownLatch(1);
		this.server.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("json"))))
			.with((builder) -> builder
				.handshakeValidators(List.of((handshake) -> await().until(() -> halfClosed.getCount() == 0)))
				.channelCustomizers(List
					.of((channel) -> channel.pipeline().addBefore("nano.wire", null, new HalfClosed(halfClosed)))))
			.start();
		try (RawJsonClient client = line.connectJson(this.server.port(), 0)) {
			client.send("{\"route\":\"test.echo\",\"id\":1,\"body\":1}").wire().finish();
			assertThat(client.read()).isEqualTo("{\"id\":1,\"body\":1}");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
		assertThat(this.server.server().traffic().closed("client-closed")).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void theCloseWaitsForPendingResponses(Line line) {
		this.server.start();
		try (RawClient client = line.connect(this.server.port()).handshake()) {
			client.request(1, "test.wait", "1").finish();
			await().until(() -> this.server.server().transport().connections().backlog() == 1);
			// The close has been read when the next client of the same loop is served.
			this.server.serves();
			this.gate.countDown();
			assertThat(client.readResponse(1)).isEqualTo("1");
			assertThat(client.readEnd()).endsWith("end");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHandlerThatNeverReturnsDoesNotKeepTheConnectionOpen(Line line) {
		startWithShortHeartbeat();
		try (RawClient client = line.connect(this.server.port()).handshake()) {
			for (int id = 1; id <= 10; id++) {
				client.request(id, "test.wait", "1");
			}
			client.finish();
			this.server.advanceUntil(() -> this.server.server().traffic().openConnections() == 0);
			assertThat(client.readEnd()).doesNotContain("kick");
			this.gate.countDown();
			// All messages of a disconnected client are handled, however long that takes.
			await().until(() -> this.waited.get() == 10);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatNeverReadsItsResponseDoesNotKeepTheConnectionOpen(Line line) {
		startWithShortHeartbeat();
		try (RawClient client = line.connectWithSmallBuffer(this.server.port()).handshake()) {
			client.request(1, "test.large", "1").finish();
			this.server.advanceUntil(() -> this.server.server().transport().connections().count() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void anIdleClientIsClosedImmediately(Line line) {
		this.server.start();
		try (RawClient client = line.connect(this.server.port()).handshake().finish()) {
			assertThat(client.readEnd()).endsWith("end");
			assertThat(this.server.server().traffic().closed("client-closed")).isOne();
		}
	}

	/** Sweeps connections often. */
	private void startWithShortHeartbeat() {
		this.server
			.settings(TestServer
				.settings((it) -> it.heartbeat(Duration.ofSeconds(1)).handshakeTimeout(Duration.ofMillis(100))))
			.start();
	}

	/** Tells when the server has seen that a client sends nothing more. */
	private static final class HalfClosed extends ChannelInboundHandlerAdapter {

		private final CountDownLatch seen;

		HalfClosed(CountDownLatch seen) {
			this.seen = seen;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			ctx.fireUserEventTriggered(event);
			if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
				this.seen.countDown();
			}
		}

	}

}
