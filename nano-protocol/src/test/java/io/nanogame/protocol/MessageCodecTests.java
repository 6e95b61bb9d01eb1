package io.nanogame.protocol;

import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageCodecTests {

	private static final byte[] BODY = { '{', '}' };

	private final RouteDictionary dictionary = RouteDictionary.of(Map.of("room.join", 1));

	private final MessageEncoder encoder = new MessageEncoder(dictionary);

	private final MessageDecoder decoder = new MessageDecoder(dictionary, new RouteNames(List.of("room.leave")), 100);

	private final ByteBuf buffer = Unpooled.buffer();

	@Test
	void aPacketIsAHeaderAndTheMessage() {
		Message message = Message.request(300, "room.leave", BODY);
		encoder.encodePacket(buffer, message, true);
		assertThat(buffer.readInt()).isEqualTo(4 << 24 | buffer.readableBytes());
		assertThat(decode()).usingRecursiveComparison().isEqualTo(message);
	}

	@Test
	void aRouteWithACodeIsCompressedOnlyOnDemand() {
		encoder.encode(buffer, Message.push("room.join", BODY), true);
		assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("0700017b7d");
		buffer.clear();
		encoder.encode(buffer, Message.push("room.join", BODY), false);
		assertThat(ByteBufUtil.hexDump(buffer)).startsWith("0609").hasSize(2 * 13);
	}

	@Test
	void aResponseWritesNoRouteAndAPushNoId() {
		encoder.encode(buffer, MessageType.RESPONSE, 1, "room.join", BODY, false, true);
		assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("04017b7d");
		buffer.clear();
		encoder.encode(buffer, MessageType.PUSH, 1, "room.join", BODY, false, true);
		assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("0700017b7d");
	}

	@Test
	void onlyResponsesHaveTheErrorFlag() {
		encoder.encode(buffer, Message.errorResponse(1, BODY), false);
		assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("24017b7d");
		assertThat(decode().error()).isTrue();
		encoder.encode(buffer, MessageType.NOTIFY, 0, "a.b", BODY, true, false);
		assertThat(buffer.getByte(buffer.readerIndex())).isEqualTo((byte) 0x02);
		assertThat(decode().error()).isFalse();
	}

	@Test
	void theErrorFlagOfARequestIsIgnored() {
		buffer.writeBytes(new byte[] { 0x22, 1, 'a' });
		assertThat(decode().error()).isFalse();
	}

	@Test
	void aRouteOf255BytesIsWritten() {
		String route = "ä".repeat(127) + "a";
		encoder.encodePacket(buffer, Message.notify(route, BODY), false);
		buffer.skipBytes(PacketDecoder.HEADER_LENGTH);
		assertThat(decode().route()).isEqualTo(route);
	}

	@Test
	void aLongerRouteIsRefusedAndNothingIsWritten() {
		Message message = Message.notify("ä".repeat(128), BODY);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> encoder.encode(buffer, message, true))
			.withMessage("route too long");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> encoder.encodePacket(buffer, message, true))
			.withMessage("route too long");
		assertThat(buffer.isReadable()).isFalse();
	}

	@Test
	void aMessageTooLargeForAPacketIsRefusedAndNothingIsWritten() {
		byte[] body = new byte[PacketDecoder.MAX_BODY_LENGTH];
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> encoder.encodePacket(buffer, Message.response(1, body), false))
			.withMessage("packet too large");
		assertThat(buffer.isReadable()).isFalse();
	}

	@Test
	void aResponseMayBeEmpty() {
		encoder.encode(buffer, Message.response(5, new byte[0]), false);
		assertThat(decode().body()).isEmpty();
	}

	@Test
	void anIdOfMoreThan64BitsIsRefused() {
		buffer.writeBytes(Vectors.Vector.hex("04ffffffffffffffffff02"));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(this::decode).withMessage("message id too long");
	}

	@Test
	void aTruncatedRouteCodeIsRefused() {
		buffer.writeBytes(new byte[] { 0x03, 0x00 });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(this::decode).withMessage("truncated route");
	}

	@ParameterizedTest
	@ValueSource(strings = { "room.leave", "room.join" })
	void aKnownRouteIsTheKnownInstance(String route) {
		encoder.encode(buffer, Message.push(route, BODY), true);
		encoder.encode(buffer, Message.push(route, BODY), true);
		assertThat(decode(buffer.readableBytes() / 2).route()).isSameAs(decode().route());
	}

	@Test
	void aMessageIsReadFromADirectBuffer() {
		ByteBuf direct = Unpooled.directBuffer();
		try {
			Message message = Message.request(1, "some.where", BODY);
			encoder.encode(direct, message, false);
			assertThat(decoder.decode(direct, direct.readableBytes())).usingRecursiveComparison().isEqualTo(message);
		}
		finally {
			direct.release();
		}
	}

	private Message decode() {
		return decode(buffer.readableBytes());
	}

	private Message decode(int length) {
		return decoder.decode(buffer, length);
	}

}
