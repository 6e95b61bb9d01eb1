package io.nanogame.benchmarks.cuts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketType;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the proxy knows where packets begin and end. */
class PacketTrackTests {

	private static final byte[] HANDSHAKE = RawClient.packet(1,
			"{\"sys\":{\"resume\":{\"token\":\"abc\"}}}".getBytes(StandardCharsets.UTF_8));

	private static final byte[] ACKNOWLEDGEMENT = RawClient.packet(2, new byte[0]);

	private static final byte[] REQUEST = RawClient.packet(4, RawClient.message(0, 300, "a.b", new byte[200]));

	private final PacketTrack track = new PacketTrack();

	/** Returns the places at which packets were completed. */
	private List<Integer> read(byte[] bytes) {
		List<Integer> completed = new ArrayList<>();
		for (int i = 0; i < bytes.length; i++) {
			this.track.advance(bytes[i]);
			if (this.track.isCompleted()) {
				assertThat(this.track.isInside()).isFalse();
				completed.add(i + 1);
			}
		}
		return completed;
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	@Test
	void packetsOnASocketAreFound() {
		assertThat(read(concat(HANDSHAKE, ACKNOWLEDGEMENT, REQUEST))).containsExactly(HANDSHAKE.length,
				HANDSHAKE.length + 4, HANDSHAKE.length + 4 + REQUEST.length);
		assertThat(this.track.completed(MessageType.REQUEST)).isEqualTo(300);
		assertThat(this.track.completed(MessageType.RESPONSE)).isNull();
	}

	@Test
	void packetsInTheFramesOfAWebSocketAreFound() {
		byte[] upgrade = "GET /nano HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		byte[] handshake = frame(2, HANDSHAKE);
		byte[] ping = frame(9, new byte[] { 4, 0, 0, 1 });
		byte[] two = frame(2, concat(ACKNOWLEDGEMENT, REQUEST));
		assertThat(read(concat(upgrade, handshake, ping, two))).containsExactly(upgrade.length + handshake.length,
				upgrade.length + handshake.length + ping.length + two.length - REQUEST.length,
				upgrade.length + handshake.length + ping.length + two.length);
		assertThat(this.track.completed(MessageType.REQUEST)).isEqualTo(300);
	}

	@Test
	void theInsideOfAPacketIsKnown() {
		this.track.advance(REQUEST[0]);
		assertThat(this.track.isInside()).isTrue();
		assertThat(this.track.packetLength()).isNegative();
		for (int i = 1; i < 10; i++) {
			this.track.advance(REQUEST[i]);
		}
		assertThat(this.track.is(PacketType.DATA)).isTrue();
		assertThat(this.track.offset()).isEqualTo(10);
		assertThat(this.track.packetLength()).isEqualTo(REQUEST.length);
	}

	@Test
	void aHandshakeWithATokenIsFound() {
		read(RawClient.packet(1, "{\"sys\":{\"resume\":{}}}".getBytes(StandardCharsets.UTF_8)));
		assertThat(this.track.asksForSession()).isFalse();
		read(HANDSHAKE);
		assertThat(this.track.asksForSession()).isTrue();
	}

	/** A masked frame, as clients send it. */
	private static byte[] frame(int opcode, byte[] content) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | opcode);
		if (content.length < 126) {
			frame.write(0x80 | content.length);
		}
		else {
			frame.write(0x80 | 126);
			frame.write(content.length >> 8);
			frame.write(content.length);
		}
		byte[] mask = { 11, 22, 33, 44 };
		frame.writeBytes(mask);
		for (int i = 0; i < content.length; i++) {
			frame.write(content[i] ^ mask[i % 4]);
		}
		return frame.toByteArray();
	}

}
