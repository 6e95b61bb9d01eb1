package io.nanogame.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.client.Game.Text;
import io.nanogame.connection.TransportSettings;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.Tls;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.serialize.Payloads;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Clients of the protocol {@code length-id} with the game server, on each transport.
 */
class LengthIdGameTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int LARGE = 20 * 1024 * 1024;

	private static final LengthIdFormat FORMAT = new LengthIdFormat(true, 4, 2, true, Counts.PACKET);

	private static final Map<String, Long> IDS = Map.of("test.echo", 1L, "test.join", 2L, "test.fail", 3L, "test.kick",
			4L, "onNews", 12L, "test.unknown", 13L);

	private static final long ERROR = 99;

	private static Game game(String scheme, TestAuthority authority) throws Exception {
		boolean webSocket = scheme.startsWith("ws");
		ListenerSettings only = ListenerSettings.defaults()
			.withProtocols(List.of(LengthIdProtocol.NAME))
			.withTransports(!webSocket, webSocket);
		Listener listener = new Listener("games", new InetSocketAddress("127.0.0.1", 0), only, null,
				Listener.at(new InetSocketAddress("127.0.0.1", 0)).proxies(), 0, true);
		SslContext tls = SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory()).build();
		TransportSettings settings = TransportSettings.builder().maxPacketLength(LARGE).build();
		MessageIds ids = new MessageIds("test.ids", FORMAT, IDS, ERROR, List.of());
		return new Game((builder) -> builder.settings(settings)
			.protocols(List.of(new LengthIdProtocol(FORMAT, ids, settings.connection().packets())))
			.listeners(List
				.of((scheme.equals("tls") || scheme.equals("wss")) ? listener.with(new Tls(tls, false)) : listener)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "tls", "ws", "wss" })
	void requestsErrorsPushesAndKicksAreReceived(String scheme) throws Exception {
		TestAuthority authority = new TestAuthority();
		try (Game game = game(scheme, authority);
				NanoClient client = NanoClient.builder("%s://127.0.0.1:%d/nano".formatted(scheme, game.port()))
					.lengthId(FORMAT, IDS, ERROR)
					.maxPacketLength(Payloads.DEFAULT_MAX_LENGTH)
					.tls(SslContextBuilder.forClient().trustManager(authority.root().toTrustManager()).build())
					.build()) {
			List<String> news = new CopyOnWriteArrayList<>();
			client.on("onNews", Text.class, (push) -> news.add(push.text()));
			assertThat(client.connect().block(TIMEOUT).isAccepted()).isTrue();
			assertThat(client.call("test.join", new Text("Ann"), Text.class)).isEqualTo(new Text("Ann"));
			game.lobby.broadcast("onNews", new Text("news"));
			await().until(() -> news.equals(List.of("news")));
			for (Map.Entry<String, Integer> failing : Map.of("test.fail", 403, "test.unknown", 404).entrySet()) {
				assertThatExceptionOfType(ErrorResponseException.class)
					.isThrownBy(() -> client.call(failing.getKey(), null, Void.class))
					.satisfies((ex) -> assertThat(ex.status()).isEqualTo(failing.getValue()));
			}
			List<CompletableFuture<Text>> many = IntStream.range(0, 1000)
				.mapToObj((i) -> client.requestAsync("test.echo", new Text("" + i), Text.class).toCompletableFuture())
				.toList();
			for (int i = 0; i < many.size(); i++) {
				assertThat(many.get(i)).succeedsWithin(TIMEOUT).isEqualTo(new Text("" + i));
			}
			byte[] large = new byte[12 * 1024 * 1024];
			new Random(1).nextBytes(large);
			assertThat(Arrays.equals(client.call("test.echo", large, byte[].class), large)).isTrue();
			client.notify("test.kick", null);
			await().until(() -> client.state().reason() != null);
			assertThat(client.state().reason()).isInstanceOfSatisfying(KickedException.class, (kick) -> {
				assertThat(kick.reason()).isEqualTo("enough");
				assertThat(kick.reconnect()).isFalse();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aServerThatStopsAsksItsClientsToReconnect(String scheme) throws Exception {
		try (Game game = game(scheme, new TestAuthority());
				NanoClient client = NanoClient.builder("%s://127.0.0.1:%d/nano".formatted(scheme, game.port()))
					.lengthId(FORMAT, IDS, ERROR)
					.build()) {
			client.connect().block(TIMEOUT);
			client.call("test.echo", new Text("x"), Text.class);
			CompletableFuture<ClientState> end = client.states()
				.filter((state) -> state.reason() != null)
				.next()
				.toFuture();
			game.server.stop();
			assertThat(end).succeedsWithin(TIMEOUT)
				.extracting(ClientState::reason)
				.isInstanceOfSatisfying(KickedException.class, (kick) -> assertThat(kick.reconnect()).isTrue());
		}
	}

}
