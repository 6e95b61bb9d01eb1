package io.nanogame.boot.autoconfigure.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.bus.nats.ClusterUnreachableException.Problem;
import io.nanogame.cluster.bus.nats.ClusterUnreachableException;
import io.nanogame.test.NatsServer;
import io.nanogame.test.TestAuthority;
import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins to a real NATS server, and the messages of failed ones.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClusterLogInTests {

	@TempDir
	Path folder;

	private static void joins(NatsServer nats, String... properties) {
		ClusterRunner.create(nats)
			.withPropertyValues(properties)
			.run((context) -> assertThat(context.getBean(ClusterNode.class).bus().isConnected()).isTrue());
	}

	/** The client of NATS waits for its time-out also when it is rejected. */
	private static void fails(NatsServer nats, Problem problem, String... properties) {
		ClusterRunner.create(nats)
			.withPropertyValues("nano.cluster.connect-timeout=2s")
			.withPropertyValues(properties)
			.run((context) -> assertThat(unreachable(context.getStartupFailure()).problem()).isEqualTo(problem));
	}

	private static ClusterUnreachableException unreachable(@Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof ClusterUnreachableException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as(String.valueOf(failure)).isNotNull();
		return (ClusterUnreachableException) cause;
	}

	@Test
	void byNameAndPassword() {
		try (NatsServer nats = new NatsServer("authorization { user: nano, password: secret }")) {
			joins(nats, "nano.cluster.username=nano", "nano.cluster.password=secret");
			fails(nats, Problem.REFUSED, "nano.cluster.username=nano", "nano.cluster.password=sesame");
			fails(nats, Problem.REFUSED);
		}
	}

	@Test
	void byToken() {
		try (NatsServer nats = new NatsServer("authorization { token: secret }")) {
			joins(nats, "nano.cluster.token=secret");
			fails(nats, Problem.REFUSED, "nano.cluster.token=sesame");
		}
	}

	@Test
	void byTheSeedOfAnNkey() throws Exception {
		NKey known = NKey.createUser(null);
		NKey stranger = NKey.createUser(null);
		try (NatsServer nats = new NatsServer(
				"authorization { users: [ { nkey: %s } ] }".formatted(new String(known.getPublicKey())))) {
			joins(nats, "nano.cluster.credentials=" + file(new String(known.getSeed())));
			fails(nats, Problem.REFUSED, "nano.cluster.credentials=" + file(new String(stranger.getSeed())));
		}
	}

	@Test
	void byAFileOfCredentials() throws Exception {
		NKey operator = NKey.createOperator(null);
		NKey account = NKey.createAccount(null);
		NKey user = NKey.createUser(null);
		String accountId = new String(account.getPublicKey());
		try (NatsServer nats = new NatsServer("""
				operator: %s
				resolver: MEMORY
				resolver_preload: { %s: %s }
				""".formatted(claim(operator, operator, "{\"type\":\"operator\",\"version\":2}"), accountId,
				claim(operator, account,
						"{\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,"
								+ "\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1},"
								+ "\"type\":\"account\",\"version\":2}")))) {
			String jwt = JwtUtils.issueUserJWT(account, accountId, new String(user.getPublicKey()));
			joins(nats, "nano.cluster.credentials="
					+ file(JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()))));
			fails(nats, Problem.REFUSED);
		}
	}

	private static String claim(NKey signing, NKey subject, String claim) throws Exception {
		String name = new String(subject.getPublicKey());
		JsonSerializable body = () -> claim;
		return JwtUtils.issueJWT(signing, name, name, null, JwtUtils.currentTimeSeconds(),
				new String(signing.getPublicKey()), body);
	}

	private Path file(String text) throws Exception {
		return Files.writeString(Files.createTempFile(this.folder, "nats", ".creds"), text);
	}

	@Test
	void byTls() throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer nats = new NatsServer(tls(authority, "")); NatsServer plain = new NatsServer()) {
			String[] trusting = { "nano.cluster.ssl.bundle=nats", trust(authority) };
			joins(nats, trusting);
			fails(nats, Problem.TLS);
			fails(nats, Problem.TLS, "nano.cluster.ssl.bundle=nats", trust(new TestAuthority()));
			fails(plain, Problem.TLS, trusting);
		}
	}

	@Test
	void aServerWhoseCertificateNamesAnotherHostIsRefusedUnlessAKeyAllowsIt(CapturedOutput output) throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer nats = new NatsServer(tls(authority, ""))) {
			String[] byName = { "nano.cluster.ssl.bundle=nats", trust(authority),
					"nano.cluster.servers=nats://localhost:" + nats.port() };
			fails(nats, Problem.TLS, byName);
			assertThat(output).doesNotContain("can pose as the NATS server");
			String[] unverified = Stream.concat(Stream.of(byName), Stream.of("nano.cluster.ssl.verify-hostname=false"))
				.toArray(String[]::new);
			joins(nats, unverified);
			assertThat(output).contains("nano.cluster.ssl.verify-hostname is false");
		}
	}

	@Test
	void anAddressThatTrustsAnyCertificateIsWarnedOf(CapturedOutput output) throws Exception {
		try (NatsServer nats = new NatsServer(tls(new TestAuthority(), ""))) {
			fails(nats, Problem.TLS, "nano.cluster.servers=tls://127.0.0.1:" + nats.port());
			assertThat(output).doesNotContain("can pose as the NATS server");
			joins(nats, "nano.cluster.servers=opentls://127.0.0.1:" + nats.port());
			assertThat(output).contains("'opentls://': any certificate is trusted");
		}
	}

	@Test
	void byACertificate() throws Exception {
		TestAuthority authority = new TestAuthority();
		X509Bundle node = authority.client("node");
		String[] trusting = { "nano.cluster.ssl.bundle=nats", trust(authority) };
		try (NatsServer nats = new NatsServer(tls(authority, "verify: true"))) {
			ClusterRunner.create(nats)
				.withPropertyValues(trusting)
				.withPropertyValues("spring.ssl.bundle.pem.nats.keystore.certificate=file:" + node.toTempCertChainPem(),
						"spring.ssl.bundle.pem.nats.keystore.private-key=file:" + node.toTempPrivateKeyPem())
				.run((context) -> assertThat(context.getBean(ClusterNode.class).bus().isConnected()).isTrue());
			ClusterRunner.create(nats).withPropertyValues(trusting).run((context) -> assertThat(context).hasFailed());
		}
	}

	private static String tls(TestAuthority authority, String more) throws Exception {
		X509Bundle certificate = authority.server(1);
		File root = authority.root().toTempCertChainPem();
		return "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", timeout: 5, %s }"
			.formatted(certificate.toTempCertChainPem(), certificate.toTempPrivateKeyPem(), root, more);
	}

	private static String trust(TestAuthority authority) throws Exception {
		return "spring.ssl.bundle.pem.nats.truststore.certificate=file:" + authority.root().toTempCertChainPem();
	}

}
