package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.Principal;
import java.util.List;

import javax.net.ssl.SSLSocket;

import io.nanogame.net.Tls;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ClientCertificateTests {

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

	private void start(ClientAuth clientAuth) throws Exception {
		SslContext context = SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory())
			.trustManager(authority.root().getCertificate())
			.clientAuth(clientAuth)
			.build();
		this.server.lane("test.whoAmI", (request) -> name(request.session()))
			.listener((listener) -> listener.with(new Tls(context, false)))
			.start();
	}

	private static String name(Session session) {
		Principal principal = session.principal();
		return (principal != null) ? principal.getName() : "nobody";
	}

	private String whoAmI(X509Bundle certificate) throws Exception {
		SSLSocket socket = authority.connect(this.server.port(), certificate);
		try (RawClient client = RawClient.tcp(socket).handshake()) {
			return client.request(1, "test.whoAmI", "").readResponse(1);
		}
	}

	private void isRefused(X509Bundle certificate) throws Exception {
		long before = this.server.server().traffic().closed("tls-failed");
		try (SSLSocket socket = (SSLSocket) authority.clientContext(certificate)
			.getSocketFactory()
			.createSocket(new AllAtOnce(this.server.port()), "127.0.0.1", this.server.port(), true)) {
			socket.setSoTimeout(10_000);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("Received fatal alert");
		}
		await().until(() -> this.server.server().traffic().closed("tls-failed") == before + 1);
	}

	@Test
	void aTrustedCertificateIsThePrincipalOfTheSession() throws Exception {
		start(ClientAuth.REQUIRE);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void aClientWithoutARequiredCertificateIsRejected() throws Exception {
		start(ClientAuth.REQUIRE);
		isRefused(null);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void anUntrustedCertificateIsRejected() throws Exception {
		X509Bundle foreign = new TestAuthority().client("Mallory");
		start(ClientAuth.REQUIRE);
		isRefused(X509Bundle.fromCertificatePath(foreign.getCertificatePath(), authority.root().getCertificate(),
				foreign.getKeyPair()));
	}

	@Test
	void aClientWithoutAnOptionalCertificateIsServed() throws Exception {
		start(ClientAuth.OPTIONAL);
		assertThat(whoAmI(null)).isEqualTo("\"nobody\"");
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void noCertificateIsRequestedByDefault() throws Exception {
		start(ClientAuth.NONE);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"nobody\"");
	}

	@Test
	void handshakeValidatorsSeeThePrincipal() throws Exception {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			if (!name(handshake.session()).equals("CN=Ann")) {
				throw new HandshakeRefusedException("not you");
			}
		})));
		start(ClientAuth.REQUIRE);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
		SSLSocket socket = authority.connect(this.server.port(), authority.client("Bob"));
		try (RawClient client = RawClient.tcp(socket)) {
			assertThat(client.sendHex("01000000").read().text()).contains("not you");
		}
	}

	/**
	 * Writes at once. A server that rejects a certificate closes the connection: a later
	 * write would reset it before the client reads the reason.
	 */
	private static final class AllAtOnce extends Socket {

		private final ByteArrayOutputStream unsaid = new ByteArrayOutputStream();

		AllAtOnce(int port) throws IOException {
			super("127.0.0.1", port);
		}

		@Override
		public OutputStream getOutputStream() {
			return this.unsaid;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			OutputStream out = super.getOutputStream();
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					AllAtOnce.this.unsaid.writeTo(out);
					AllAtOnce.this.unsaid.reset();
					return super.read(bytes, offset, length);
				}

			};
		}

	}

}
