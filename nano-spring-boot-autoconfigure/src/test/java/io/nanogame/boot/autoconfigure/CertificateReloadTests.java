package io.nanogame.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Certificate files that are replaced while the server runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class CertificateReloadTests {

	private static final int CLIENTS = 200;

	private static final int THREADS = 8;

	@TempDir
	private Path folder;

	private TestAuthority authority;

	private SSLContext client;

	private ApplicationContextRunner app;

	@BeforeEach
	void prepare() throws Exception {
		this.authority = new TestAuthority();
		this.client = this.authority.clientContext(null);
		install(1);
		this.app = GameRunner.create()
			.withBean(Room.class)
			.withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=50ms",
					"spring.ssl.bundle.pem.game.reload-on-update=true",
					"spring.ssl.bundle.pem.game.keystore.certificate=file:" + this.folder.resolve("chain.pem"),
					"spring.ssl.bundle.pem.game.keystore.private-key=file:" + this.folder.resolve("key.pem"),
					"nano.server.ssl.bundle=game");
	}

	private void install(long serial) throws Exception {
		X509Bundle certificate = this.authority.server(serial);
		replace("key.pem", certificate.getPrivateKeyPEM());
		replace("chain.pem", certificate.getCertificatePathPEM());
	}

	private void replace(String name, String content) throws Exception {
		Path next = Files.writeString(this.folder.resolve(name + ".next"), content);
		Files.move(next, this.folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
	}

	private SSLSocket connect(GameServer server) throws Exception {
		return (SSLSocket) this.client.getSocketFactory().createSocket("127.0.0.1", server.port());
	}

	/** Returns the certificate that a new client sees. */
	private long serial(GameServer server) throws Exception {
		SSLSocket socket = connect(server);
		try (RawClient newcomer = RawClient.tcp(socket).handshake()) {
			greets(newcomer, 1);
			X509Certificate seen = (X509Certificate) socket.getSession().getPeerCertificates()[0];
			return seen.getSerialNumber().longValueExact();
		}
	}

	private static void greets(RawClient client, long id) {
		client.request(id, "room.greet", "{\"name\":\"Ann\"}");
		assertThat(client.readResponse(id)).isEqualTo("{\"words\":\"Hello Ann\"}");
	}

	@Test
	void certificatesAreReplacedUnderLoadAndNoConnectionIsLost() {
		this.app.withPropertyValues("spring.ssl.bundle.pem.game.keystore.verify-keys=true").run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(RawClient.tcp(connect(server)).handshake());
			}
			Load load = new Load(clients);
			for (long serial = 2; serial <= 4; serial++) {
				long next = serial;
				long before = load.rounds();
				install(next);
				await().until(() -> serial(server) == next);
				await().until(() -> load.rounds() >= before + 2 * THREADS);
			}
			load.finish();
			await().untilAsserted(() -> assertThat(server.sessions().count()).isEqualTo(CLIENTS));
			assertThat(CloseReason.codes()).filteredOn((code) -> !code.equals("client-closed"))
				.allSatisfy((code) -> assertThat(server.traffic().closed(code)).as(code).isZero());
			clients.forEach(RawClient::close);
		});
	}

	@Test
	void unreadableFilesKeepTheOldCertificateAndLogTheAction(CapturedOutput output) {
		this.app.run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			replace("chain.pem", "no certificate");
			await().until(() -> output.getOut().contains("The changed SSL bundle 'game' cannot be used"));
			assertThat(output).contains("Put files in place that can be read and fit together");
			assertThat(serial(server)).isOne();
			install(2);
			await().until(() -> serial(server) == 2);
		});
	}

	@Test
	void aMismatchedKeyKeepsTheOldCertificateIfKeysAreVerified(CapturedOutput output) {
		this.app.withPropertyValues("spring.ssl.bundle.pem.game.keystore.verify-keys=true").run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			replace("key.pem", this.authority.server(2).getPrivateKeyPEM());
			await().until(() -> output.getOut().contains("matches none of the certificates"));
			assertThat(serial(server)).isOne();
		});
	}

	/** Clients that send requests continuously, several per thread. */
	private static final class Load {

		private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

		private final AtomicBoolean over = new AtomicBoolean();

		private final AtomicLong rounds = new AtomicLong();

		private final List<Future<?>> players = new ArrayList<>();

		Load(List<RawClient> clients) {
			int share = clients.size() / THREADS;
			for (int i = 0; i < THREADS; i++) {
				List<RawClient> own = clients.subList(i * share, (i + 1) * share);
				this.players.add(this.threads.submit(() -> play(own)));
			}
		}

		private void play(List<RawClient> clients) {
			for (long id = 1; !this.over.get(); id++) {
				for (RawClient client : clients) {
					greets(client, id);
				}
				this.rounds.incrementAndGet();
			}
		}

		long rounds() {
			return this.rounds.get();
		}

		/** Throws when a request got no response. */
		void finish() throws Exception {
			this.over.set(true);
			for (Future<?> player : this.players) {
				player.get(10, TimeUnit.SECONDS);
			}
			this.threads.shutdown();
		}

	}

}
