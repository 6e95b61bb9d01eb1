package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a trusted proxy sends is a header with something behind it, the beginning of
 * one, or refused, and the same however it is cut.
 */
class ProxyHeaderDecoderFuzzTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private static final String ADDRESSES = "c0000207c000020113880cb2";

	@MethodSource("seeds")
	@FuzzTest
	void theHeaderDoesNotDependOnTheSplit(byte[] input) {
		Outcome whole = read(input, input.length);
		Outcome oneByOne = read(input, 1);
		assertThat(whole.headers()).hasSizeLessThanOrEqualTo(1);
		assertThat(whole.failures()).hasSizeLessThanOrEqualTo(1).allMatch(DecoderException.class::isInstance);
		assertThat(whole.headers().size() + whole.failures().size()).isLessThanOrEqualTo(1);
		assertThat(oneByOne.headers()).isEqualTo(whole.headers());
		assertThat(oneByOne.failures().isEmpty()).isEqualTo(whole.failures().isEmpty());
		assertThat(oneByOne.rest()).isEqualTo(whole.rest());
	}

	@Test
	void aMutatedHeaderDoesNotDependOnTheSplit() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theHeaderDoesNotDependOnTheSplit);
	}

	private static Outcome read(byte[] input, int step) {
		Recorder recorder = new Recorder();
		EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder(), recorder);
		for (int at = 0; at < input.length && recorder.failures.isEmpty(); at += step) {
			channel.writeInbound(Unpooled.copiedBuffer(input, at, Math.min(step, input.length - at)));
		}
		if (recorder.failures.isEmpty()) {
			boolean gone = channel.pipeline().get(ProxyHeaderDecoder.class) == null;
			assertThat(gone).isEqualTo(!recorder.headers.isEmpty());
		}
		Outcome outcome = new Outcome(List.copyOf(recorder.headers), List.copyOf(recorder.failures),
				recorder.rest.toString());
		channel.finishAndReleaseAll();
		return outcome;
	}

	static Stream<byte[]> seeds() {
		Stream<byte[]> text = Stream
			.of("PROXY TCP4 192.0.2.7 192.0.2.1 5000 3250\r\n", "PROXY TCP6 2001:db8::7 ::1 5000 3250\r\nrest",
					"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 ffff::2 1 2\r\nrest")
			.map((line) -> line.getBytes(StandardCharsets.US_ASCII));
		Stream<byte[]> binary = Stream
			.of("2111000c" + ADDRESSES, "20000000", "2011000c" + ADDRESSES + "01000000",
					"21110014" + ADDRESSES + "0500050102030405", "21110013" + ADDRESSES + "03000400000000",
					"21110016" + ADDRESSES + "20000701000000000000")
			.map((rest) -> HexFormat.of().parseHex(SIGNATURE + rest));
		return Stream.concat(text, binary);
	}

	private record Outcome(List<String> headers, List<Throwable> failures, String rest) {
	}

	/** Keeps what comes out of the decoder. */
	private static final class Recorder extends ChannelInboundHandlerAdapter {

		private final List<String> headers = new ArrayList<>();

		private final List<Throwable> failures = new ArrayList<>();

		/** All that came behind the header, in hexadecimal. */
		private final StringBuilder rest = new StringBuilder();

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			if (message instanceof HAProxyMessage header) {
				this.headers.add(header.command() + " " + header.sourceAddress() + " " + header.sourcePort());
				header.release();
			}
			else {
				this.rest.append(ByteBufUtil.hexDump((ByteBuf) message));
				((ByteBuf) message).release();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			this.failures.add(cause);
		}

	}

}
