package io.nanogame.server;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.nanogame.net.Tls;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TlsTests {

	private static TestAuthority authority;

	private final TestServer server = new TestServer();

	private Tls tls;

	@BeforeAll
	static void foundAuthority() throws Exception {
		authority = new TestAuthority();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(X509Bundle certificate, boolean allowPlainText) throws Exception {
		this.tls = new Tls(context(certificate), allowPlainText);
		this.server.listener((listener) -> listener.with(this.tls)).start();
	}

	private static SslContext context(X509Bundle certificate) throws Exception {
		return SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
	}

	private void serves() throws Exception {
		try (RawClient client = RawClient.tcp(authority.connect(this.server.port())).handshake()) {
			echoes(client);
		}
	}

	private static void echoes(RawClient client) {
		assertThat(client.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
	}

	private long closed(String code) {
		return this.server.server().traffic().closed(code);
	}

	@Test
	void aClientThatBeginsASecondHandshakeIsClosed() throws Exception {
		start(authority.server(1), false);
		SSLSocket socket = authority.connect(this.server.port());
		socket.setEnabledProtocols(new String[] { "TLSv1.2" });
		try (RawClient client = RawClient.tcp(socket).handshake()) {
			echoes(client);
			assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
			// Sends the first message of a handshake, and reads the response next.
			socket.startHandshake();
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> client.request(2, "test.echo", "{}").readResponse(2));
		}
		serves();
	}

	@Test
	void packetsAndWebSocketsAreServedInsideOfTls() throws Exception {
		start(authority.server(1), false);
		serves();
		SSLSocket socket = authority.connect(this.server.port());
		try (RawClient client = RawClient.webSocket(socket, "/nano").handshake()) {
			echoes(client);
		}
	}

	@Test
	void aClientOfAnotherKindIsServedAtAWssAddress() throws Exception {
		start(authority.server(1), false);
		FirstMessage first = new FirstMessage();
		WebSocket client = openWebSocket("127.0.0.1", first).get(10, TimeUnit.SECONDS);
		client.sendBinary(ByteBuffer.wrap(new byte[] { 1, 0, 0, 0 }), true);
		assertThat(first.type.get(10, TimeUnit.SECONDS)).isEqualTo((byte) 1);
		client.abort();
	}

	private CompletableFuture<WebSocket> openWebSocket(String host, WebSocket.Listener listener) throws Exception {
		return HttpClient.newBuilder()
			.sslContext(authority.clientContext(null))
			.build()
			.newWebSocketBuilder()
			.buildAsync(URI.create("wss://" + host + ":" + this.server.port() + "/nano"), listener);
	}

	@Test
	void aClientThatRejectsTheHostNameDoesNotAffectOthers() throws Exception {
		start(authority.server(1), false);
		try (RawClient neighbour = RawClient.tcp(connectTo("127.0.0.1")).handshake();
				SSLSocket socket = connectTo("game.example")) {
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake)
				.withMessageContaining("game.example");
			await().until(() -> closed("tls-failed") == 1);
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> openWebSocket("localhost", new FirstMessage()).get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(SSLHandshakeException.class);
			echoes(neighbour);
		}
	}

	/** Connects a client that verifies the name in the certificate. */
	private SSLSocket connectTo(String host) throws Exception {
		SSLSocket socket = (SSLSocket) authority.clientContext(null)
			.getSocketFactory()
			.createSocket(new Socket("127.0.0.1", this.server.port()), host, this.server.port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		return socket;
	}

	@Test
	void aClientRejectsAnExpiredCertificate() throws Exception {
		start(authority.expired(), false);
		try (SSLSocket socket = authority.connect(this.server.port())) {
			assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake);
		}
		await().until(() -> closed("tls-failed") == 1);
		assertThat(closed("client-closed")).isZero();
	}

	@Test
	void aDisconnectDuringTheTlsHandshakeCountsAsClosedByTheClient() throws Exception {
		start(authority.server(1), false);
		RawClient client = RawClient.tcp(this.server.port());
		client.sendHex("160301").close();
		await().until(() -> closed("client-closed") == 1);
		assertThat(closed("tls-failed")).isZero();
	}

	@Test
	void anInvalidTlsRecordEndsThatConnectionOnly() throws Exception {
		start(authority.server(1), false);
		try (RawClient client = RawClient.tcp(this.server.port())) {
			client.sendHex("16ffff0004deadbeef").awaitClose();
		}
		await().until(() -> closed("tls-failed") == 1);
		serves();
	}

	@Test
	void plainTextPacketsGetTlsRequired() throws Exception {
		start(authority.server(1), false);
		try (RawClient client = RawClient.tcp(this.server.port())) {
			assertThat(client.sendHex("01000000").readKick()).isEqualTo("{\"reason\":\"this port takes TLS only\"}");
		}
		assertThat(closed("tls-required")).isOne();
	}

	@Test
	void aPlainTextWebSocketGetsTlsRequired() throws Exception {
		start(authority.server(1), false);
		try (RawClient client = RawClient.tcp(this.server.port())) {
			client.sendBytes(TestServer.bytes("GET /nano HTTP/1.1\r\nHost: here\r\n\r\n"));
			assertThat(client.readText()).startsWith("HTTP/1.1 400 ").contains("use wss:// instead of ws://");
		}
		await().until(() -> closed("tls-required") == 1);
		assertThat(closed("client-closed")).isZero();
	}

	@Test
	void plainTextIsServedBesideTlsIfAllowed() throws Exception {
		start(authority.server(1), true);
		this.server.serves();
		try (RawClient client = this.server.webSocket().handshake()) {
			echoes(client);
		}
		serves();
	}

	@Test
	void newClientsGetAChangedCertificateAndOthersStayConnected() throws Exception {
		start(authority.server(1), false);
		SSLSocket socket = authority.connect(this.server.port());
		try (RawClient early = RawClient.tcp(socket).handshake()) {
			this.tls.change(context(authority.server(2)));
			echoes(early);
			assertThat(serial(socket)).isEqualTo(BigInteger.ONE);
			SSLSocket late = authority.connect(this.server.port());
			try (RawClient client = RawClient.tcp(late).handshake()) {
				echoes(client);
				assertThat(serial(late)).isEqualTo(BigInteger.TWO);
			}
		}
	}

	private static BigInteger serial(SSLSocket socket) throws IOException {
		return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
	}

	/** The type of the first packet. */
	private static final class FirstMessage implements WebSocket.Listener {

		private final CompletableFuture<Byte> type = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.type.complete(data.get(0));
			socket.request(1);
			return null;
		}

	}

}
