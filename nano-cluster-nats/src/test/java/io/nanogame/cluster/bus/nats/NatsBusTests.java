package io.nanogame.cluster.bus.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanogame.cluster.bus.nats.ClusterUnreachableException.Problem;
import io.nanogame.test.NatsServer;
import io.nanogame.test.TestAuthority;
import io.nats.client.Options;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;

class NatsBusTests {

	private static final String NOBODY = "nats://127.0.0.1:1";

	private static Options.Builder options(String url) {
		return Options.builder()
			.server(url)
			.connectionTimeout(Duration.ofSeconds(2))
			.reconnectWait(Duration.ofMillis(50))
			.reconnectJitter(Duration.ofMillis(1))
			.reconnectJitterTls(Duration.ofMillis(1));
	}

	private static NatsBus link(Options.Builder options, boolean required) {
		return required ? NatsBus.connect(options) : NatsBus.connectInTime(options);
	}

	private static Problem problem(Options.Builder options, boolean required) {
		try (NatsBus link = link(options, required)) {
			throw new AssertionError("Connected: " + link.isConnected());
		}
		catch (ClusterUnreachableException ex) {
			return ex.problem();
		}
	}

	@Test
	void withoutAServerTheAddressesAreNamedWithoutTheirPasswords() {
		assertThatExceptionOfType(ClusterUnreachableException.class)
			.isThrownBy(() -> NatsBus.connect(options("nats://nano:secret@127.0.0.1:1")))
			.withMessage("No NATS server could be reached at 127.0.0.1:1")
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(Problem.NO_ANSWER));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aServerIsHeardAndSpokenTo(boolean required) throws Exception {
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		try (NatsServer nats = new NatsServer(); NatsBus link = link(options(nats.url()), required)) {
			assertThat(link.isConnected()).isTrue();
			link.newReader()
				.subscribe("news", (message) -> heard.add(new String(message.body(), StandardCharsets.UTF_8)));
			assertThat(link.publish("news", "hello".getBytes(StandardCharsets.UTF_8))).isTrue();
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(link.reconnects()).isZero();
		}
	}

	@Test
	void anErrorOfAHandlerIsLoggedAndTheNextMessageHandled() throws Exception {
		Logger log = (Logger) LoggerFactory.getLogger(NatsReader.class);
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		log.addAppender(logged);
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		try (NatsServer nats = new NatsServer(); NatsBus link = link(options(nats.url()), true)) {
			link.newReader().subscribe("news", (message) -> {
				if (message.body().length == 0) {
					throw new StackOverflowError("too deep");
				}
				heard.add(new String(message.body(), StandardCharsets.UTF_8));
			});
			link.publish("news", new byte[0]);
			link.publish("news", "hello".getBytes(StandardCharsets.UTF_8));
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(logged.list).filteredOn((event) -> event.getLevel() == Level.ERROR)
				.extracting((event) -> event.getThrowableProxy().getMessage())
				.containsExactly("java.lang.StackOverflowError: too deep");
		}
		finally {
			log.detachAppender(logged);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void wrongCredentialsAreToldApartFromNoServer(boolean required) {
		try (NatsServer nats = new NatsServer("authorization { user: nano, password: secret }")) {
			assertThat(problem(options(nats.url()), required)).isEqualTo(Problem.REFUSED);
			assertThat(problem(options(nats.url()).userInfo("nano".toCharArray(), "sesame".toCharArray()), required))
				.isEqualTo(Problem.REFUSED);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aServerWithOtherWishesOfTlsIsToldApartFromNoServer(boolean required) throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer plain = new NatsServer(); NatsServer secure = new NatsServer(tls(authority))) {
			assertThat(problem(options(secure.url()), required)).isEqualTo(Problem.TLS);
			assertThat(problem(options(plain.url()).sslContext(authority.clientContext(null)), required))
				.isEqualTo(Problem.TLS);
			assertThat(problem(options(secure.url()).sslContext(new TestAuthority().clientContext(null)), required))
				.isEqualTo(Problem.TLS);
			try (NatsBus link = link(options(secure.url()).sslContext(authority.clientContext(null)), required)) {
				assertThat(link.isConnected()).isTrue();
			}
		}
	}

	@Test
	@Timeout(20)
	void aRefusalIsNotWaitedFor() throws Exception {
		Duration patience = Duration.ofSeconds(60);
		try (NatsServer closed = new NatsServer("authorization { user: nano, password: secret }");
				NatsServer secure = new NatsServer(tls(new TestAuthority()))) {
			assertThat(problem(options(closed.url()).connectionTimeout(patience), false)).isEqualTo(Problem.REFUSED);
			assertThat(problem(options(secure.url()).connectionTimeout(patience), false)).isEqualTo(Problem.TLS);
			assertThat(problem(options(secure.url() + "," + NOBODY).connectionTimeout(patience), false))
				.isEqualTo(Problem.TLS);
		}
	}

	@Test
	void aServerThatRefusesDoesNotKeepFromAnotherOne() throws Exception {
		try (NatsServer secure = new NatsServer(tls(new TestAuthority()));
				NatsServer plain = new NatsServer();
				NatsBus link = NatsBus.connectInTime(options(secure.url() + "," + plain.url()).noRandomize())) {
			assertThat(link.isConnected()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCertificateForAnotherHostIsRefused(boolean required) throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer nats = new NatsServer(tls(authority.serverAt("nats.example")))) {
			assertThat(problem(checking(nats.url(), authority), required)).isEqualTo(Problem.TLS);
			assertThat(problem(checking(byName(nats), authority), required)).isEqualTo(Problem.TLS);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCertificateIsComparedWithTheAddressAsItWasGiven(boolean required) throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer named = new NatsServer(tls(authority.serverAt("localhost")));
				NatsServer numbered = new NatsServer(tls(authority))) {
			try (NatsBus link = link(checking(byName(named), authority), required)) {
				assertThat(link.isConnected()).isTrue();
			}
			assertThat(problem(checking(named.url(), authority), required)).isEqualTo(Problem.TLS);
			try (NatsBus link = link(checking(numbered.url(), authority), required)) {
				assertThat(link.isConnected()).isTrue();
			}
			assertThat(problem(checking(byName(numbered), authority), required)).isEqualTo(Problem.TLS);
		}
	}

	@Test
	void aServerThatComesBackIsComparedAgain() throws Exception {
		TestAuthority authority = new TestAuthority();
		try (NatsServer nats = new NatsServer(tls(authority.serverAt("localhost")));
				NatsBus link = NatsBus.connect(checking(byName(nats), authority))) {
			nats.kill();
			Awaitility.await().until(() -> !link.isConnected());
			nats.start();
			Awaitility.await().until(link::isConnected);
			assertThat(link.reconnects()).isOne();
		}
	}

	private static String byName(NatsServer nats) {
		return "tls://localhost:" + nats.port();
	}

	private static Options.Builder checking(String url, TestAuthority authority) throws Exception {
		Options.Builder options = options(url);
		HostNameCheck.apply(options, authority.clientContext(null));
		return options;
	}

	private static String tls(TestAuthority authority) throws Exception {
		return tls(authority.server(1));
	}

	private static String tls(X509Bundle certificate) throws Exception {
		return "tls { cert_file: \"%s\", key_file: \"%s\" }".formatted(certificate.toTempCertChainPem(),
				certificate.toTempPrivateKeyPem());
	}

	@Test
	void aLinkThatIsNotNeededAtOnceComesWhenTheServerDoes() throws Exception {
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		try (NatsServer nats = new NatsServer()) {
			nats.kill();
			try (NatsBus link = NatsBus.connectInTime(options(nats.url()))) {
				AtomicInteger joined = new AtomicInteger();
				link.onReconnect(joined::incrementAndGet);
				link.newReader()
					.subscribe("news", (message) -> heard.add(new String(message.body(), StandardCharsets.UTF_8)));
				assertThat(link.isConnected()).isFalse();
				assertThat(link.maxPayload()).isEqualTo(1024 * 1024);
				assertThat(link.publish("news", "stale".getBytes(StandardCharsets.UTF_8))).isFalse();
				assertThat(link.dropped()).isOne();
				nats.start();
				Awaitility.await().untilAtomic(joined, is(1));
				assertThat(link.publish("news", "fresh".getBytes(StandardCharsets.UTF_8))).isTrue();
				assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("fresh");
				assertThat(link.reconnects()).isZero();
				nats.kill();
				nats.start();
				Awaitility.await().untilAtomic(joined, is(2));
				assertThat(link.reconnects()).isOne();
			}
		}
	}

	@Test
	@Timeout(30)
	void whoPublishesDoesNotWaitForAServerThatIsLost() throws Exception {
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		try (NatsServer nats = new NatsServer(); NatsBus link = NatsBus.connect(options(nats.url()))) {
			link.newReader()
				.subscribe("news", (message) -> heard.add(new String(message.body(), StandardCharsets.UTF_8)));
			nats.kill();
			Awaitility.await().until(() -> !link.isConnected());
			for (int message = 0; message < 3; message++) {
				assertThat(link.publish("news", "waits".getBytes(StandardCharsets.UTF_8))).isTrue();
			}
			nats.start();
			assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("waits");
			nats.kill();
			Awaitility.await().until(() -> !link.isConnected());
			byte[] large = new byte[1024 * 1024];
			Awaitility.await().until(() -> !link.publish("news", large));
			assertThat(link.dropped()).isPositive();
		}
	}

	@Test
	void aServerThatIsALameDuckIsLeftAfterANotice() {
		List<Boolean> connected = new CopyOnWriteArrayList<>();
		try (NatsServer first = new NatsServer();
				NatsServer second = new NatsServer();
				NatsBus link = NatsBus.connect(options(first.url() + "," + second.url()).noRandomize())) {
			link.onMove(() -> connected.add(link.isConnected()));
			first.lameDuck();
			Awaitility.await().until(() -> link.isConnected() && link.reconnects() == 1);
			assertThat(link.connection().getConnectedUrl()).isEqualTo(second.url());
			assertThat(connected).containsExactly(true);
		}
	}

	@Test
	void theOnlyServerIsNotLeft() {
		Logger log = (Logger) LoggerFactory.getLogger(ServerMove.class);
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		log.addAppender(logged);
		try (NatsServer nats = new NatsServer(); NatsBus link = NatsBus.connect(options(nats.url()))) {
			nats.lameDuck();
			Awaitility.await().until(() -> !logged.list.isEmpty());
			assertThat(logged.list).extracting(ILoggingEvent::getMessage)
				.containsExactly("The NATS server stops, and this node knows no other one");
			assertThat(link.isConnected()).isTrue();
		}
		finally {
			log.detachAppender(logged);
		}
	}

	@Test
	@Timeout(30)
	void aLinkThatNeverCameCanBeClosed() {
		NatsBus link = NatsBus.connectInTime(options(NOBODY));
		link.close();
		assertThat(link.isConnected()).isFalse();
		assertThat(link.publish("news", new byte[0])).isFalse();
	}

}
