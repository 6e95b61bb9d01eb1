package io.nanogame.server;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.net.ssl.SSLSocket;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.limit.Limit;
import io.nanogame.net.Tls;
import io.nanogame.net.Networks;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients behind a proxy that sends their addresses.
 */
class ProxyProtocolTests {

	private static final String ANN = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 3250\r\n";

	private static final String BOB = "PROXY TCP6 2001:db8::7 2001:db8::1 5001 3250\r\n";

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private static final String BAD_HEADER = "{\"reason\":\"protocol error: no PROXY header that could be read\"}";

	private final TestServer server = new TestServer();

	private final List<Channel> channels = new CopyOnWriteArrayList<>();

	@BeforeEach
	void prepare() {
		this.server.lane("test.whereAmI", (request) -> address(request.session()))
			.with((builder) -> builder.channelCustomizers(List.of(this.channels::add)));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static String address(Session session) {
		InetSocketAddress address = (InetSocketAddress) session.remoteAddress();
		return address.getAddress().getHostAddress() + " " + address.getPort();
	}

	private void start(String... trusted) {
		this.server.listener((listener) -> listener.behind(Networks.of(List.of(trusted)))).start();
	}

	private RawClient behind(String header) {
		return this.server.tcp().sendBytes(TestServer.bytes(header));
	}

	private static String whereAmI(RawClient client) {
		return client.request(1, "test.whereAmI", "").readResponse(1);
	}

	@Test
	void theTextHeaderSetsTheClientAddress() {
		start("127.0.0.0/8");
		try (RawClient ann = behind(ANN).handshake(); RawClient bob = behind(BOB).handshake()) {
			assertThat(whereAmI(ann)).isEqualTo("\"192.0.2.7 5000\"");
			assertThat(whereAmI(bob)).isEqualTo("\"2001:db8:0:0:0:0:0:7 5001\"");
		}
	}

	@Test
	void theBinaryHeaderSetsTheClientAddress() {
		start("127.0.0.1");
		String addresses = "20010db8000000000000000000000007" + "20010db8000000000000000000000001" + "1389" + "0cb2";
		try (RawClient client = this.server.tcp()) {
			client.sendHex(SIGNATURE + "21 21 0024" + addresses).handshake();
			assertThat(whereAmI(client)).isEqualTo("\"2001:db8:0:0:0:0:0:7 5001\"");
		}
	}

	@Test
	void theHeaderMayArriveWithTheFirstPackets() {
		start("127.0.0.1");
		byte[] packets = RawClient.packet(4, RawClient.message(0, 1, "test.whereAmI", new byte[0]));
		String start = "01000000" + "02000000" + HexFormat.of().formatHex(packets);
		try (RawClient client = this.server.tcp()) {
			client.sendHex(HexFormat.of().formatHex(TestServer.bytes(ANN)) + start);
			assertThat(client.read().type()).isOne();
			assertThat(client.readResponse(1)).isEqualTo("\"192.0.2.7 5000\"");
		}
	}

	@Test
	void theHeaderMayArriveByteByByte() {
		start("127.0.0.1");
		try (RawClient client = this.server.tcp()) {
			for (byte next : TestServer.bytes(ANN)) {
				client.sendBytes(new byte[] { next });
			}
			assertThat(whereAmI(client.handshake())).isEqualTo("\"192.0.2.7 5000\"");
		}
	}

	@Test
	void theProxysOwnConnectionsHaveItsAddress() {
		start("127.0.0.1");
		try (RawClient unknown = behind("PROXY UNKNOWN\r\n").handshake();
				RawClient local = this.server.tcp().sendHex(SIGNATURE + "20 00 0000").handshake();
				RawClient withAddresses = this.server.tcp()
					.sendHex(SIGNATURE + "20 11 000c c0000207 c0000201 1388 0cb2")
					.handshake()) {
			assertThat(whereAmI(unknown)).startsWith("\"127.0.0.1 ");
			assertThat(whereAmI(local)).startsWith("\"127.0.0.1 ");
			assertThat(whereAmI(withAddresses)).startsWith("\"127.0.0.1 ");
		}
	}

	@Test
	void aHeaderMayPrecedeAWebSocket() throws Exception {
		start("127.0.0.1");
		try (RawClient client = RawClient.webSocket(proxied(ANN), "/nano").handshake()) {
			assertThat(whereAmI(client)).isEqualTo("\"192.0.2.7 5000\"");
		}
	}

	@Test
	void aHeaderMayPrecedeTls() throws Exception {
		TestAuthority authority = new TestAuthority();
		Tls tls = new Tls(SslContextBuilder.forServer(authority.server(1).toKeyManagerFactory()).build(), false);
		this.server.listener((listener) -> listener.with(tls));
		start("127.0.0.1");
		try (RawClient packets = RawClient.tcp(inTls(authority, ANN)).handshake();
				RawClient frames = RawClient.webSocket(inTls(authority, BOB), "/nano").handshake()) {
			assertThat(whereAmI(packets)).isEqualTo("\"192.0.2.7 5000\"");
			assertThat(whereAmI(frames)).isEqualTo("\"2001:db8:0:0:0:0:0:7 5001\"");
		}
	}

	private Socket proxied(String header) throws Exception {
		Socket socket = new Socket("127.0.0.1", this.server.port());
		socket.getOutputStream().write(TestServer.bytes(header));
		return socket;
	}

	private SSLSocket inTls(TestAuthority authority, String header) throws Exception {
		return (SSLSocket) authority.clientContext(null)
			.getSocketFactory()
			.createSocket(proxied(header), "127.0.0.1", this.server.port(), true);
	}

	@Test
	void connectionsAreCountedByTheClientsAddress() {
		TransportLimits limits = new TransportLimits(0, 1, 0, 0, Map.of(), OnExcess.ANSWER);
		this.server.settings(TestServer.settings((it) -> it.limits(limits)));
		start("127.0.0.1");
		try (RawClient ann = behind(ANN).handshake();
				RawClient bob = behind(BOB).handshake();
				RawClient annAgain = behind(ANN)) {
			assertThat(annAgain.sendHex("01000000").readEnd()).isEqualTo("end");
			assertThat(whereAmI(ann)).isEqualTo("\"192.0.2.7 5000\"");
			assertThat(whereAmI(bob)).isEqualTo("\"2001:db8:0:0:0:0:0:7 5001\"");
		}
		await().until(() -> !this.server.server()
			.transport()
			.connectionSlots()
			.rejects(new InetSocketAddress("192.0.2.7", 1)));
	}

	@Test
	void bytesOfASilentlyRejectedClientAreIgnored() {
		TransportLimits limits = new TransportLimits(0, 1, 0, 0, Map.of(), OnExcess.ANSWER);
		AtomicInteger handshakes = new AtomicInteger();
		this.server.settings(TestServer.settings((it) -> it.limits(limits)))
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshakes.incrementAndGet())));
		start("127.0.0.1");
		try (RawClient ann = behind(ANN).handshake()) {
			List<RawClient> toBeTold = IntStream.range(0, 100).mapToObj((i) -> behind(ANN)).toList();
			await().until(() -> this.server.server().limits().stream().mapToLong(Limit::timesExceeded).sum() == 100);
			// All are about to be counted among the clients that get a reason.
			this.channels.forEach((channel) -> channel.eventLoop().submit(() -> null).syncUninterruptibly());
			try (RawClient oneMore = this.server.tcp()) {
				oneMore.sendHex(HexFormat.of().formatHex(TestServer.bytes(ANN)) + "01000000");
				assertThat(oneMore.readText()).isEmpty();
			}
			assertThat(whereAmI(ann)).isEqualTo("\"192.0.2.7 5000\"");
			assertThat(handshakes).hasValue(1);
			toBeTold.forEach(RawClient::close);
		}
	}

	@Test
	void handshakeValidatorsSeeTheClientsAddress() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			throw new HandshakeRefusedException(address(handshake.session()));
		})));
		start("127.0.0.1");
		try (RawClient client = behind(ANN)) {
			assertThat(client.sendHex("01000000").read().text()).contains("192.0.2.7 5000");
		}
	}

	@Test
	void theHeaderDecoderIsRemovedFromThePipeline() {
		start("127.0.0.1");
		try (RawClient client = behind(ANN).handshake()) {
			whereAmI(client);
			List<ChannelHandler> ours = this.channels.get(0)
				.pipeline()
				.toMap()
				.values()
				.stream()
				.filter((handler) -> handler.getClass().getName().startsWith("io.nanogame"))
				.toList();
			assertThat(ours).singleElement()
				.extracting((handler) -> handler.getClass().getSimpleName())
				.isEqualTo("NettyWire");
		}
	}

	@Test
	void aTrustedProxyWithoutAHeaderIsClosed() {
		start("127.0.0.1");
		try (RawClient packets = this.server.tcp(); RawClient http = this.server.tcp()) {
			assertThat(packets.sendHex("01000000").readKick()).isEqualTo(BAD_HEADER);
			assertThat(http.sendBytes(TestServer.bytes("GET /nano HTTP/1.1\r\n\r\n")).readKick()).isEqualTo(BAD_HEADER);
		}
		assertThat(this.server.server().traffic().closed("protocol-error")).isEqualTo(2);
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void anInvalidOrTooLongHeaderEndsTheConnection() {
		start("127.0.0.1");
		for (String header : List.of("PROXY TCP4 here there 1 2\r\n", "PROXY TCP4 " + "1".repeat(200))) {
			try (RawClient client = behind(header)) {
				client.awaitClose();
			}
		}
		await().until(() -> this.server.server().traffic().closed("protocol-error") == 2);
		try (RawClient client = behind(ANN).handshake()) {
			assertThat(whereAmI(client)).isEqualTo("\"192.0.2.7 5000\"");
		}
	}

	@Test
	void aHeaderOfAnUntrustedAddressIsAProtocolError() {
		start("192.0.2.1");
		// In one write: bytes after a response that closes would reset the connection.
		try (RawClient text = behind(ANN + "\r\n"); RawClient binary = this.server.tcp()) {
			assertThat(text.readText()).startsWith("HTTP/1.1 400 ");
			assertThat(binary.sendHex(SIGNATURE + "20 00 0000").readKick()).contains("invalid packet type");
		}
		this.server.serves();
	}

}
