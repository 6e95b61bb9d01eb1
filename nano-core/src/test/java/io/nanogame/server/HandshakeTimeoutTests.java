package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.nanogame.net.Tls;
import io.nanogame.net.TrustedProxies;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far a client has come does not matter: without a handshake in time it is closed.
 */
class HandshakeTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** Without the two seconds that a client is given to read its last words. */
	private static final Duration AT_MOST = TIMEOUT.plusMillis(1800);

	private static TestAuthority authority;

	private final TestServer server = new TestServer();

	@BeforeAll
	static void foundAuthority() throws Exception {
		authority = new TestAuthority();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start() {
		this.server.settings(TestServer.settings((it) -> it.handshakeTimeout(TIMEOUT))).start();
	}

	private void startWithTls() throws Exception {
		Tls tls = new Tls(SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory()).build(), false);
		this.server.listener((listener) -> listener.with(tls));
		start();
	}

	private void closesInTime(RawClient client) {
		long begin = System.nanoTime();
		assertThat(client.readText()).isNotNull();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_MOST);
		assertThat(this.server.server().traffic().closed("handshake-timeout")).isOne();
		client.close();
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
	void aClientThatSaysNothingIsToldAndClosed() {
		start();
		try (RawClient client = this.server.tcp()) {
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	@Test
	void whereTlsIsRequiredAClientThatSaysNothingIsClosedInSilence() throws Exception {
		startWithTls();
		try (RawClient client = this.server.tcp()) {
			assertThat(client.readText()).isEmpty();
		}
		assertThat(this.server.server().traffic().closed("handshake-timeout")).isOne();
	}

	@Test
	void aClientThatStopsInTheMiddleOfItsFirstTlsRecordIsClosed() throws Exception {
		startWithTls();
		byte[] hello = clientHello();
		closesInTime(this.server.tcp().sendBytes(Arrays.copyOf(hello, hello.length / 2)));
	}

	@Test
	void aClientThatStopsInTheMiddleOfTheTlsHandshakeIsClosed() throws Exception {
		startWithTls();
		closesInTime(this.server.tcp().sendBytes(clientHello()));
	}

	@Test
	void aClientThatSaysNothingInsideOfTlsIsToldAndClosed() throws Exception {
		startWithTls();
		try (RawClient client = RawClient.tcp(authority.connect(this.server.port()))) {
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	@Test
	void aProxyThatStopsInTheMiddleOfItsHeaderIsClosed() {
		this.server.listener((listener) -> listener.with(TrustedProxies.of(List.of("127.0.0.1"))));
		start();
		closesInTime(this.server.tcp().sendBytes(TestServer.bytes("PROXY TCP4 192.0.2.7 ")));
	}

}
