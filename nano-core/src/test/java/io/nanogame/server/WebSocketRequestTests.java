package io.nanogame.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.net.ListenerSettings;
import io.nanogame.net.OriginPolicy;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The handshake request of a WebSocket: its size limits, and the data that is kept of it.
 */
class WebSocketRequestTests {

	private static final int LIMIT = ListenerSettings.defaults().upgrade().maxRequestLine();

	private final TestServer server = new TestServer();

	private final BlockingQueue<Map<String, List<String>>> seen = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> paths = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** Returns a path for a request line of that length. */
	private static String uri(int lineLength) {
		String rest = "GET /nano?token= HTTP/1.1";
		return "/nano?token=" + "t".repeat(lineLength - rest.length());
	}

	private String answerTo(String request) {
		try (RawClient client = this.server.tcp()) {
			return client.sendBytes(TestServer.bytes(request)).readText();
		}
	}

	@Test
	void aRequestLineUpToTheLimitIsAccepted() {
		this.server.start();
		RawClient.webSocket(this.server.port(), uri(LIMIT)).handshake().close();
		RawClient.webSocket(this.server.port(), uri(4200)).handshake().close();
	}

	@Test
	void aLongerRequestLineIsRejectedWith414AndTheLimit() {
		this.server.start();
		String answer = answerTo("GET " + uri(LIMIT + 1) + " HTTP/1.1\r\nHost: x\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 414 ")
			.contains("longer than the 8192 bytes", "nano.server.websocket.max-request-line-size");
	}

	@Test
	void longerHeadersAreRejectedWith431AndTheLimit() {
		this.server.start();
		String answer = answerTo("GET / HTTP/1.1\r\nCookie: " + "c".repeat(9000) + "\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 431 ")
			.contains("longer than the 8192 bytes", "nano.server.websocket.max-header-size");
	}

	@Test
	void theLimitOfANamedListenerIsReportedByItsKey() {
		this.server.listener((listener) -> listener.named("pages")).start();
		assertThat(answerTo("GET " + uri(9000) + " HTTP/1.1\r\n\r\n"))
			.contains("nano.listeners.pages.websocket.max-request-line-size");
		assertThat(answerTo("GET / HTTP/1.1\r\nCookie: " + "c".repeat(9000) + "\r\n\r\n"))
			.contains("nano.listeners.pages.websocket.max-header-size");
	}

	@Test
	void bothLimitsCanBeConfigured() {
		this.server.listener((listener) -> listener.with(
				ListenerSettings.defaults().with(new UpgradeSettings("", OriginPolicy.SAME_HOST, List.of(), 100, 300))))
			.start();
		RawClient.webSocket(this.server.port(), uri(100)).handshake().close();
		assertThat(answerTo("GET " + uri(101) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ").contains("100 bytes");
		assertThat(answerTo("GET / HTTP/1.1\r\nA: " + "c".repeat(300) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ")
			.contains("300 bytes");
	}

	@Test
	void aMalformedRequestStillGetsAnErrorResponse() {
		this.server.start();
		assertThat(answerTo("GET\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("This is not an HTTP request.");
	}

	@Test
	void aRejectedRequestIsNotCountedAsClosedByTheClient() {
		this.server.start();
		assertThat(answerTo("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 426 ");
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.server.server().traffic().closed("protocol-error")).isOne();
		assertThat(this.server.server().traffic().closed("client-closed")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Transfer-Encoding: chunked", "Content-Length: 7" })
	void anUpgradeWithABodyIsRejectedBeforeTheBody(String header) {
		this.server.start();
		String answer = answerTo("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a\r\n" + header + "\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400 ").contains("The request of a WebSocket has no body.");
		assertThat(this.server.server().traffic().closed("protocol-error")).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 20_000, 200_000 })
	void aRequestWithABodyOfAnyLengthReceivesTheResponse(int length) {
		this.server.start();
		String answer = answerTo("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n"
				+ "b".repeat(length));
		assertThat(answer).startsWith("HTTP/1.1 426 ").endsWith("This port takes WebSockets.\n");
		await().until(() -> this.server.server().transport().connections().count() == 0);
		assertThat(this.server.server().traffic().closed("protocol-error")).isOne();
		assertThat(this.server.server().traffic().closed("client-closed")).isZero();
	}

	@Test
	void aRequestedSubprotocolIsEchoed() throws Exception {
		this.server.start();
		WebSocket webSocket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.subprotocols("pomelo", "other")
			.buildAsync(URI.create("ws://127.0.0.1:" + this.server.port() + "/"), new WebSocket.Listener() {
			})
			.get(10, TimeUnit.SECONDS);
		assertThat(webSocket.getSubprotocol()).isEqualTo("pomelo");
		webSocket.abort();
	}

	@Test
	void originsAreNormalisedBeforeTheComparison() {
		this.server.start();
		RawClient.webSocket(this.server.port(), "/nano", "Origin: ws://127.0.0.1:" + this.server.port() + "/nano")
			.handshake()
			.close();
		assertThatThrownBy(() -> RawClient.webSocket(this.server.port(), "/nano", "Origin: ws://127.0.0.1:1/nano"))
			.hasMessageContaining("403");
	}

	@Test
	void validatorsReadPathAndHeaders() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			this.paths.add(handshake.path());
			this.seen.add(handshake.headers());
		}))).start();
		RawClient
			.webSocket(this.server.port(), "/na%20no?token=t", "X-Team: red", "Authorization: Bearer b", "x-team: blue")
			.handshake()
			.close();
		assertThat(this.paths).containsExactly("/na%20no");
		assertThat(this.seen.poll()).containsEntry("authorization", List.of("Bearer b"))
			.containsEntry("X-TEAM", List.of("red", "blue"))
			.containsKey("Host");
	}

	@Test
	void aClientOfTcpHasNoPathAndNoHeaders() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			this.paths.add(handshake.path());
			this.seen.add(handshake.headers());
		}))).start();
		this.server.tcp().handshake().close();
		assertThat(this.paths).containsExactly("");
		assertThat(this.seen.poll()).isEmpty();
	}

	@Test
	void validatorsAndListenersReadTheQueryAndHandlersOnlyAKeptOne() throws Exception {
		readQuery(false);
		assertThat(this.seen.poll(10, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void aKeptQueryIsReadByHandlersToo() throws Exception {
		readQuery(true);
		assertThat(this.seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Map.of("token", List.of("a b")));
	}

	private void readQuery(boolean keep) throws InterruptedException {
		this.server.settings(TestServer.settings((it) -> it.keepsQuery(keep)))
			.lane("test.query", (request) -> this.seen.add(request.session().queryParameters()))
			.with((builder) -> builder
				.handshakeValidators(List.of((handshake) -> this.seen.add(handshake.session().queryParameters())))
				.sessionListeners(List.of(new SessionListener() {

					@Override
					public void opened(Session session) {
						WebSocketRequestTests.this.seen.add(session.queryParameters());
					}

				})))
			.start();
		try (RawClient client = RawClient.webSocket(this.server.port(), "/nano?token=a%20b").handshake()) {
			client.request(1, "test.query", "{}").readResponse(1);
		}
		assertThat(this.seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Map.of("token", List.of("a b")));
		assertThat(this.seen.poll(10, TimeUnit.SECONDS)).isEqualTo(Map.of("token", List.of("a b")));
	}

}
