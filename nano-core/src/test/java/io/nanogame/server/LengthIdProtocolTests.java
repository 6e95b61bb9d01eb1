package io.nanogame.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.group.Group;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.group.MergedRoutes;
import io.nanogame.lengthid.InvalidMessageIdException;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.MergeForm;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.MergedRoute;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.nanogame.test.RawLengthIdClient.Packet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The behaviour of the protocol {@code length-id} beyond the contract of all protocols.
 */
class LengthIdProtocolTests {

	private static final int ECHO = 1;

	private static final int FAST_ECHO = 2;

	private static final int DEFERRED = 3;

	private static final int FAIL = 4;

	private static final int SILENT = 5;

	private static final int NULL = 6;

	private static final int PUSH = 7;

	private static final int UNNAMED_PUSH = 8;

	private static final int ON_NEWS = 12;

	private static final int ERROR = 100;

	private static final Map<String, Long> IDS = Map.of("test.echo", 1L, "test.fastEcho", 2L, "test.deferred", 3L,
			"test.fail", 4L, "test.silent", 5L, "test.null", 6L, "test.push", 7L, "test.unnamed", 8L, "onNews", 12L);

	private static final int LARGE = 100 * 1024 * 1024;

	private final List<Request> deferred = new CopyOnWriteArrayList<>();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private final TestServer server = TestServer.withLongPayloads(LARGE).route(Route.of("test.deferred", (request) -> {
		this.deferred.add(request.defer());
		return null;
	}).concurrent(true)).lane("test.fail", (request) -> {
		throw new RequestException(418, "a teapot");
	})
		.lane("test.silent", (request) -> null)
		.route(Route.of("test.null", (request) -> null)
			.with(Bodies.prepared(new Payloads(new JsonSerializer(JsonMapper.shared())),
					(it) -> new Bodies(null, it.writer(String.class)))))
		.lane("test.push", (request) -> {
			request.session().push("onNews", Map.of("number", 1));
			return "pushed";
		})
		.lane("test.unnamed", this::pushWithoutId);

	private Object pushWithoutId(Request request) {
		try {
			request.session().push("onOther", 1);
		}
		catch (RuntimeException ex) {
			this.failure.set(ex);
		}
		return "not pushed";
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(Line line, Long errorId) {
		this.server.lengthId(IDS, errorId).listener((it) -> line.only(LengthIdProtocol.NAME)).start();
	}

	private void start() {
		start(Line.TCP, (long) ERROR);
	}

	private RawLengthIdClient client(Line line) {
		return line.connectLengthId(this.server.port(), 0);
	}

	private RawLengthIdClient client() {
		return client(Line.TCP);
	}

	private static void isPacket(Packet packet, int id, String body) {
		assertThat(packet).hasToString(id + " " + body);
	}

	@Test
	void aPacketIsLengthIdAndBodyInLittleEndian() {
		start();
		try (RawLengthIdClient client = client()) {
			client.wire().sendHex("03000000 01000000 313233");
			isPacket(client.read(), ECHO, "123");
			assertThat(this.server.sessions.count()).isOne();
		}
		await().until(() -> this.server.sessions.count() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void packetsMayBeSplitAtEachByte(Line line) {
		start(line, (long) ERROR);
		byte[] two = concat(RawLengthIdClient.packet(ECHO, TestServer.bytes("\"one\"")),
				RawLengthIdClient.packet(FAST_ECHO, TestServer.bytes("2")));
		try (RawLengthIdClient client = client(line)) {
			for (int split = 0; split <= two.length; split++) {
				client.wire().send(Arrays.copyOf(two, split));
				client.wire().send(Arrays.copyOfRange(two, split, two.length));
				isPacket(client.read(), ECHO, "\"one\"");
				isPacket(client.read(), FAST_ECHO, "2");
			}
			for (byte next : two) {
				client.wire().send(new byte[] { next });
			}
			isPacket(client.read(), ECHO, "\"one\"");
			isPacket(client.read(), FAST_ECHO, "2");
		}
	}

	private static byte[] concat(byte[]... parts) {
		ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt((part) -> part.length).sum());
		Stream.of(parts).forEach(all::put);
		return all.array();
	}

	@ParameterizedTest
	@EnumSource
	void thousandsOfPacketsInOneSegmentAreAnsweredInOrder(Line line) {
		start(line, (long) ERROR);
		byte[] all = concat(IntStream.range(0, 5000)
			.mapToObj((i) -> RawLengthIdClient.packet((i % 2 == 0) ? ECHO : FAST_ECHO, TestServer.bytes("" + i)))
			.toArray(byte[][]::new));
		try (RawLengthIdClient client = client(line)) {
			Thread sender = new Thread(() -> client.wire().send(all));
			sender.start();
			for (int i = 0; i < 5000; i++) {
				isPacket(client.read(), (i % 2 == 0) ? ECHO : FAST_ECHO, "" + i);
			}
		}
	}

	@Test
	void aWebSocketPortMayAcceptTlsAndPlainText() {
		Listener webSockets = Line.WEBSOCKET.only(LengthIdProtocol.NAME);
		Line.open(this.server.lengthId(IDS, (long) ERROR).listener((it) -> webSockets)).start();
		String severalTlsRecords = "\"" + "x".repeat(50_000) + "\"";
		try (RawLengthIdClient secure = client(Line.TLS_WEBSOCKET); RawLengthIdClient plain = client(Line.WEBSOCKET)) {
			for (RawLengthIdClient client : List.of(secure, plain)) {
				client.send(ECHO, severalTlsRecords).send(FAST_ECHO, "1");
				isPacket(client.read(), ECHO, severalTlsRecords);
				isPacket(client.read(), FAST_ECHO, "1");
			}
		}
	}

	@Test
	void aMergedPushHasTheIdOfItsRoute() {
		start();
		MergedRoute news = new MergedRoute("onNews", Duration.ofMillis(20), 1000, new MergeForm("items"));
		Group group = new Groups(this.server.payloads, this.server.timers,
				GroupSettings.of(0, new MergedRoutes(List.of(news))))
			.create("room");
		try (RawLengthIdClient client = client()) {
			client.send(ECHO, "1").read();
			this.server.sessions.all().forEach(group::add);
			group.broadcast("onNews", 1);
			group.broadcast("onNews", 2);
			group.close();
			isPacket(client.read(), ON_NEWS, "{\"items\":[1,2]}");
		}
	}

	@Test
	void repliesKeepTheOrderOfTheRequestsWhateverTheHandlersDo() {
		start();
		try (RawLengthIdClient client = client()) {
			for (int i = 0; i < 16; i++) {
				client.send(DEFERRED, "" + i).send(FAST_ECHO, "" + i);
			}
			client.send(FAIL, "").send(77, "");
			await().until(() -> this.deferred.size() == 16);
			List<Request> replies = new ArrayList<>(this.deferred);
			Collections.shuffle(replies, new Random(1));
			replies.forEach((request) -> request.reply(request.body()));
			for (int i = 0; i < 16; i++) {
				isPacket(client.read(), DEFERRED, "" + i);
				isPacket(client.read(), FAST_ECHO, "" + i);
			}
			isPacket(client.read(), ERROR, "{\"code\":418,\"msg\":\"a teapot\"}");
			isPacket(client.read(), ERROR, "{\"code\":404,\"msg\":\"no such route\"}");
		}
	}

	@Test
	void noMoreRequestsAreReadWhileManyRepliesAwaitAnEarlierOne() {
		start();
		try (RawLengthIdClient client = client()) {
			client.send(DEFERRED, "0");
			int count = 20_000;
			byte[] all = concat(IntStream.range(0, count)
				.mapToObj((i) -> RawLengthIdClient.packet(FAST_ECHO, TestServer.bytes("1")))
				.toArray(byte[][]::new));
			client.wire().send(all);
			await().until(() -> this.deferred.size() == 1);
			AtomicReference<Long> last = new AtomicReference<>(-1L);
			await().during(Duration.ofMillis(200))
				.until(this::received, (now) -> now > 100 && now.equals(last.getAndSet(now)));
			assertThat(received()).isLessThan(2000);
			this.deferred.get(0).reply(1);
			isPacket(client.read(), DEFERRED, "1");
			for (int i = 0; i < count; i++) {
				isPacket(client.read(), FAST_ECHO, "1");
			}
		}
	}

	private long received() {
		return this.server.server().traffic().received(MessageType.REQUEST);
	}

	@Test
	void aDroppedRequestDelaysNoReply() {
		TransportLimits limits = new TransportLimits(0, 0, 1, 3000, Map.of("test.echo", 1400), OnExcess.DROP);
		this.server.settings(TestServer.settings((it) -> it.limits(limits)));
		start();
		try (RawLengthIdClient client = client()) {
			client.send(ECHO, "1").send(ECHO, "2").send(ECHO, "3").send(FAST_ECHO, "4");
			isPacket(client.read(), ECHO, "1");
			isPacket(client.read(), ECHO, "2");
			isPacket(client.read(), FAST_ECHO, "4");
		}
	}

	@Test
	void aHandlerWithoutResultSendsNothingAndNullIsAnEmptyBody() {
		start();
		try (RawLengthIdClient client = client()) {
			client.send(SILENT, "").send(NULL, "").send(SILENT, "{}").send(ECHO, "");
			isPacket(client.read(), NULL, "");
			isPacket(client.read(), ECHO, "");
		}
	}

	@Test
	void pushesHaveAnIdOrFail() {
		start();
		try (RawLengthIdClient client = client()) {
			client.send(PUSH, "").send(UNNAMED_PUSH, "");
			isPacket(client.read(), ON_NEWS, "{\"number\":1}");
			isPacket(client.read(), PUSH, "\"pushed\"");
			isPacket(client.read(), UNNAMED_PUSH, "\"not pushed\"");
			assertThat(this.failure.get()).isInstanceOf(SerializationException.class)
				.hasMessage("The push 'onOther' has no id in the protocol length-id; set 'test.ids.onOther'");
		}
	}

	@Test
	void withoutAnErrorIdAFailureEndsTheConnection() {
		start(Line.TCP, null);
		for (int id : List.of(FAIL, 77)) {
			try (RawLengthIdClient client = client()) {
				client.send(ECHO, "1");
				isPacket(client.read(), ECHO, "1");
				client.send(id, "");
				assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
			}
		}
	}

	@Test
	void aRejectedClientReceivesTheError() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			throw new HandshakeRefusedException(401, "members only");
		})));
		start();
		try (RawLengthIdClient client = client()) {
			client.sendHeader(10, ECHO);
			isPacket(client.read(), ERROR, "{\"code\":401,\"msg\":\"members only\"}");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
	}

	@Test
	void hostileLengthsEndTheConnectionBeforeTheBody() {
		start();
		for (int length : List.of(64 * 1024 + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)) {
			try (RawLengthIdClient client = client()) {
				client.sendHeader(length, ECHO);
				isPacket(client.read(), ERROR, "{\"code\":403,\"msg\":\"protocol error: packet too large\"}");
				assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TCP", "WEBSOCKET" })
	void aLargeBodyIsReceivedIfTheLimitIsRaised(Line line) {
		this.server.settings(TestServer.settings((it) -> it.maxPacketLength(LARGE)));
		start(line, (long) ERROR);
		byte[] body = new byte[LARGE];
		new Random(1).nextBytes(body);
		try (RawLengthIdClient client = client(line)) {
			client.wire().patience(Duration.ofSeconds(60));
			client.wire().send(RawLengthIdClient.packet(FAST_ECHO, body));
			client.send(ECHO, "1");
			Packet echo = client.read();
			assertThat(echo.id()).isEqualTo(FAST_ECHO);
			assertThat(Arrays.equals(echo.body(), body)).isTrue();
			isPacket(client.read(), ECHO, "1");
			client.sendHeader(LARGE + 1, ECHO);
			assertThat(client.read().text()).contains("packet too large");
		}
	}

	@Test
	void aLargeBodyMustBeSentInTime() {
		this.server.settings(TestServer.settings((it) -> it.maxPacketLength(LARGE)
			.minReceiveRate(1024 * 1024 * 1024)
			.handshakeTimeout(Duration.ofMillis(200))));
		start();
		try (RawLengthIdClient client = client()) {
			client.sendHeader(LARGE, ECHO).wire().send(new byte[2 * 1024 * 1024]);
			assertThat(client.read().text()).contains("a packet came too slowly");
		}
	}

	static Stream<LengthIdFormat> formats() {
		return Stream.of(1, 2, 4)
			.flatMap((length) -> Stream.of(1, 2, 4)
				.flatMap((id) -> Stream.of(Counts.values())
					.flatMap((counts) -> Stream.of(true, false)
						.flatMap((idFirst) -> Stream.of(true, false)
							.map((bigEndian) -> new LengthIdFormat(idFirst, length, id, bigEndian, counts))))));
	}

	@Test
	void allHeadersAreReadAndWritten() {
		for (LengthIdFormat format : formats().toList()) {
			TestServer own = new TestServer().lengthId(format, Map.of("test.echo", format.maxId()), null)
				.listener((it) -> Line.TCP.only(LengthIdProtocol.NAME))
				.start();
			try (own; RawLengthIdClient client = Line.TCP.connectLengthId(own.port(), 0)) {
				byte[] packet = packet(format, "[12]");
				client.wire().sendBytes(packet).finish();
				assertThat(client.wire().readText()).as(format.toString())
					.isEqualTo(new String(packet, StandardCharsets.UTF_8));
			}
		}
	}

	/** Written without the codec. */
	private static byte[] packet(LengthIdFormat format, String body) {
		int counted = body.length() + switch (format.counts()) {
			case BODY -> 0;
			case ID_AND_BODY -> format.idBytes();
			case PACKET -> format.idBytes() + format.lengthBytes();
		};
		byte[] length = number(format, counted, format.lengthBytes());
		byte[] id = number(format, -1, format.idBytes());
		return format.idFirst() ? concat(id, length, TestServer.bytes(body))
				: concat(length, id, TestServer.bytes(body));
	}

	private static byte[] number(LengthIdFormat format, int number, int bytes) {
		byte[] four = ByteBuffer.allocate(4)
			.order(format.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
			.putInt(number)
			.array();
		return format.bigEndian() ? Arrays.copyOfRange(four, 4 - bytes, 4) : Arrays.copyOf(four, bytes);
	}

	@Test
	void aLengthThatIsLessThanWhatItCountsEndsTheConnection() {
		LengthIdFormat format = new LengthIdFormat(false, 4, 4, false, Counts.PACKET);
		this.server.lengthId(format, IDS, (long) ERROR).listener((it) -> Line.TCP.only(LengthIdProtocol.NAME)).start();
		try (RawLengthIdClient client = client()) {
			client.sendHeader(7, ECHO).wire().finish();
			assertThat(client.wire().readText()).contains("protocol error: the length is too small for a header");
		}
	}

	@Test
	void aReplyThatDoesNotFitFailsWithoutHarmToLaterOnes() {
		LengthIdFormat format = new LengthIdFormat(false, 1, 1, false, Counts.BODY);
		this.server.lane("test.long", (request) -> "x".repeat(300));
		this.server.lengthId(format, Map.of("test.long", 1L, "test.echo", 2L), 3L)
			.listener((it) -> Line.TCP.only(LengthIdProtocol.NAME))
			.start();
		try (RawLengthIdClient client = client()) {
			client.wire().sendHex("00 01 01 02 35").finish();
			assertThat(client.wire().readText())
				.isEqualTo("\u0023\u0003{\"code\":500,\"msg\":\"internal error\"}\u0001\u00025");
		}
	}

	@Test
	void anIdleTcpConnectionIsClosed() {
		this.server.settings(TestServer.settings((it) -> it.idleTimeout(Duration.ofMillis(200))));
		start();
		try (RawLengthIdClient client = client()) {
			isPacket(client.send(ECHO, "1").read(), ECHO, "1");
			isPacket(client.read(), ERROR, "{\"code\":503,\"msg\":\"idle for too long\"}");
		}
	}

	@Test
	void aWebSocketIsPingedAndMustSendAPong() {
		this.server.settings(TestServer.settings((it) -> it.heartbeat(Duration.ofSeconds(1))));
		start(Line.WEBSOCKET, (long) ERROR);
		try (RawLengthIdClient client = client(Line.WEBSOCKET)) {
			isPacket(client.send(ECHO, "1").read(), ECHO, "1");
			isPacket(client.read(), ERROR, "{\"code\":503,\"msg\":\"no heartbeat\"}");
			assertThat(client.pings()).isOne();
		}
	}

	@Test
	void aListenerServesNothingElse() {
		Listener both = Listener.at(new InetSocketAddress("127.0.0.1", 0))
			.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", LengthIdProtocol.NAME)));
		this.server.lengthId(IDS, null).listener((it) -> both);
		assertThatExceptionOfType(UnsuitableListenerException.class).isThrownBy(this.server::start)
			.withMessage("Listener 'server' serves the protocol 'length-id', whose first bytes can be any, "
					+ "beside the protocol 'pomelo'");
	}

	@Test
	void aListenerOnTcpServesNoOtherTransport() {
		Listener alone = Listener.at(new InetSocketAddress("127.0.0.1", 0))
			.with(ListenerSettings.defaults().withProtocols(List.of(LengthIdProtocol.NAME)));
		this.server.lengthId(IDS, null).listener((it) -> alone);
		assertThatExceptionOfType(UnsuitableListenerException.class).isThrownBy(this.server::start)
			.withMessage("Listener 'server' serves the protocol 'length-id', whose first bytes can be any, "
					+ "beside both TCP and WebSocket");
		ListenerSettings tcp = alone.settings().withTransports(true, false);
		Line.open(this.server.listener((it) -> alone.with(tcp)));
		assertThatExceptionOfType(UnsuitableListenerException.class).isThrownBy(this.server::start)
			.withMessage("Listener 'server' serves the protocol 'length-id', whose first bytes can be any, "
					+ "beside both TLS and plain text");
	}

	@Test
	void idsAreChecked() {
		List<Route> handlers = List.of(Route.of("room.join", (request) -> null));
		LengthIdFormat small = new LengthIdFormat(false, 4, 1, false, Counts.BODY);
		isRejected(small, Map.of("room.join", 256L), null, handlers,
				"The id 256 of 'room.join' does not fit into 1 byte(s): it must be 0 to 255");
		isRejected(small, Map.of("room.join", 1L), 300L, handlers,
				"The id 300 of errors does not fit into 1 byte(s): it must be 0 to 255");
		isRejected(small, Map.of("room.join", 1L), 1L, handlers, "The id 1 of 'room.join' is also the id of errors");
		isRejected(small, Map.of("room.leave", 1L), null, handlers,
				"The id 1 is that of 'room.leave', but the component 'room' has no such handler");
		assertThatExceptionOfType(InvalidMessageIdException.class)
			.isThrownBy(() -> new MessageIds("ids", small, Map.of("onA", 1L, "onB", 1L), null, handlers))
			.withMessageContaining("is also the id of 'on");
		MessageIds ids = new MessageIds("ids", small, Map.of("onA", 1L, "other.handler", 2L), null, handlers);
		assertThatExceptionOfType(InvalidMessageIdException.class).isThrownBy(() -> ids.checkPushes(List.of("onB")))
			.withMessage("The push 'onB' has no id in the protocol length-id; set 'ids.onB'");
	}

	private static void isRejected(LengthIdFormat format, Map<String, Long> ids, Long errorId, List<Route> handlers,
			String message) {
		assertThatExceptionOfType(InvalidMessageIdException.class)
			.isThrownBy(() -> new MessageIds("ids", format, ids, errorId, handlers))
			.withMessage(message);
	}

}
