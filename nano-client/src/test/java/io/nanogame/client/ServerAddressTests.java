package io.nanogame.client;

import java.time.Duration;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerAddressTests {

	@ParameterizedTest
	@CsvSource({ "tcp://localhost:3250, tcp, localhost, 3250, /", "tcp://game_server:3250, tcp, game_server, 3250, /",
			"tls://game_server, tls, game_server, 3250, /", "ws://game_server:8080/nano, ws, game_server, 8080, /nano",
			"wss://game.example/a%20b?token=x%2Fy, wss, game.example, 443, /a%20b?token=x%2Fy",
			"ws://game_server, ws, game_server, 80, /", "ws://game_server?a=1, ws, game_server, 80, /?a=1",
			"tcp://[::1]:3250, tcp, ::1, 3250, /", "tcp://127.0.0.1, tcp, 127.0.0.1, 3250, /",
			"ws://user@game-server:1/, ws, game-server, 1, /" })
	void anAddressIsSplitIntoItsParts(String text, String scheme, String host, int port, String path) {
		ServerAddress address = ServerAddress.of(text);
		assertThat(address.scheme()).isEqualTo(scheme);
		assertThat(address.host()).isEqualTo(host);
		assertThat(address.portOr(3250)).isEqualTo(port);
		assertThat(address.path()).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:3250", "http://localhost", "tcp://", "tcp:///nano", "tcp://a b", "tcp://a:b",
			"wss://game_server", "tcp://a:0", "tcp://a:65536", "tcp://a:999999", "ws:nano", "", "tcp://a:1:2" })
	void otherAddressesAreRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.of(text));
	}

	@Test
	void anUpgradeRequestNamesTheHostUnchanged() throws Exception {
		EmbeddedChannel channel = new EmbeddedChannel(
				new HostHeader(ServerAddress.of("ws://game_server:80/").hostAndPort()));
		DefaultHttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
		request.headers().set("host", "host").set("origin", "http://host");
		channel.writeOutbound(request);
		HttpRequest written = channel.readOutbound();
		assertThat(written.headers().get("host")).isEqualTo("game_server:80");
		assertThat(written.headers().contains("origin")).isFalse();
		channel.finishAndReleaseAll();
	}

	@Test
	void onlyHostNamesWithUnderscoresAreInvalidInAUri() {
		assertThat(ServerAddress.of("ws://game_server").isValidUriHost()).isFalse();
		assertThat(ServerAddress.of("ws://game-server").isValidUriHost()).isTrue();
		assertThat(ServerAddress.of("ws://127.0.0.1").isValidUriHost()).isTrue();
		assertThat(ServerAddress.of("ws://[::1]").isValidUriHost()).isTrue();
	}

	@Test
	void aHostNameWithAnUnderscoreIsResolved() {
		for (String server : new String[] { "tcp://no_such_server.invalid:3250",
				"ws://no_such_server.invalid:3250/" }) {
			try (NanoClient client = NanoClient.builder(server).noReconnect().build()) {
				assertThat(client.connect().toFuture()).failsWithin(Duration.ofSeconds(20))
					.withThrowableThat()
					.withCauseInstanceOf(ConnectionLostException.class)
					.withMessageContaining("no_such_server.invalid");
			}
		}
	}

}
