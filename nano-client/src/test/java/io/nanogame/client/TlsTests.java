package io.nanogame.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.nanogame.net.Listener;
import javax.net.ssl.SSLException;

import io.nanogame.net.Tls;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of clients with TLS. */
class TlsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static TestAuthority authority;

	private static SslContext trusting;

	private Game game;

	@BeforeAll
	static void createAuthority() throws Exception {
		authority = new TestAuthority();
		trusting = SslContextBuilder.forClient().trustManager(authority.root().toTrustManager()).build();
	}

	@BeforeEach
	void start() throws Exception {
		SslContext context = SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory()).build();
		this.game = new Game((builder) -> builder
			.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", 0)).with(new Tls(context, false)))));
	}

	@AfterEach
	void stop() {
		this.game.close();
	}

	private NanoClientBuilder client(String scheme, String host) {
		return NanoClient.builder("%s://%s:%d/nano".formatted(scheme, host, this.game.port())).noReconnect();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tls", "wss" })
	void requestsWorkOverTls(String scheme) {
		try (NanoClient client = client(scheme, "127.0.0.1").tls(trusting).build()) {
			client.connect().block(TIMEOUT);
			byte[] body = new byte[40_000];
			assertThat(client.call("test.echo", body, byte[].class)).isEqualTo(body);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tls", "wss" })
	void messagesSentBeforeTheCloseArriveAlthoughPushesAreUnread(String scheme) {
		for (int i = 0; i < 20; i++) {
			try (NanoClient client = client(scheme, "127.0.0.1").tls(trusting).build()) {
				client.connect().block(TIMEOUT);
				client.call("test.join", null, byte[].class);
				for (int j = 0; j < 50; j++) {
					this.game.lobby.broadcast("onFiller", "x".repeat(10_000));
					client.notify("test.notify", i + "." + j);
				}
			}
		}
		await().until(() -> this.game.notified.size() == 20 * 50);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tls", "wss" })
	void aServerWithAnUntrustedCertificateIsRejected(String scheme) {
		try (NanoClient client = client(scheme, "127.0.0.1").build()) {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> client.connect().block(TIMEOUT))
				.withMessageStartingWith("No connection could be made: ")
				.withCauseInstanceOf(SSLException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tls", "wss" })
	void aServerWithAnotherHostNameIsRejected(String scheme) {
		try (NanoClient client = client(scheme, "localhost").tls(trusting).build()) {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> client.connect().block(TIMEOUT))
				.withMessageContaining("localhost")
				.withCauseInstanceOf(SSLException.class);
		}
	}

	@Test
	void aPlainTextClientIsKickedWithAnExplanation() {
		try (NanoClient client = client("tcp", "127.0.0.1").build()) {
			assertThatExceptionOfType(KickedException.class).isThrownBy(() -> client.connect().block(TIMEOUT))
				.withMessageContaining("this port takes TLS only");
		}
	}

}
