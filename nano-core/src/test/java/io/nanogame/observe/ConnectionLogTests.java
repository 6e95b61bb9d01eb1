package io.nanogame.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.nanogame.server.MemoryServer;
import io.nanogame.server.RecordedLog;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of clients: session, address, transport and reason, and nothing that
 * identifies a player.
 */
class ConnectionLogTests {

	private final RecordedLog log = new RecordedLog(Level.TRACE, (event) -> Stream.of(event.getLevel() + " "
			+ event.getLoggerName().substring("io.nanogame.".length()) + " " + event.getFormattedMessage()));

	private final MemoryServer server = new MemoryServer();

	@AfterEach
	void stop() {
		this.server.close();
		this.log.close();
		assertThat(this.log.lines()).noneMatch((line) -> line.contains("ann"));
	}

	private List<String> logged(String logger) {
		this.server.settle();
		return this.log.lines().stream().filter((line) -> line.contains(" " + logger + " ")).toList();
	}

	@Test
	void theEndOfASessionIsOneLine() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			handshake.session().bind("ann");
			handshake.session().attributes().set("name", "ann");
		}))).start();
		RawClient client = this.server.connect();
		client.handshake("{\"user\":{\"name\":\"ann\"}}");
		client.request(1, "test.fastEcho", "\"ann\"").readResponse(1);
		this.server.sessions.find(1).orElseThrow().kick("away, ann");
		client.close();
		assertThat(logged("connections")).containsExactly("DEBUG connections A connection has ended: "
				+ "session=1 address=127.0.0.1:1 transport=memory reason=kick");
	}

	@Test
	void aCutAndAResumeAreOneLineEachWithoutTheToken() {
		this.server.start();
		RawClient cut = this.server.connect();
		String token = cut.sendBytes(RawClient.packet(1, MemoryServer.bytes("{\"sys\":{\"resume\":{}}}")))
			.read()
			.text()
			.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
		cut.sendHex("02000000");
		this.server.settle();
		this.server.sessions.find(1).orElseThrow().push("onNews", 1);
		cut.close();
		this.server.settle();
		this.server.advance(Duration.ofMillis(1500));
		RawClient resuming = this.server.connect();
		resuming.sendBytes(RawClient.packet(1,
				MemoryServer.bytes("{\"sys\":{\"resume\":{\"token\":\"%s\",\"received\":0}}}".formatted(token))));
		resuming.read();
		resuming.sendHex("02000000").readPush("onNews");
		assertThat(logged("connections")).containsExactly(
				"DEBUG connections A connection was cut: session=1 address=127.0.0.1:1 transport=memory "
						+ "reason=client-closed",
				"DEBUG connections A session was resumed: session=1 address=127.0.0.1:2 transport=memory "
						+ "away=1500ms resent=1");
		assertThat(this.log.lines()).noneMatch((line) -> line.contains(token));
	}

	@Test
	void theEndOfARejectedClientIsOneLine() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			handshake.session().bind("ann");
			throw new HandshakeRefusedException(401, "who is ann?");
		}))).start();
		this.server.connect().sendHex("01000000");
		assertThat(logged("connections")).containsExactly("DEBUG connections A connection has ended: "
				+ "session=none address=127.0.0.1:1 transport=memory reason=handshake-refused");
	}

	@Test
	void aValidatorThatFailsIsLoggedWithItsClient() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			throw new IllegalStateException("on purpose");
		}))).start();
		this.server.connect().sendHex("01000000");
		assertThat(logged("connection.Admissions"))
			.containsExactly("ERROR connection.Admissions A handshake validator failed; the client is rejected: "
					+ "session=1 address=127.0.0.1:1 transport=memory");
	}

	@Test
	void aListenerThatFailsIsLoggedAsAnErrorOnce() {
		this.server.with((builder) -> builder.events(List.of(new Failing()))).start();
		this.server.connect().handshake().close();
		this.server.connect().handshake().close();
		String name = Failing.class.getName();
		assertThat(logged("observe.Guard")).containsExactly(
				"ERROR observe.Guard The listener " + name + " failed; its further failures are logged at debug level",
				"DEBUG observe.Guard The listener " + name + " failed");
	}

	@Test
	void addressesArePrintedWithoutNamesAndOnOneLine() throws Exception {
		assertThat(text(new InetSocketAddress(InetAddress.getByAddress("host", new byte[] { 10, 0, 0, 1 }), 7)))
			.isEqualTo("session=none address=10.0.0.1:7 transport=tcp");
		assertThat(text(new InetSocketAddress("::1", 7)))
			.isEqualTo("session=none address=[0:0:0:0:0:0:0:1]:7 transport=tcp");
		assertThat(text(InetSocketAddress.createUnresolved("a\nb", 7)))
			.isEqualTo("session=none address=a\\u000ab:7 transport=tcp");
	}

	private static String text(InetSocketAddress address) {
		return new LoggedClient(null, address, "tcp").toString();
	}

	private static final class Failing implements ServerEvents {

		@Override
		public void sessionOpened(Session session) {
			throw new IllegalStateException("on purpose");
		}

	}

}
