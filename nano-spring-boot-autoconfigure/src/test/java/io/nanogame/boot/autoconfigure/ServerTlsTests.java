package io.nanogame.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerTlsTests {

	private static final char[] PASSWORD = "secret".toCharArray();

	private static final byte[] HANDSHAKE = { 1, 0, 0, 0 };

	@TempDir
	static Path folder;

	private final ApplicationContextRunner app = GameRunner.create()
		.withPropertyValues("spring.ssl.bundle.jks.game.keystore.location=file:" + folder.resolve("server.p12"),
				"spring.ssl.bundle.jks.game.keystore.password=secret",
				"spring.ssl.bundle.jks.game.truststore.location=file:" + folder.resolve("client.p12"),
				"spring.ssl.bundle.jks.game.truststore.password=secret", "nano.server.ssl.bundle=game");

	@BeforeAll
	static void makeCertificates() throws Exception {
		makeCertificate("server");
		makeCertificate("client");
	}

	private static void makeCertificate(String name) throws Exception {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", name, "-keyalg", "EC",
				"-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", "secret",
				"-keystore", folder.resolve(name + ".p12").toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(said).isZero();
	}

	@Test
	void clientsAreServedByTls() {
		this.app.run((context) -> {
			try (SSLSocket client = connect(context.getBean(GameServer.class), false)) {
				assertThat(answer(client)).isEqualTo(1);
			}
		});
	}

	@Test
	void webSocketsAreServedByTls() {
		this.app.run((context) -> {
			SSLSocket socket = connect(context.getBean(GameServer.class), false);
			try (RawClient client = RawClient.webSocket(socket, "/nano").handshake()) {
				assertThat(client.sendHex("03000000").read().type()).isEqualTo(3);
			}
		});
	}

	@Test
	void plainTextIsRefused() {
		this.app.run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port())) {
				assertThat(client.sendBytes(HANDSHAKE).readKick()).contains("this port takes TLS only");
			}
		});
	}

	@Test
	void plainTextIsServedTooWhereTheKeyAllowsIt() {
		this.app.withPropertyValues("nano.server.ssl.allow-plain-text=true").run((context) -> {
			try (RawClient plain = RawClient.tcp(context.getBean(GameServer.class).port()).handshake();
					SSLSocket client = connect(context.getBean(GameServer.class), false)) {
				assertThat(plain.sendHex("03000000").read().type()).isEqualTo(3);
				assertThat(answer(client)).isEqualTo(1);
			}
		});
	}

	@Test
	void theProtocolsOfTheBundleAreTheOnlyOnes() {
		this.app.withPropertyValues("spring.ssl.bundle.jks.game.options.enabled-protocols=TLSv1.2").run((context) -> {
			try (SSLSocket client = connect(context.getBean(GameServer.class), false)) {
				client.startHandshake();
				assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");
			}
		});
	}

	@Test
	void aClientWithoutACertificateIsRefusedWhenOneIsRequired() {
		this.app.withPropertyValues("nano.server.ssl.client-auth=require").run((context) -> {
			try (SSLSocket client = connect(context.getBean(GameServer.class), false)) {
				assertThatExceptionOfType(IOException.class).isThrownBy(() -> answer(client));
			}
		});
	}

	@Test
	void aClientWithATrustedCertificateIsServedWhenOneIsRequired() {
		this.app.withPropertyValues("nano.server.ssl.client-auth=require").run((context) -> {
			try (SSLSocket client = connect(context.getBean(GameServer.class), true)) {
				assertThat(answer(client)).isEqualTo(1);
			}
		});
	}

	@Test
	void aBundleThatIsNotThereIsRefusedByItsName() {
		this.app.withPropertyValues("nano.server.ssl.bundle=gmae")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.server.ssl.bundle")
				.hasMessageContaining("gmae"));
	}

	private static int answer(SSLSocket client) throws IOException {
		client.getOutputStream().write(HANDSHAKE);
		int type = client.getInputStream().read();
		if (type < 0) {
			throw new SSLException("Closed");
		}
		return type;
	}

	private static SSLSocket connect(GameServer server, boolean withCertificate) throws Exception {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(keyStore("server"));
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore("client"), PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(withCertificate ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static KeyStore keyStore(String name) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
			store.load(in, PASSWORD);
		}
		return store;
	}

}
