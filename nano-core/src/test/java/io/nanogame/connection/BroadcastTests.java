package io.nanogame.connection;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanogame.group.Group;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.MessageType;
import io.nanogame.server.MemoryServer;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a broadcast is encoded: wires get the same array, or each one of its own.
 */
class BroadcastTests {

	private static final byte[] ACK = { 2, 0, 0, 0 };

	private final MemoryServer server = new MemoryServer();

	private final RecordingLoop loop = new RecordingLoop(false);

	private final Group group = this.server.groups.create("lobby");

	/** Packets with pushes, by their identity. */
	private final List<byte[]> packets = new ArrayList<>();

	/** Messages that a wire encodes by itself. */
	private int encoded;

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(OutboundInterceptor... interceptors) {
		// The wires of this test do not end, so a stop need not wait for them.
		this.server.with((builder) -> builder.outboundInterceptors(List.of(interceptors)).gracePeriod(Duration.ZERO))
			.start();
		for (int i = 0; i < 5; i++) {
			this.group.add(connect("{}"));
		}
		this.packets.clear();
	}

	private Session connect(String handshake) {
		return connect(PomeloProtocol.NAME, RawClient.packet(1, handshake.getBytes(StandardCharsets.UTF_8)), ACK);
	}

	private Session connect(String protocol, byte[]... first) {
		Set<Session> before = new HashSet<>(this.server.sessions.all());
		Wire wire = (Wire) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Wire.class },
				(proxy, method, arguments) -> call(method.getName(), arguments));
		ByteBuf bytes = Unpooled.wrappedBuffer(first);
		TransportContext context = this.server.server().transport();
		Protocol chosen = context.protocols().find(protocol);
		this.loop.execute(() -> ClientConnection.open(context, chosen, wire).receive(bytes));
		this.loop.run(Integer.MAX_VALUE);
		return this.server.sessions.all()
			.stream()
			.filter((session) -> !before.contains(session))
			.findFirst()
			.orElseThrow();
	}

	private Object call(String method, Object[] arguments) {
		return switch (method) {
			case "loop" -> this.loop;
			case "isWritable" -> true;
			case "pendingBytes" -> 0L;
			case "incompleteLength" -> 0;
			case "transport" -> "test";
			case "queryParameters" -> Map.of();
			case "remoteAddress" -> InetSocketAddress.createUnresolved("client", 1);
			case "append" -> {
				if (arguments[0] instanceof byte[] packet) {
					this.packets.add(packet);
					yield null;
				}
				this.encoded++;
				yield Unpooled.buffer();
			}
			default -> null;
		};
	}

	private int broadcast() {
		this.group.broadcast("onNews", "news");
		this.loop.run(Integer.MAX_VALUE);
		assertThat(this.packets.size() + this.encoded).isEqualTo(5);
		Map<byte[], Boolean> different = new IdentityHashMap<>();
		this.packets.forEach((packet) -> {
			assertThat(new String(packet, StandardCharsets.UTF_8)).endsWith("onNews\"news\"");
			different.put(packet, true);
		});
		return different.size() + this.encoded;
	}

	@Test
	void aBroadcastWithoutInterceptorsIsEncodedOnce() {
		start();
		assertThat(broadcast()).isOne();
	}

	@Test
	void aBroadcastIsEncodedOncePerForm() {
		start();
		this.group.members().subList(0, 2).forEach(Session::close);
		this.group.add(connect("{\"sys\":{\"type\":\"js-websocket\"}}"));
		this.group.add(connect("{\"sys\":{\"type\":\"js-ws\"}}"));
		this.packets.clear();
		assertThat(broadcast()).isEqualTo(2);
	}

	@Test
	void aBroadcastIsCompressedOncePerForm() {
		this.server.settings(TransportSettings.builder()
			.compression(new CompressionSettings(Set.of(CompressionSettings.Method.POMELO), 0))
			.build());
		start();
		this.group.members().subList(0, 4).forEach(Session::close);
		for (int i = 0; i < 2; i++) {
			this.group.add(connect("{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"1\"}}"));
			this.group.add(connect("{\"sys\":{\"type\":\"nano-java\"}}"));
		}
		this.packets.clear();
		this.group.broadcast("onNews", "news".repeat(100));
		this.loop.run(Integer.MAX_VALUE);
		assertThat(this.packets).hasSize(5);
		Map<byte[], Boolean> different = new IdentityHashMap<>();
		this.packets.forEach((packet) -> different.put(packet, true));
		assertThat(different).as("uncompressed, compressed, and compressed beside codes").hasSize(3);
		assertThat(this.packets).filteredOn((packet) -> packet.length < 100).hasSize(4);
	}

	@Test
	void aBroadcastThatInterceptorsDoNotChangeIsEncodedOnce() {
		List<String> seen = new ArrayList<>();
		OutboundInterceptor counting = (session, message) -> {
			seen.add(message.route());
			return message;
		};
		start(counting, counting);
		seen.clear();
		assertThat(broadcast()).isOne();
		assertThat(seen).as("each sees each message").hasSize(10);
	}

	@Test
	void onlyAReplacedMessageIsEncodedForItsMember() {
		long[] chosen = new long[1];
		start((session, message) -> (message.type() == MessageType.PUSH && session.id() == chosen[0])
				? message.withValue("news") : message);
		chosen[0] = this.group.members().get(2).id();
		assertThat(broadcast()).isEqualTo(2);
	}

	@Test
	void aFormThatCannotEncodeABroadcastIsLoggedOnceAndOthersReceiveIt() {
		this.server.lengthId(Map.of("test.fastEcho", 1L), null);
		start();
		for (int i = 0; i < 3; i++) {
			this.group.add(connect(LengthIdProtocol.NAME, RawLengthIdClient.packet(1, new byte[0])));
		}
		this.packets.clear();
		this.encoded = 0;
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		Logger log = (Logger) LoggerFactory.getLogger("io.nanogame.connection");
		log.addAppender(logged);
		assertThat(broadcast()).isOne();
		log.detachAppender(logged);
		assertThat(logged.list).singleElement()
			.hasToString("[ERROR] A push to onNews was not sent to members of a group: "
					+ "The push 'onNews' has no id in the protocol length-id; set 'test.ids.onNews'");
	}

}
