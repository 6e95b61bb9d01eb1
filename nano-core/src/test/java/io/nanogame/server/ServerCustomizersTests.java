package io.nanogame.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.ReferenceCountUtil;
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

	@Test
	void aHandlerThatFailsEndsTheConnectionAsAServerError() {
		this.server
			.with((builder) -> builder
				.channelCustomizers(List.of((channel) -> channel.pipeline().addFirst(new FailsOnTheThirdRead()))))
			.start();
		try (RawClient client = this.server.tcp().handshake()) {
			// The acknowledgement has been read then.
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			client.request(1, "test.echo", "1");
			client.awaitClose();
			await().untilAsserted(() -> assertThat(session.closeReason()).isEqualTo(CloseReason.SERVER_ERROR));
		}
		assertThat(this.server.server().traffic().closed("server-error")).isOne();
		assertThat(this.server.server().traffic().closed("client-closed")).isZero();
	}

	@Test
	void aCustomizerThatFailsEndsTheConnectionAsAServerError() {
		this.server.with((builder) -> builder.channelCustomizers(List.of((channel) -> {
			throw new IllegalStateException("on purpose");
		}))).start();
		try (RawClient client = this.server.tcp()) {
			client.awaitClose();
		}
		await().until(() -> this.server.server().traffic().closed("server-error") == 1);
		assertThat(this.server.server().traffic().closed("client-closed")).isZero();
	}

	@Test
	void bytesOfTcpOnAPortForWebSocketsAreAProtocolError() {
		ListenerSettings any = ListenerSettings.defaults();
		ListenerSettings webSocketOnly = any.withTransports(false, true);
		this.server
			.with((builder) -> builder
				.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", 0)).with(webSocketOnly))))
			.start();
		try (RawClient client = this.server.tcp()) {
			client.sendHex("01000000");
			client.awaitClose();
		}
		await().until(() -> this.server.server().traffic().closed("protocol-error") == 1);
		assertThat(this.server.server().traffic().closed("client-closed")).isZero();
	}

	/** The handshake and its acknowledgement are the first two. */
	private static final class FailsOnTheThirdRead extends ChannelInboundHandlerAdapter {

		private int reads;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			if (++this.reads == 3) {
				ReferenceCountUtil.release(message);
				throw new IllegalStateException("on purpose");
			}
			ctx.fireChannelRead(message);
		}

	}

}
