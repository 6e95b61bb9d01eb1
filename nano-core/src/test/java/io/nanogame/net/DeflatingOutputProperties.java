package io.nanogame.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.nanogame.test.DeflatedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class DeflatingOutputProperties {

	private static final int THRESHOLD = 200;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final FrameDeflater deflater = new FrameDeflater(THRESHOLD);

	@Property(seed = "1", tries = 500)
	void framesAreReadInTheirOrder(@ForAll long seed) {
		Random random = new Random(seed);
		OutputBuffer output = new OutputBuffer(this.channel).deflating(this.deflater);
		output.becomeWebSocket();
		List<String> expected = new ArrayList<>();
		byte[] shared = message(random);
		for (int i = random.nextInt(10); i >= 0; i--) {
			output.sendText(random.nextBoolean());
			byte[] message = (random.nextInt(3) == 0) ? shared : message(random);
			switch (random.nextInt(3)) {
				case 0 -> {
					output.append(message.length).writeBytes(message);
					expected.add(output.dataOpcode() + " " + Arrays.hashCode(message));
				}
				case 1 -> {
					output.append(message);
					expected.add(output.dataOpcode() + " " + Arrays.hashCode(message));
				}
				default -> {
					output.frame(WebSocketFrames.PING, new byte[] { (byte) i });
					expected.add("9 " + Arrays.hashCode(new byte[] { (byte) i }));
				}
			}
			if (random.nextBoolean()) {
				assertThat(output.size()).isPositive();
			}
		}
		ByteBuf out = output.take();
		assertThat(frames(out)).isEqualTo(expected);
		out.release();
		assertThat(output.take()).isNull();
	}

	private static byte[] message(Random random) {
		byte[] message = new byte[random.nextInt(70_000) >> random.nextInt(12)];
		int letters = random.nextBoolean() ? 4 : 256;
		for (int i = 0; i < message.length; i++) {
			message[i] = (byte) random.nextInt(letters);
		}
		return message;
	}

	private static List<String> frames(ByteBuf in) {
		List<String> frames = new ArrayList<>();
		while (in.isReadable()) {
			int first = in.readUnsignedByte();
			long length = in.readUnsignedByte();
			length = (length == 126) ? in.readUnsignedShort() : (length == 127) ? in.readLong() : length;
			byte[] payload = ByteBufUtil.getBytes(in.readSlice((int) length));
			boolean compressed = (first & WebSocketFrames.RSV1) != 0;
			byte[] message = compressed ? DeflatedMessage.inflate(payload) : payload;
			assertThat(!compressed || message.length >= THRESHOLD && payload.length < message.length).isTrue();
			frames.add((first & 0xF) + " " + Arrays.hashCode(message));
		}
		return frames;
	}

	@Example
	void aPacketForSeveralClientsIsCompressedOnceUntilTheLoopFlushes() {
		List<byte[]> packets = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			packets.add(new byte[1000]);
		}
		List<byte[]> first = packets.stream().map(this.deflater::deflate).toList();
		List<byte[]> second = packets.stream().map(this.deflater::deflate).toList();
		for (int i = 0; i < 3; i++) {
			assertThat(second.get(i)).isSameAs(first.get(i));
			assertThat(DeflatedMessage.inflate(first.get(i))).isEqualTo(packets.get(i));
		}
		this.deflater.clear();
		assertThat(this.deflater.deflate(packets.get(0))).isNotSameAs(first.get(0)).isEqualTo(first.get(0));
	}

	@Example
	void aPacketThatDoesNotBecomeSmallerIsTriedOnce() {
		byte[] noise = new byte[1000];
		new Random(1).nextBytes(noise);
		assertThat(this.deflater.deflate(noise)).isNull();
		assertThat(this.deflater.deflate(noise)).isNull();
	}

}
