package io.nanogame.server;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.nanogame.net.Tls;
import io.nanogame.net.Networks;
import io.nanogame.route.RequestException;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No client can forge a line of the log. All loggers are on, and all texts of the client
 * contain a line break and an escape sequence.
 */
class ClientTextInLogsTests {

	private static final String EVIL = "\n\u001b[31mERROR all is lost";

	private final RecordedLog log = new RecordedLog(Level.TRACE, ClientTextInLogsTests::texts);

	private TestServer server = new MemoryServer();

	private static Stream<String> texts(ILoggingEvent event) {
		Stream<String> causes = Stream.iterate(event.getThrowableProxy(), Objects::nonNull, IThrowableProxy::getCause)
			.map((cause) -> String.valueOf(cause.getMessage()));
		return Stream.concat(Stream.of(event.getFormattedMessage()), causes);
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.log.close();
		assertThat(this.log.lines()).isNotEmpty()
			.noneMatch((text) -> text.contains("\u001b"))
			.noneMatch((text) -> text.contains("\nERROR"));
	}

	private void awaitLine(String part) {
		await().until(() -> this.log.lines().stream().anyMatch((text) -> text.contains(part)));
	}

	@Test
	void routesAreEscaped() {
		this.server.settings(TestServer.settings((it) -> it.logMessages(true)))
			.with((builder) -> builder.outboundInterceptors(List.of((session, message) -> {
				throw new IllegalStateException("of the game");
			})))
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.notify(EVIL, "").request(1, EVIL, EVIL).readResponse(1);
		}
		awaitLine("-> REQUEST \\u000a\\u001b[31mERROR");
		awaitLine("<- RESPONSE \\u000a\\u001b[31mERROR");
		awaitLine("failed at \\u000a\\u001b[31mERROR");
	}

	@Test
	void clientTextInErrorsOfTheGameIsEscaped() {
		this.server.lane("test.refuse", (request) -> {
			throw new RequestException(400, "no such thing: " + new String(request.body()));
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.refuse", EVIL).readResponse(1);
		}
		awaitLine("no such thing: \\u000a");
	}

	@Test
	void valuesOfTheUserPartAreEscaped() {
		this.server.with(
				(builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.request().user(User.class))))
			.start();
		try (RawClient client = this.server.connect()) {
			String json = "{\"user\":{\"n\":\"" + "\\n\\u001b[31mERROR" + "\"}}";
			client.send(RawClient.packet(1, TestServer.bytes(json)));
			assertThat(client.read().text()).contains("bad user part");
		}
		awaitLine("is not of the type that a validator reads");
	}

	@Test
	void plainTextOnATlsPortIsEscapedAndTruncated() throws Exception {
		Tls tls = new Tls(SslContextBuilder.forServer(new TestAuthority().server(1).toKeyManagerFactory()).build(),
				false);
		this.server = new TestServer().listener((listener) -> listener.with(tls)).start();
		try (RawClient client = this.server.tcp()) {
			client.sendBytes(TestServer.bytes("\u0016" + EVIL + "x".repeat(1000))).readText();
		}
		awaitLine("TLS handshake failed");
		assertThat(this.log.lines()).noneMatch((text) -> text.contains("78".repeat(100)));
	}

	@Test
	void aHeaderOfAProxyIsEscaped() {
		this.server = new TestServer().listener((listener) -> listener.behind(Networks.of(List.of("127.0.0.1"))))
			.start();
		try (RawClient client = this.server.tcp()) {
			client.sendBytes(TestServer.bytes("PROXY " + EVIL + " \r\n")).readText();
		}
		awaitLine("A connection of a trusted proxy is closed");
	}

	record User(int n) {
	}

}
