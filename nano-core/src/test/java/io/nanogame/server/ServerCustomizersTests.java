package io.nanogame.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.nanogame.test.RawClient;
import io.netty.channel.Channel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The callbacks of Reactor Netty that customizers of the TCP server set are called, and
 * its bridge is in the pipeline of no connection without them.
 */
class ServerCustomizersTests {

	private final TestServer server = new TestServer();

	private final List<Channel> accepted = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** Plays as a client of a server that a customizer has changed. */
	private void play(UnaryOperator<TcpServer> customizer) {
		this.server
			.with((builder) -> builder.serverCustomizers(List.of(customizer))
				.channelCustomizers(List.of(this.accepted::add)))
			.start();
		try (RawClient client = this.server.tcp().handshake()) {
			assertThat(client.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
		}
		await().until(() -> this.server.server().traffic().openConnections() == 0);
	}

	@Test
	void withoutCallbacksTheBridgeIsRemoved() {
		play((tcp) -> tcp);
		assertThat(this.accepted).singleElement()
			.satisfies((channel) -> assertThat(channel.pipeline().get(NettyPipeline.ReactiveBridge)).isNull());
	}

	@Test
	void doOnConnectionIsCalled() {
		List<Channel> connected = new CopyOnWriteArrayList<>();
		play((tcp) -> tcp.doOnConnection((connection) -> connected.add(connection.channel())));
		assertThat(connected).isEqualTo(this.accepted).hasSize(1);
	}

	@Test
	void aChildObserverIsCalled() {
		List<ConnectionObserver.State> states = new CopyOnWriteArrayList<>();
		play((tcp) -> tcp.childObserve((connection, state) -> states.add(state)));
		await().untilAsserted(() -> assertThat(states).contains(ConnectionObserver.State.CONFIGURED,
				ConnectionObserver.State.DISCONNECTING));
	}

	@Test
	void aChannelGroupContainsTheConnections() {
		DefaultChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		List<Integer> sizes = new CopyOnWriteArrayList<>();
		this.server.with((builder) -> builder.serverCustomizers(List.of((tcp) -> tcp.channelGroup(group)))).start();
		try (RawClient client = this.server.tcp().handshake()) {
			assertThat(client.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
			sizes.add(group.size());
		}
		assertThat(sizes).containsExactly(1);
	}

}
