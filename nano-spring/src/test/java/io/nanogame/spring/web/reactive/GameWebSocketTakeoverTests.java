package io.nanogame.spring.web.reactive;

import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nanogame.spring.web.JdkClient;
import io.nanogame.spring.web.JsonWebSocketContract;
import io.nanogame.spring.web.RawWebSocketContract;
import io.nanogame.spring.web.ResumeContract;
import io.nanogame.spring.web.WebGame;
import io.nanogame.spring.web.WebServer;
import io.nanogame.spring.web.WebSocketContract;
import io.nanogame.test.DeflatedMessage;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The game on Reactor Netty.
 */
class GameWebSocketTakeoverTests
		implements WebSocketContract, ResumeContract, JsonWebSocketContract, RawWebSocketContract {

	private static final String[] UPGRADE = { "Upgrade: websocket", "Connection: keep-alive, Upgrade",
			"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" };

	@Override
	public WebServer serve(WebGame game) {
		return new ReactorWebServer(game);
	}

	@Override
	public WebServer serveRaw(WebGame game) {
		return new ReactorWebServer(game, List.of("raw"));
	}

	@Override
	public String transport() {
		return "websocket";
	}

	// The takeover of the channel

	@Test
	void bytesAfterTheRequestAreNotLost() {
		try (WebServer web = serve(new WebGame())) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(web.request("GET", "/nano", UPGRADE));
			all.writeBytes(conversation(200));
			assertThat(web.answerTo(all.toByteArray())).startsWith("HTTP/1.1 101").contains("{\"n\":1}", "{\"n\":200}");
		}
	}

	@Test
	void theRequestAndLaterBytesMayArriveOneByOne() {
		try (WebServer web = serve(new WebGame()); RawClient client = RawClient.tcp(web.port())) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(web.request("GET", "/nano", UPGRADE));
			all.writeBytes(conversation(3));
			for (byte next : all.toByteArray()) {
				client.sendBytes(new byte[] { next });
			}
			assertThat(client.readText()).startsWith("HTTP/1.1 101").contains("{\"n\":1}", "{\"n\":3}");
		}
	}

	@Test
	void theConnectionMayHaveServedOtherRequestsBefore() {
		try (WebServer web = serve(new WebGame())) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(web.request("GET", "/hello"));
			all.writeBytes(web.request("GET", "/hello"));
			all.writeBytes(web.request("GET", "/nano", UPGRADE));
			all.writeBytes(conversation(3));
			assertThat(web.answerTo(all.toByteArray())).containsSubsequence("hello", "hello", "HTTP/1.1 101",
					"{\"n\":3}");
		}
	}

	@Test
	void theResponseHasNoBody() {
		try (WebServer web = serve(new WebGame())) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(web.request("GET", "/nano", UPGRADE));
			all.writeBytes(conversation(1));
			assertThat(web.answerTo(all.toByteArray())).doesNotContainIgnoringCase("content-length")
				.doesNotContainIgnoringCase("transfer-encoding");
		}
	}

	@Test
	void messagesAreCompressedIfTheClientOffersIt() {
		String text = "round and round ".repeat(20);
		try (WebServer web = serveRaw(new WebGame());
				RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(web.port(), "/nano",
						"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
			assertThat(client.extensions())
				.isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
			client.sendFrame(0xC1, DeflatedMessage.deflate(text.getBytes(StandardCharsets.UTF_8)));
			RawWebSocketClient.Frame frame = client.receiveFrame();
			assertThat(frame.first()).isEqualTo(0xC1);
			assertThat(DeflatedMessage.inflate(frame.payload())).asString(StandardCharsets.UTF_8).isEqualTo(text);
		}
	}

	@Test
	void noHandlerOfTheWebServerRemainsInTheChannel() {
		AtomicReference<Channel> accepted = new AtomicReference<>();
		WebServer started = new ReactorWebServer(new WebGame(),
				(server) -> server.doOnChannelInit((observer, channel, remote) -> accepted.set(channel)));
		try (WebServer web = started; RawClient client = web.client()) {
			client.handshake();
			assertThat(accepted.get().pipeline().toMap()).containsOnlyKeys("nano.wire");
			assertThat(ChannelOperations.get(accepted.get())).isNull();
		}
	}

	@Test
	void theExchangeIsReleased() {
		AtomicReference<WeakReference<ServerWebExchange>> seen = new AtomicReference<>();
		WebFilter filter = (exchange, chain) -> {
			seen.set(new WeakReference<>(exchange));
			return chain.filter(exchange);
		};
		try (WebServer web = new ReactorWebServer(new WebGame(), UnaryOperator.identity(), filter);
				RawClient client = web.client().handshake()) {
			await().until(() -> {
				System.gc();
				return seen.get().get() == null;
			});
			assertThat(client.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
		}
	}

	@Test
	void filtersSeeTheExchangeEndWith101() {
		AtomicReference<String> ending = new AtomicReference<>();
		WebFilter filter = (exchange, chain) -> chain.filter(exchange)
			.doOnSuccess((done) -> ending.set("done with " + exchange.getResponse().getStatusCode()));
		try (WebServer web = new ReactorWebServer(new WebGame(), UnaryOperator.identity(), filter);
				RawClient client = web.client()) {
			client.handshake();
			assertThat(ending).hasValue("done with 101 SWITCHING_PROTOCOLS");
		}
	}

	@Test
	void filtersMayChangeThreads() {
		WebFilter filter = (exchange, chain) -> Mono.just(exchange)
			.publishOn(Schedulers.boundedElastic())
			.flatMap(chain::filter)
			.publishOn(Schedulers.boundedElastic());
		try (WebServer web = new ReactorWebServer(new WebGame(), UnaryOperator.identity(), filter);
				RawClient client = web.client().handshake()) {
			assertThat(client.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
		}
	}

	@Test
	void aFailedResponseEndsTheConnection() {
		WebFilter filter = (exchange, chain) -> {
			exchange.getResponse().beforeCommit(() -> Mono.error(new IllegalStateException("on purpose")));
			return chain.filter(exchange);
		};
		try (WebServer web = new ReactorWebServer(new WebGame(), UnaryOperator.identity(), filter)) {
			assertThat(web.answerTo("GET", "/nano", UPGRADE)).startsWith("HTTP/1.1 500");
			assertThat(web.game().server.traffic().openConnections()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("webServers")
	void theWebServerMayHaveVariousSettings(UnaryOperator<HttpServer> setUp) {
		try (WebServer web = new ReactorWebServer(new WebGame(), setUp);
				RawClient client = web.client("Accept-Encoding: gzip").handshake()) {
			assertThat(client.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			await().during(Duration.ofMillis(800)).until(() -> web.game().sessions.count() == 1);
			assertThat(client.request(2, "test.echo", "{}").readResponse(2)).isEqualTo("{}");
		}
	}

	static Stream<Named<UnaryOperator<HttpServer>>> webServers() {
		Duration soon = Duration.ofMillis(500);
		return Stream.of(Named.of("compression", (server) -> server.compress(true)),
				Named.of("access log", (server) -> server.accessLog(true)),
				Named.of("idle timeout", (server) -> server.idleTimeout(soon)),
				Named.of("read timeout", (server) -> server.readTimeout(soon)),
				Named.of("request timeout", (server) -> server.requestTimeout(soon)),
				Named.of("one request a connection", (server) -> server.maxKeepAliveRequests(1)),
				Named.of("forwarded headers", (server) -> server.forwarded(true)),
				Named.of("wiretap", (server) -> server.wiretap(true)),
				Named.of("HTTP/2 in clear text", (server) -> server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)));
	}

	@Test
	void theWebServerMayHaveTls(@TempDir Path directory) throws Exception {
		TestCertificate certificate = new TestCertificate(directory);
		SslContext tls = certificate.server();
		try (WebServer web = new ReactorWebServer(new WebGame(),
				(server) -> server.secure((spec) -> spec.sslContext(tls)));
				JdkClient client = JdkClient.connect(web.port(), certificate.client()).handshake()) {
			byte[] body = ("\"" + "x".repeat(60_000) + "\"").getBytes(StandardCharsets.UTF_8);
			client.send(RawClient.packet(4, RawClient.message(0, 1, "test.echo", body)));
			assertThat(client.read().payload()).hasSize(body.length);
			client.closePolitely();
			await().until(() -> web.game().sessions.count() == 0);
		}
	}

	@Test
	void theAddressForwardedByAProxyIsUsed() {
		try (WebServer web = new ReactorWebServer(new WebGame(), (server) -> server.forwarded(true));
				RawClient client = web.client("X-Forwarded-For: 192.0.2.7").handshake()) {
			assertThat(client.request(1, "test.whoAmI", "{}").readResponse(1)).contains("\"address\":\"192.0.2.7\"");
		}
	}

	// Other requests

	@Test
	void otherRequestsAreRejectedWithAnExplanation() {
		try (WebServer web = serve(new WebGame())) {
			assertThat(web.answerTo("GET", "/nano", "Connection: close")).startsWith("HTTP/1.1 426")
				.containsIgnoringCase("upgrade: websocket")
				.contains("takes WebSockets");
			assertThat(web.answerTo("GET", "/nano", "Connection: close, Upgrade", "Upgrade: websocket",
					"Sec-WebSocket-Version: 8"))
				.startsWith("HTTP/1.1 426")
				.containsIgnoringCase("sec-websocket-version: 13");
			assertThat(web.answerTo("GET", "/nano", "Connection: close, Upgrade", "Upgrade: websocket",
					"Sec-WebSocket-Version: 13"))
				.startsWith("HTTP/1.1 400")
				.contains("Sec-WebSocket-Key is missing");
		}
	}

	@Test
	void aWebSocketRequestMustNotHaveABody() {
		try (WebServer web = serve(new WebGame())) {
			assertThatExceptionOfType(RawWebSocketClient.RefusedException.class)
				.isThrownBy(() -> web.client("Content-Length: 5"))
				.withMessageContaining(" 400 ");
		}
	}

	@Test
	void serversOtherThanReactorNettyReply501() {
		try (WebGame game = new WebGame()) {
			MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/nano");
			List.of(UPGRADE).forEach((line) -> request.header(line.split(": ")[0], line.split(": ")[1]));
			MockServerWebExchange exchange = MockServerWebExchange.from(request.build());
			new GameWebSocketTakeover(game.server, WebGame.clients(WebGame.PROTOCOLS)).handle(exchange).block();
			assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.NOT_IMPLEMENTED);
			assertThat(exchange.getResponse().getBodyAsString().block()).contains("Reactor Netty");
		}
	}

	/** Handshake, ack, requests, and a close frame, each in a frame of its own. */
	private static byte[] conversation(int requests) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		frames.writeBytes(RawWebSocketClient.frame(0x82, new byte[] { 1, 0, 0, 0 }));
		frames.writeBytes(RawWebSocketClient.frame(0x82, new byte[] { 2, 0, 0, 0 }));
		for (int i = 1; i <= requests; i++) {
			byte[] body = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
			byte[] message = RawClient.message(0, i, "test.fastEcho", body);
			frames.writeBytes(RawWebSocketClient.frame(0x82, RawClient.packet(4, message)));
		}
		frames.writeBytes(RawWebSocketClient.frame(0x88, new byte[0]));
		return frames.toByteArray();
	}

}
