package io.nanogame.net;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.connection.UrlQuery;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are the same payload and control frames however they are split, up to the
 * byte that makes them no frames; and payload in a frame is that payload.
 */
class WebSocketFramesFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void theResultDoesNotDependOnTheSplit(byte[] input) {
		FuzzedStream stream = FuzzedStream.of(input);
		Outcome whole = unwrap(List.of(stream.bytes()));
		assertThat(unwrap(stream.chunks())).isEqualTo(whole);
		assertThat(unwrap(stream.singleBytes())).isEqualTo(whole);
		byte[] frame = FuzzedInputs.frame(0x82, stream.bytes().length * 0x9E3779B9, stream.bytes());
		assertThat(unwrap(List.of(frame))).isEqualTo(new Outcome(hex(stream.bytes()), List.of(), ""));
	}

	@Test
	void theResultOfMutatedFramesDoesNotDependOnTheSplit() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theResultDoesNotDependOnTheSplit);
	}

	private static Outcome unwrap(List<byte[]> chunks) {
		WebSocketFrames frames = new WebSocketFrames(new UrlQuery(null), null);
		ByteBuf payload = Unpooled.buffer();
		List<String> controls = new ArrayList<>();
		for (byte[] chunk : chunks) {
			ByteBuf in = Unpooled.copiedBuffer(chunk);
			try {
				frames.unwrap(in, (opcode, data) -> controls.add(opcode + " " + hex(data)));
			}
			catch (FrameException ex) {
				return new Outcome(hex(ByteBufUtil.getBytes(payload.writeBytes(in))), controls, ex.getMessage());
			}
			payload.writeBytes(in);
		}
		return new Outcome(hex(ByteBufUtil.getBytes(payload)), controls, "");
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	static Stream<byte[]> seeds() {
		byte[] text = "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
		return Stream
			.of(List.of(FuzzedInputs.frame(0x82, text)), List.of(FuzzedInputs.frame(0x81, 0x01020304, new byte[200])),
					List.of(FuzzedInputs.frame(0x02, 0xA1B2C3D4, text), FuzzedInputs.frame(0x89, text),
							FuzzedInputs.frame(0x00, 0x01020304, new byte[0]), FuzzedInputs.frame(0x80, text)),
					List.of(FuzzedInputs.frame(0x8A, new byte[0]), FuzzedInputs.frame(0x88, new byte[] { 3, -24 })),
					List.of(new byte[] { -126, -1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 3, 4 }, new byte[] { 7, 8 }))
			.map(FuzzedStream::input);
	}

	private record Outcome(String payload, List<String> controls, String error) {
	}

}
