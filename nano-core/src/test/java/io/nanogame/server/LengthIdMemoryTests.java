package io.nanogame.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.TransportSettings;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.MessageType;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The memory of large bodies and of held replies in the protocol {@code length-id},
 * counted in bytes.
 */
class LengthIdMemoryTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final int LARGE = 32 * MEGABYTE;

	private static final Map<String, Long> IDS = Map.of("test.length", 1L);

	private static final TransportSettings SETTINGS = TestServer.settings((it) -> it.maxPacketLength(LARGE));

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final AtomicLong mostBuffered = new AtomicLong();

	private final AtomicInteger received = new AtomicInteger();

	private final TestServer server = new TestServer().settings(SETTINGS).loop("test.length", (request) -> {
		this.received.set(request.body().length);
		return "received";
	});

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start() {
		this.server.lengthId(IDS, null)
			.listener((it) -> Line.TCP.only(LengthIdProtocol.NAME))
			.with((builder) -> builder
				.serverCustomizers(List.of((tcp) -> tcp.childOption(ChannelOption.ALLOCATOR, this.allocator)))
				.channelCustomizers(List.of(this::measure)))
			.start();
	}

	@Test
	void fiftyAnnouncedBodiesOfWhichOneByteIsSentOccupyLessThanOne() {
		start();
		List<RawLengthIdClient> clients = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			RawLengthIdClient client = Line.TCP.connectLengthId(this.server.port(), 0);
			client.sendHeader(16 * MEGABYTE, 1).wire().send(new byte[1]);
			clients.add(client);
		}
		await().until(() -> this.server.sessions.count() == 50);
		assertThat(this.mostBuffered.get()).isBetween(1L, (long) MEGABYTE);
		clients.forEach(RawLengthIdClient::close);
	}

	@Test
	void aLargeBodyIsNotInBuffersBesideItsArray() {
		start();
		try (RawLengthIdClient client = Line.TCP.connectLengthId(this.server.port(), 0)) {
			client.wire().send(RawLengthIdClient.packet(1, new byte[LARGE]));
			assertThat(client.read()).hasToString("1 \"received\"");
		}
		assertThat(this.received).hasValue(LARGE);
		assertThat(this.mostBuffered.get()).isBetween((long) MEGABYTE, 4L * MEGABYTE);
	}

	private void measure(Channel channel) {
		channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelReadComplete(ChannelHandlerContext ctx) {
				long now = LengthIdMemoryTests.this.allocator.metric().usedDirectMemory()
						+ LengthIdMemoryTests.this.allocator.metric().usedHeapMemory();
				LengthIdMemoryTests.this.mostBuffered.accumulateAndGet(now, Math::max);
				ctx.fireChannelReadComplete();
			}

		});
	}

	@Test
	void anIncompleteBodyIsReleasedWhenItsConnectionEnds() {
		Observed observed = new Observed();
		this.server.with((builder) -> builder.protocols(List.of(observed)))
			.listener((it) -> Line.TCP.only(observed.name()))
			.start();
		try (RawLengthIdClient client = Line.TCP.connectLengthId(this.server.port(), 0)) {
			client.sendHeader(LARGE, 1).wire().send(new byte[2 * MEGABYTE]);
			await().until(() -> observed.opened.get() != null && observed.opened.get().consumed() > 2 * MEGABYTE);
		}
		await().until(() -> observed.opened.get().consumed() == 0);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1,      256
			10000,  7
			""")
	void noMoreRequestsAreReadWhile256RepliesOr64KilobytesAreHeld(int length, int held) {
		MemoryServer memory = new MemoryServer();
		memory.loop("test.deferred", (request) -> {
			request.defer();
			return null;
		}).lengthId(Map.of("test.deferred", 1L, "test.fastEcho", 2L), null);
		try (memory; RawClient client = memory.start().connectBy(LengthIdProtocol.NAME)) {
			client.send(RawLengthIdClient.packet(1, new byte[0]));
			byte[] echo = RawLengthIdClient.packet(2, new byte[length]);
			for (int i = 0; i < 300; i++) {
				client.send(echo);
			}
			memory.settle();
			assertThat(received(memory)).isEqualTo(1 + held);
			memory.sessions.all().forEach((session) -> session.respond(1, "late"));
			memory.settle();
			assertThat(received(memory)).isEqualTo(301);
		}
	}

	private static long received(TestServer server) {
		return server.server().traffic().received(MessageType.REQUEST);
	}

	/** The protocol, and its newest connection. */
	private static final class Observed implements Protocol {

		private final AtomicReference<ProtocolConnection> opened = new AtomicReference<>();

		private final Protocol protocol = new LengthIdProtocol(LengthIdProtocol.NAME, LengthIdFormat.defaults(),
				new MessageIds("ids", LengthIdFormat.defaults(), IDS, null, List.of()),
				SETTINGS.connection().packets());

		@Override
		public String name() {
			return this.protocol.name();
		}

		@Override
		public Set<ProtocolTrait> traits() {
			return this.protocol.traits();
		}

		@Override
		public Match detect(ByteBuf first) {
			return this.protocol.detect(first);
		}

		@Override
		public boolean isDetectable() {
			return this.protocol.isDetectable();
		}

		@Override
		public ProtocolConnection open(ClientConnection connection) {
			this.opened.set(this.protocol.open(connection));
			return this.opened.get();
		}

	}

}
