package io.nanogame.server;

import java.io.IOException;
import java.security.Principal;
import java.util.List;

import javax.net.ssl.SSLSocket;

import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.nanogame.transport.Tls;
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
			.with((builder) -> builder.tls(new Tls(context, false)))
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
		try (SSLSocket socket = authority.connect(this.server.port(), certificate)) {
			socket.setSoTimeout(10_000);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("Received fatal alert");
		}
		await().until(() -> this.server.server().traffic().closed("tls-failed") == before + 1);
	}

	@Test
	void whoShowsATrustedCertificateIsThePrincipalOfTheSession() throws Exception {
		start(ClientAuth.REQUIRE);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void whoShowsNoneIsRefusedWhereOneIsRequired() throws Exception {
		start(ClientAuth.REQUIRE);
		isRefused(null);
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void whoShowsAnUntrustedOneIsRefused() throws Exception {
		X509Bundle foreign = new TestAuthority().client("Mallory");
		start(ClientAuth.REQUIRE);
		isRefused(X509Bundle.fromCertificatePath(foreign.getCertificatePath(), authority.root().getCertificate(),
				foreign.getKeyPair()));
	}

	@Test
	void whoShowsNoneIsServedWhereOneIsOptional() throws Exception {
		start(ClientAuth.OPTIONAL);
		assertThat(whoAmI(null)).isEqualTo("\"nobody\"");
		assertThat(whoAmI(authority.client("Ann"))).isEqualTo("\"CN=Ann\"");
	}

	@Test
	void nobodyIsAskedByDefault() throws Exception {
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

}
