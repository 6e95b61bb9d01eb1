package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.nanogame.net.Tls;
import io.nanogame.net.Networks;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client without a handshake in time is closed, whatever it has sent before.
 */
class HandshakeTimeoutTests {

	/** Short, so that connections are swept often. */
	private static final Duration TIMEOUT = Duration.ofMillis(100);

	private static TestAuthority authority;

	private final AtomicInteger arrived = new AtomicInteger();

	private final AtomicBoolean encrypted = new AtomicBoolean();

	/**
	 * Its time stands still: a grace time for reading the last bytes would never end.
	 */
	private final TestServer server = TestServer.inStillTime();

	@BeforeAll
	static void foundAuthority() throws Exception {
		authority = new TestAuthority();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start() {
		this.server.settings(TestServer.settings((it) -> it.handshakeTimeout(TIMEOUT)))
			.with((builder) -> builder.channelCustomizers(List.of(this::watch)))
			.start();
	}

	private void startWithTls() throws Exception {
		Tls tls = new Tls(SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory()).build(), false);
		this.server.listener((listener) -> listener.with(tls));
		start();
	}

	private void watch(Channel channel) {
		channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext ctx, Object bytes) {
				HandshakeTimeoutTests.this.arrived.addAndGet(((ByteBuf) bytes).readableBytes());
				ctx.fireChannelRead(bytes);
			}

			@Override
			public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
				if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
					HandshakeTimeoutTests.this.encrypted.set(true);
				}
				ctx.fireUserEventTriggered(event);
			}

		});
	}

	/** Sends the last bytes of a client before it stops. */
	private void closesInTimeAfter(byte[] bytes) {
		RawClient client = this.server.tcp().sendBytes(bytes);
		await().until(() -> this.arrived.get() >= bytes.length);
		timePasses();
		assertThat(client.readText()).isNotNull();
		assertThat(this.server.server().traffic().closed("handshake-timeout")).isOne();
		client.close();
	}

	private void timePasses() {
		await().until(() -> this.server.server().transport().connections().count() == 1);
		assertThat(this.server.server().traffic().closed("handshake-timeout")).isZero();
		this.server.advance(TIMEOUT.plusMillis(1));
	}

	private static byte[] clientHello() throws Exception {
		SSLEngine engine = authority.clientContext(null).createSSLEngine();
		engine.setUseClientMode(true);
		return wrap(engine);
	}

	private static byte[] wrap(SSLEngine engine) throws SSLException {
		ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
		engine.wrap(ByteBuffer.allocate(0), record);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(record.array(), 0, record.position());
		return bytes.toByteArray();
	}

	@Test
	void aSilentClientGetsTheReasonAndIsClosed() {
		start();
		try (RawClient client = this.server.tcp()) {
			timePasses();
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	@Test
	void aSilentWebSocketGetsTheReasonInItsCloseFrame() {
		start();
		try (RawClient client = this.server.webSocket()) {
			timePasses();
			assertThat(client.readEnd()).isEqualTo("close 4408 no handshake in time, end");
		}
	}

	@Test
	void aSilentClientIsClosedWithoutBytesIfTlsIsRequired() throws Exception {
		startWithTls();
		try (RawClient client = this.server.tcp()) {
			timePasses();
			assertThat(client.readText()).isEmpty();
		}
		assertThat(this.server.server().traffic().closed("handshake-timeout")).isOne();
	}

	@Test
	void aClientThatStopsInTheMiddleOfItsFirstTlsRecordIsClosed() throws Exception {
		startWithTls();
		byte[] hello = clientHello();
		closesInTimeAfter(Arrays.copyOf(hello, hello.length / 2));
	}

	@Test
	void aClientThatStopsInTheMiddleOfTheTlsHandshakeIsClosed() throws Exception {
		startWithTls();
		closesInTimeAfter(clientHello());
	}

	@Test
	void aSilentClientOverTlsGetsTheReasonAndIsClosed() throws Exception {
		startWithTls();
		SSLSocket socket = authority.connect(this.server.port());
		socket.startHandshake();
		try (RawClient client = RawClient.tcp(socket)) {
			await().untilTrue(this.encrypted);
			timePasses();
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	@Test
	void aProxyThatStopsInTheMiddleOfItsHeaderIsClosed() {
		this.server.listener((listener) -> listener.behind(Networks.of(List.of("127.0.0.1"))));
		start();
		closesInTimeAfter(TestServer.bytes("PROXY TCP4 192.0.2.7 "));
	}

}
