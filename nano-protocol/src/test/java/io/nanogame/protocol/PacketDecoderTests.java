package io.nanogame.protocol;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PacketDecoderTests {

	private final PacketDecoder decoder = new PacketDecoder(16);

	private final ByteBuf in = Unpooled.buffer();

	private final List<PacketType> handled = new ArrayList<>();

	@Test
	void aPacketThatIsNotReadyStaysWithThoseBehindIt() {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 3, 0, 0, 0, 4, 0, 0, 1, 7, 3, 0, 0, 0 });
		List<PacketType> accepted = new ArrayList<>();
		PacketHandler handler = new PacketHandler() {

			@Override
			public boolean packet(PacketType type, ByteBuf body, int length) {
				return accepted.add(type);
			}

			@Override
			public boolean isReady(PacketType type, ByteBuf body, int length) {
				return type != PacketType.DATA || body.readByte() != 7;
			}

		};
		decoder.decode(in, handler);
		assertThat(accepted).containsExactly(PacketType.HEARTBEAT);
		assertThat(in.readerIndex()).isEqualTo(4);
	}

	@Test
	void aHandlerMayLimitTheLengthByType() {
		PacketHandler handler = new PacketHandler() {

			@Override
			public boolean packet(PacketType type, ByteBuf body, int length) {
				return true;
			}

			@Override
			public int maxLength(PacketType type) {
				return (type == PacketType.DATA) ? 100 : 3;
			}

		};
		ByteBuf handshake = Unpooled.wrappedBuffer(new byte[] { 1, 0, 0, 4 });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.decode(handshake, handler))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.HANDSHAKE_TOO_LARGE));
		ByteBuf data = Unpooled.wrappedBuffer(new byte[] { 4, 0, 0, 4 });
		decoder.decode(data, handler);
		assertThat(data.readableBytes()).isEqualTo(4);
	}

	@Test
	void theHandlerReceivesTheBufferPositionedAtTheBody() {
		PacketEncoder.encode(in, PacketType.DATA, new byte[] { 7, 8, 9 });
		decoder.decode(in, (type, body, length) -> {
			assertThat(length).isEqualTo(3);
			assertThat(body.getByte(body.readerIndex())).isEqualTo((byte) 7);
			handled.add(type);
			return true;
		});
		assertThat(handled).containsExactly(PacketType.DATA);
	}

	@Test
	void bytesThatTheHandlerLeavesUnreadAreSkipped() {
		threePackets();
		decoder.decode(in, (type, body, length) -> {
			body.skipBytes(length / 2);
			return handled.add(type);
		});
		assertThat(handled).containsExactly(PacketType.DATA, PacketType.HEARTBEAT, PacketType.KICK);
		assertThat(in.isReadable()).isFalse();
	}

	@Test
	void aHandlerThatPausesGetsTheNextPacketWithTheNextCall() {
		threePackets();
		decoder.decode(in, (type, body, length) -> !handled.add(type));
		assertThat(handled).containsExactly(PacketType.DATA);
		decoder.decode(in, (type, body, length) -> !handled.add(type));
		assertThat(handled).containsExactly(PacketType.DATA, PacketType.HEARTBEAT);
	}

	@Test
	void anIncompletePacketStaysInTheBuffer() {
		in.writeBytes(new byte[] { 3, 0, 0, 0, 4, 0, 0, 2, 1 });
		decoder.decode(in, (type, body, length) -> handled.add(type));
		assertThat(handled).containsExactly(PacketType.HEARTBEAT);
		assertThat(in.readableBytes()).isEqualTo(5);
	}

	@Test
	void aBodyOfTheMaximumLengthIsAccepted() {
		PacketEncoder.encode(in, PacketType.DATA, new byte[16]);
		decoder.decode(in, (type, body, length) -> handled.add(type));
		assertThat(handled).containsExactly(PacketType.DATA);
	}

	@Test
	void aLongerBodyIsRefusedAtItsHeader() {
		threePackets();
		in.writeBytes(new byte[] { 4, 0, 0, 17 });
		refuses(Reason.PACKET_TOO_LARGE);
		assertThat(handled).hasSize(3);
		assertThat(in.readableBytes()).isEqualTo(4);
	}

	@Test
	void anUnknownTypeIsRefusedAtItsFirstByte() {
		threePackets();
		in.writeByte(0xFF);
		refuses(Reason.INVALID_PACKET_TYPE);
		assertThat(handled).hasSize(3);
		assertThat(in.readableBytes()).isEqualTo(1);
	}

	@Test
	void aDirectBufferIsDecodedAsWell() {
		ByteBuf direct = Unpooled.directBuffer();
		try {
			PacketEncoder.encode(direct, PacketType.DATA, new byte[3]);
			decoder.decode(direct, (type, body, length) -> handled.add(type));
			assertThat(handled).containsExactly(PacketType.DATA);
		}
		finally {
			direct.release();
		}
	}

	@Test
	void aLimitAboveTheLongestPossibleBodyIsRefused() {
		assertThat(new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH)).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH + 1))
			.withMessageContaining("16777215");
		assertThatIllegalArgumentException().isThrownBy(() -> new PacketDecoder(-1));
	}

	@Test
	void aBodyTooLongForTheHeaderIsNotWritten() {
		for (int length : new int[] { PacketDecoder.MAX_BODY_LENGTH + 1, -1 }) {
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> PacketEncoder.writeHeader(in, PacketType.DATA, length))
				.withMessage("packet too large");
		}
		assertThat(in.isReadable()).isFalse();
	}

	@Test
	void aRejectionHasNoStackTrace() {
		in.writeByte(9);
		ProtocolException rejection = refuses(Reason.INVALID_PACKET_TYPE);
		assertThat(rejection.getStackTrace()).isEmpty();
		assertThat(rejection).hasMessage("invalid packet type");
	}

	private void threePackets() {
		PacketEncoder.encode(in, PacketType.DATA, new byte[] { 1, 2, 3 });
		PacketEncoder.encode(in, PacketType.HEARTBEAT, new byte[0]);
		PacketEncoder.encode(in, PacketType.KICK, new byte[] { 4 });
	}

	private ProtocolException refuses(Reason reason) {
		return assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> decoder.decode(in, (type, body, length) -> handled.add(type)))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason))
			.actual();
	}

}
