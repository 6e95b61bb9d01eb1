package io.nanogame.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.net.Listener;
import io.nanogame.net.PortInUseException;
import io.nanogame.test.RawClient;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A server that listens on several ports.
 */
class MultipleListenersTests {

	private static final Listener ANY = Listener.at(new InetSocketAddress("127.0.0.1", 0));

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** Its first port was open for a moment. */
	@Test
	void aClientOfAServerThatDoesNotStartIsClosed() {
		List<RawClient> early = new CopyOnWriteArrayList<>();
		List<Channel> ports = new CopyOnWriteArrayList<>();
		AtomicInteger started = new AtomicInteger();
		this.server.with((builder) -> builder.listeners(List.of(ANY.named("first"), ANY.named("second")))
			.serverCustomizers(List.of((tcp) -> {
				if (started.getAndIncrement() == 0) {
					return tcp.doOnBound((bound) -> ports.add(bound.channel()));
				}
				await().until(() -> !ports.isEmpty());
				int port = ((InetSocketAddress) ports.get(0).localAddress()).getPort();
				early.add(RawClient.tcp(port).handshake());
				return tcp.bindAddress(() -> ports.get(0).localAddress());
			})));
		assertThatExceptionOfType(PortInUseException.class).isThrownBy(this.server::start)
			.satisfies((ex) -> assertThat(ex.listener()).isEqualTo("second"));
		await().until(() -> this.server.server().traffic().openConnections() == 0);
		await().until(() -> this.server.sessions.count() == 0);
		early.get(0).awaitClose();
		early.get(0).close();
	}

}
