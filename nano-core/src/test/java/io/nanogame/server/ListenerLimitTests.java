package io.nanogame.server;

import java.util.List;
import java.util.Map;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.limit.Limit;
import io.nanogame.net.Listener;
import io.nanogame.net.Networks;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The limit of connections of one port.
 */
class ListenerLimitTests {

	private static final String HEADER = "PROXY TCP4 192.0.2.%d 192.0.2.1 5000 3250\r\n";

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(int most, Networks proxies) {
		this.server
			.listener((it) -> new Listener(it.name(), it.address(), it.settings(), it.tls(), proxies, most,
					it.allowUnauthenticated()))
			.start();
	}

	private RawClient behindProxy(int address) {
		return this.server.tcp().sendBytes(TestServer.bytes(HEADER.formatted(address)));
	}

	private long exceeded(String name) {
		return this.server.server()
			.limits()
			.stream()
			.filter((limit) -> limit.name().equals(name))
			.mapToLong(Limit::timesExceeded)
			.sum();
	}

	@Test
	void aClientAboveTheLimitIsClosedAndADisconnectReleasesTheSlot() {
		start(1, Networks.NONE);
		for (int i = 0; i < 3; i++) {
			try (RawClient first = this.server.tcp().handshake(); RawClient second = this.server.tcp()) {
				assertThat(second.sendHex("01000000").readEnd()).isEqualTo("end");
				assertThat(first.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			}
			await().until(() -> this.server.server().traffic().openConnections() == 0);
		}
		assertThat(exceeded("connections.server")).isEqualTo(3);
	}

	@Test
	void theLimitAppliesToClientsBehindAProxy() {
		start(1, Networks.of(List.of("127.0.0.0/8")));
		try (RawClient first = behindProxy(1).handshake(); RawClient second = behindProxy(2)) {
			assertThat(second.sendHex("01000000 02000000").readEnd()).isEqualTo("end");
			assertThat(first.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			assertThat(this.server.sessions.count()).isOne();
			assertThat(this.server.server().traffic().closed("too-many-connections")).isOne();
			assertThat(exceeded("connections.server")).isOne();
		}
	}

	/** They would keep the others from the port, although they are not served. */
	@Test
	void clientsRejectedByTheServerUseNoSlotOfThePort() {
		TransportLimits limits = new TransportLimits(0, 1, 0, 0, Map.of(), OnExcess.ANSWER);
		this.server.settings(TestServer.settings((it) -> it.limits(limits)));
		start(2, Networks.of(List.of("127.0.0.0/8")));
		try (RawClient first = behindProxy(1).handshake(); RawClient waiting = behindProxy(1)) {
			await().until(() -> exceeded("connections-per-address") == 1);
			try (RawClient other = behindProxy(2).handshake()) {
				assertThat(other.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			}
			assertThat(waiting.sendHex("01000000").readEnd()).isEqualTo("end");
			assertThat(first.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
		}
	}

}
