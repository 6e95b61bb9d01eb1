package io.nanogame.net;

import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.server.TestServer;
import io.nanogame.test.RawClient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeepAliveOptionsTests {

	private static final KeepAlive PROBES = new KeepAlive(Duration.ofSeconds(31), Duration.ofSeconds(7), 4);

	@Test
	void theOptionsOfNioAreSet() throws Exception {
		NioSocketChannel channel = new NioSocketChannel();
		try {
			new KeepAliveOptions(PROBES).enable(channel);
			assertThat(channel.config().getOption(NioChannelOption.of(StandardSocketOptions.SO_KEEPALIVE))).isTrue();
			assertThat(channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
				.isEqualTo(31);
			assertThat(channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
				.isEqualTo(7);
			assertThat(channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
				.isEqualTo(4);
		}
		finally {
			channel.unsafe().closeForcibly();
		}
	}

	@Test
	void eachConnectionOfAPortIsProbed() {
		List<Channel> channels = new CopyOnWriteArrayList<>();
		try (TestServer server = new TestServer()) {
			server.with((builder) -> builder.channelCustomizers(List.of(channels::add)))
				.listener((listener) -> listener.with(listener.settings().with(PROBES)))
				.start();
			try (RawClient tcp = server.tcp(); RawClient webSocket = server.webSocket()) {
				tcp.handshake();
				webSocket.handshake();
				assertThat(channels).hasSize(2).allSatisfy((channel) -> {
					assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
					assertThat(option(channel, "TCP_KEEPIDLE")).isEqualTo(31);
					assertThat(option(channel, "TCP_KEEPINTVL")).isEqualTo(7);
					assertThat(option(channel, "TCP_KEEPCNT")).isEqualTo(4);
				});
			}
		}
	}

	@Test
	void connectionsAreNotProbedByDefault() {
		List<Channel> channels = new CopyOnWriteArrayList<>();
		try (TestServer server = new TestServer()) {
			server.with((builder) -> builder.channelCustomizers(List.of(channels::add))).start();
			try (RawClient client = server.tcp()) {
				client.handshake();
				assertThat(channels).singleElement()
					.satisfies(
							(channel) -> assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse());
			}
		}
	}

	/** An option of the native transport, by the end of its name. */
	private static Object option(Channel channel, String name) {
		return channel.config()
			.getOptions()
			.entrySet()
			.stream()
			.filter((option) -> option.getKey().name().endsWith("#" + name))
			.findFirst()
			.orElseThrow()
			.getValue();
	}

	@Test
	void timesThatTheSystemRejectsAreRejected() {
		Duration second = Duration.ofSeconds(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new KeepAlive(Duration.ofMillis(999), second, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new KeepAlive(second, Duration.ofDays(1), 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new KeepAlive(second, second, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new KeepAlive(second, second, 128));
	}

}
