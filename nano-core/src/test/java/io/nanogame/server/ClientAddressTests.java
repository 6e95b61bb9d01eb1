package io.nanogame.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.net.AddressFilter;
import io.nanogame.net.AddressPolicy;
import io.nanogame.net.Networks;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The clients of a port that may connect, by their addresses.
 */
class ClientAddressTests {

	private static final Networks LOOPBACK = Networks.of(List.of("127.0.0.0/8"));

	private static final Networks OTHERS = Networks.of(List.of("192.0.2.0/24", "2001:db8::/32"));

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(Networks allowed, Networks denied, AddressFilter... filters) {
		this.server.listener((it) -> it.with(it.settings().with(new AddressPolicy(allowed, denied, List.of(filters)))))
			.start();
	}

	private long denied() {
		return this.server.server().traffic().closed("address-denied");
	}

	@Test
	void aDeniedClientIsClosedWithoutAByte() {
		Line.open(this.server); // with TLS, too
		start(LOOPBACK, LOOPBACK);
		try (RawClient client = RawClient.tcp(this.server.port())) {
			assertThat(client.readEnd()).isEqualTo("end");
		}
		await().until(() -> denied() == 1);
		assertThat(this.server.server().traffic().openConnections()).isZero();
	}

	@Test
	void onlyAllowedClientsConnect() {
		start(OTHERS, Networks.NONE);
		try (RawClient client = RawClient.tcp(this.server.port())) {
			assertThat(client.readEnd()).isEqualTo("end");
		}
		await().until(() -> denied() == 1);
	}

	@Test
	void clientsThatAreAllowedAndNotDeniedPlay() {
		start(LOOPBACK, OTHERS, (address) -> address.isLoopbackAddress());
		try (RawClient client = this.server.tcp().handshake(); RawClient page = this.server.webSocket().handshake()) {
			assertThat(client.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
			assertThat(page.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
		}
		assertThat(denied()).isZero();
	}

	@Test
	void aFilterMayChangeItsMind() {
		Set<InetAddress> banned = ConcurrentHashMap.newKeySet();
		start(Networks.NONE, Networks.NONE, (address) -> !banned.contains(address));
		try (RawClient early = this.server.tcp().handshake()) {
			banned.add(InetAddress.getLoopbackAddress());
			try (RawClient late = RawClient.tcp(this.server.port())) {
				assertThat(late.readEnd()).isEqualTo("end");
			}
			assertThat(early.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
		}
	}

	@Test
	void aFilterThatFailsRejectsTheClient() {
		start(Networks.NONE, Networks.NONE, (address) -> {
			throw new IllegalStateException("no database");
		});
		try (RawClient client = RawClient.tcp(this.server.port())) {
			assertThat(client.readEnd()).isEqualTo("end");
		}
		await().until(() -> denied() == 1);
	}

	@Test
	void behindAProxyTheAddressOfTheClientCounts() {
		this.server.listener((it) -> it.behind(LOOPBACK));
		start(Networks.NONE, OTHERS);
		try (RawClient denied = this.server.tcp()
			.sendBytes(TestServer.bytes("PROXY TCP4 192.0.2.7 192.0.2.1 5000 3250\r\n"))) {
			assertThat(denied.readEnd()).isEqualTo("end");
		}
		try (RawClient denied = this.server.tcp()
			.sendBytes(TestServer.bytes("PROXY TCP6 2001:db8::7 2001:db8::1 5000 3250\r\n"))) {
			assertThat(denied.readEnd()).isEqualTo("end");
		}
		try (RawClient client = this.server.tcp()
			.sendBytes(TestServer.bytes("PROXY TCP4 198.51.100.7 192.0.2.1 5000 3250\r\n"))
			.handshake()) {
			assertThat(client.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
		}
		assertThat(denied()).isEqualTo(2);
	}

}
