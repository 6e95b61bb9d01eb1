package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class CodecProperties {

	private final RouteDictionary dictionary = RouteDictionary.of(Map.of("room.join", 1, "a.b", 256, "z.z", 65535));

	private final MessageEncoder encoder = new MessageEncoder(dictionary);

	private final MessageDecoder decoder = new MessageDecoder(dictionary, new RouteNames(List.of("room.join")), 5000);

	@Property(seed = "1")
	void aDecodedMessageEqualsTheEncodedOne(@ForAll("messages") Message message, @ForAll boolean compressRoute) {
		ByteBuf wire = Unpooled.buffer();
		encoder.encodePacket(wire, message, compressRoute);
		List<String> arrived = new ArrayList<>();
		new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH).decode(wire,
				(type, in, length) -> arrived.add(describe(decoder.decode(in, length))));
		assertThat(arrived).containsExactly(describe(message));
	}

	@Property(seed = "2")
	void aMessageIsTheSameWithAndWithoutItsPacket(@ForAll("messages") Message message, @ForAll boolean compressRoute) {
		ByteBuf packet = Unpooled.buffer();
		encoder.encodePacket(packet, message, compressRoute);
		ByteBuf bare = Unpooled.buffer();
		encoder.encode(bare, message, compressRoute);
		assertThat(packet.skipBytes(PacketDecoder.HEADER_LENGTH)).isEqualTo(bare);
	}

	@Property(seed = "6")
	void aPacketIsAsLongAsAnnounced(@ForAll("messages") Message message, @ForAll boolean compressRoute) {
		int length = encoder.packetLength(message.type(), message.id(), message.route(), message.body(), compressRoute);
		ByteBuf narrow = Unpooled.buffer(length, length);
		encoder.encodePacket(narrow, message, compressRoute);
		assertThat(narrow.isWritable()).isFalse();
	}

	@Property(seed = "7")
	void aPacketIsTheSameInAnArray(@ForAll("messages") Message message, @ForAll boolean compressRoute,
			@ForAll boolean compressed) {
		MessageEncoder used = compressed ? encoder.ofCompressedBodies() : encoder;
		ByteBuf packet = Unpooled.buffer();
		used.encodePacket(packet, message, compressRoute);
		assertThat(used.packet(message.type(), message.id(), message.route(), message.body(), message.error(),
				compressRoute))
			.isEqualTo(ByteBufUtil.getBytes(packet));
	}

	@Property(seed = "3")
	void packetsArriveHoweverTheStreamIsSplit(@ForAll("packets") List<byte[]> packets,
			@ForAll @Size(max = 10) List<Integer> splits) {
		byte[] stream = stream(packets);
		ReceivedPackets received = new ReceivedPackets(new PacketDecoder(1000));
		int from = 0;
		for (int to : positions(splits, stream.length)) {
			received.receive(Arrays.copyOfRange(stream, from, to));
			from = to;
		}
		assertThat(received.packets()).isEqualTo(packets.stream().map(CodecProperties::line).toList());
		assertThat(received.unread()).isZero();
	}

	@Property(seed = "4")
	void anyBytesAreAMessageOrRefused(@ForAll("rubbish") byte[] bytes) {
		assertThat(outcome(bytes, 0)).isEqualTo(outcome(bytes, 0xFF)).isEqualTo(outcome(bytes, -1));
	}

	@Property(seed = "5")
	void anyBytesArePacketsOrRefused(@ForAll byte[] bytes) {
		ByteBuf in = Unpooled.wrappedBuffer(bytes);
		try {
			new PacketDecoder(100).decode(in, (type, body, length) -> {
				assertThat(length).isBetween(0, 100);
				assertThat(body.readableBytes()).isGreaterThanOrEqualTo(length);
				return true;
			});
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isIn(Reason.INVALID_PACKET_TYPE, Reason.PACKET_TOO_LARGE);
		}
	}

	/**
	 * Returns the result of decoding the bytes with a canary behind them, which must not
	 * influence it.
	 */
	private String outcome(byte[] bytes, int canary) {
		ByteBuf in = Unpooled.buffer().writeBytes(bytes);
		if (canary >= 0) {
			in.writeByte(canary).writeByte(canary).writeByte(canary);
		}
		try {
			Message message = decoder.decode(in, bytes.length);
			assertThat(in.readerIndex()).isEqualTo(bytes.length);
			return describe(message);
		}
		catch (ProtocolException ex) {
			assertThat(in.readerIndex()).isLessThanOrEqualTo(bytes.length);
			return ex.getMessage();
		}
	}

	private static String describe(Message message) {
		return message.type() + " " + message.id() + " " + message.route() + " " + message.error() + " "
				+ HexFormat.of().formatHex(message.body());
	}

	private static byte[] stream(List<byte[]> packets) {
		ByteBuf stream = Unpooled.buffer();
		packets.forEach((body) -> PacketEncoder.encode(stream, type(body), body));
		return ByteBufUtil.getBytes(stream);
	}

	private static String line(byte[] body) {
		return ReceivedPackets.line(type(body), body);
	}

	private static PacketType type(byte[] body) {
		return PacketType.of(1 + body.length % 5);
	}

	private static int[] positions(List<Integer> splits, int length) {
		IntStream within = splits.stream().mapToInt((split) -> Math.floorMod(split, length + 1));
		return IntStream.concat(within, IntStream.of(length)).sorted().toArray();
	}

	@Provide
	Arbitrary<List<byte[]>> packets() {
		return Arbitraries.bytes().array(byte[].class).ofMaxSize(30).list().ofMaxSize(8);
	}

	@Provide
	Arbitrary<byte[]> rubbish() {
		Arbitrary<byte[]> tail = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
		Arbitrary<byte[]> likely = Combinators.combine(Arbitraries.integers().between(0, 0x3F), tail)
			.as((flag, bytes) -> ByteBufUtil.getBytes(Unpooled.buffer().writeByte(flag).writeBytes(bytes)));
		return Arbitraries.oneOf(tail, likely);
	}

	@Provide
	Arbitrary<Message> messages() {
		Arbitrary<MessageType> types = Arbitraries.of(MessageType.values());
		Arbitrary<Long> ids = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 20_000));
		Arbitrary<String> routes = Arbitraries.oneOf(Arbitraries.of("room.join", "a.b", "z.z", ""),
				Arbitraries.strings().ofMaxLength(80).filter((route) -> ByteBufUtil.utf8Bytes(route) <= 255));
		Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(500);
		return Combinators.combine(types, ids, routes, bodies, Arbitraries.of(true, false))
			.as((type, id, route, body, error) -> new Message(type, type.hasId() ? id : 0,
					type.hasRoute() ? wellFormed(route) : "", body, error && type == MessageType.RESPONSE));
	}

	private static String wellFormed(String route) {
		return new String(route.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
