package io.nanogame.net;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.nanogame.connection.UrlQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketFramesProperties {

	private static final int FIN = 0x80;

	@Property(seed = "1")
	void payloadAndControlFramesArriveHoweverTheStreamIsSplit(@ForAll("messages") List<Sent> messages,
			@ForAll @Size(max = 10) List<Integer> splits) {
		byte[] wire = join(messages.stream().map(Sent::wire).toList());
		ByteBuf payload = Unpooled.buffer();
		List<String> controls = new ArrayList<>();
		WebSocketFrames frames = new WebSocketFrames(new UrlQuery(null), null);
		int from = 0;
		for (int to : positions(splits, wire.length)) {
			ByteBuf in = Unpooled.copiedBuffer(wire, from, to - from);
			frames.unwrap(in, (opcode, data) -> controls.add(opcode + " " + HexFormat.of().formatHex(data)));
			payload.writeBytes(in);
			from = to;
		}
		assertThat(ByteBufUtil.getBytes(payload)).isEqualTo(join(messages.stream().map(Sent::payload).toList()));
		assertThat(controls).isEqualTo(messages.stream().flatMap((message) -> message.controls.stream()).toList());
	}

	@Property(seed = "2")
	void theHeaderOfAServersFrameHasTheShortestLength(@ForAll @IntRange(max = 0x20000) int length) {
		ByteBuf out = Unpooled.buffer();
		WebSocketFrames.writeHeader(out, WebSocketFrames.BINARY, length);
		assertThat(out.readUnsignedByte()).isEqualTo((short) 0x82);
		int first = out.readUnsignedByte();
		assertThat(first).isEqualTo((length < 126) ? length : (length < 0x10000) ? 126 : 127);
		long told = (first < 126) ? first : (first == 126) ? out.readUnsignedShort() : out.readLong();
		assertThat(told).isEqualTo(length);
		assertThat(out.isReadable()).isFalse();
	}

	@Provide
	Arbitrary<List<Sent>> messages() {
		return message().list().ofMaxSize(5);
	}

	/** A message in one frame or more, with a control frame behind any of them. */
	private static Arbitrary<Sent> message() {
		Arbitrary<byte[]> payloads = Arbitraries
			.oneOf(bytes(0, 20), bytes(120, 130), bytes(250, 300), bytes(65_530, 65_540))
			.withoutEdgeCases();
		Arbitrary<byte[]> control = Arbitraries.oneOf(bytes(0, 5), bytes(125, 125)).injectNull(0.5);
		return Combinators
			.combine(payloads.list().ofMinSize(1).ofMaxSize(3), control, Arbitraries.integers(), Arbitraries.of(1, 2),
					Arbitraries.of(8, 9, 10))
			.as(WebSocketFramesProperties::message);
	}

	private static Sent message(List<byte[]> fragments, byte @Nullable [] control, int mask, int opcode,
			int controlOpcode) {
		List<byte[]> frames = new ArrayList<>();
		List<String> controls = new ArrayList<>();
		for (int i = 0; i < fragments.size(); i++) {
			int last = (i == fragments.size() - 1) ? FIN : 0;
			frames.add(FuzzedInputs.frame(last | ((i == 0) ? opcode : 0), mask + i, fragments.get(i)));
			if (control != null) {
				frames.add(FuzzedInputs.frame(FIN | controlOpcode, ~mask, control));
				controls.add(controlOpcode + " " + HexFormat.of().formatHex(control));
			}
		}
		return new Sent(join(frames), join(fragments), controls);
	}

	/** Some bytes; which, does not matter as long as they differ. */
	private static Arbitrary<byte[]> bytes(int min, int max) {
		return Arbitraries.integers().between(min, max).map((length) -> {
			byte[] bytes = new byte[length];
			new Random(length).nextBytes(bytes);
			return bytes;
		});
	}

	private static int[] positions(List<Integer> splits, int length) {
		int[] positions = new int[splits.size() + 1];
		for (int i = 0; i < splits.size(); i++) {
			positions[i] = Math.floorMod(splits.get(i), length + 1);
		}
		positions[splits.size()] = length;
		Arrays.sort(positions);
		return positions;
	}

	private static byte[] join(List<byte[]> parts) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		parts.forEach(whole::writeBytes);
		return whole.toByteArray();
	}

	/**
	 * What a client sent.
	 *
	 * @param wire the frames
	 * @param payload what they carry
	 * @param controls opcode and payload of the control frames
	 */
	record Sent(byte[] wire, byte[] payload, List<String> controls) {
	}

}
