package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyHeaderDecoderTests {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private static final String TEXT = hex("PROXY TCP4 192.0.2.7 192.0.2.1 5000 3250\r\n");

	private static final String ADDRESSES = "c0000207 c0000201 1388 0cb2";

	private static final String BINARY = SIGNATURE + "21 11 000c" + ADDRESSES;

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** A header of version 2 with a checksum, to which something may be added. */
	private static byte[] withChecksum(int difference) {
		byte[] header = bytes(SIGNATURE + "21 11 0013" + ADDRESSES + "03 0004 00000000");
		CRC32C checksum = new CRC32C();
		checksum.update(header);
		int value = (int) checksum.getValue() + difference;
		for (int i = 0; i < 4; i++) {
			header[header.length - 4 + i] = (byte) (value >> (24 - 8 * i));
		}
		return header;
	}

	private static void isRefused(byte[] bytes, String words) {
		List<Throwable> failures = new ArrayList<>();
		EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder(), new ChannelInboundHandlerAdapter() {
			@Override
			public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
				failures.add(cause);
			}
		});
		channel.writeInbound(Unpooled.wrappedBuffer(bytes));
		assertThat(failures).singleElement()
			.isInstanceOf(DecoderException.class)
			.extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
			.contains(words);
		assertThat(channel.<Object>readInbound()).isNull();
		channel.finishAndReleaseAll();
	}

	private static void isRead(EmbeddedChannel channel) {
		HAProxyMessage header = channel.readInbound();
		assertThat(header.sourceAddress()).isEqualTo("192.0.2.7");
		assertThat(header.sourcePort()).isEqualTo(5000);
		header.release();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary" })
	void aHeaderIsReadHoweverItIsSplitAndTheRestIsPassedOn(String version) {
		byte[] bytes = bytes((version.equals("text") ? TEXT : BINARY) + "01000000");
		for (int cut = 0; cut <= bytes.length; cut++) {
			EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder());
			channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
			channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
			isRead(channel);
			ByteBuf rest = Unpooled.buffer();
			for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
				rest.writeBytes(part);
				part.release();
			}
			assertThat(ByteBufUtil.hexDump(rest)).as("cut at " + cut).isEqualTo("01000000");
			assertThat(channel.pipeline().get(ProxyHeaderDecoder.class)).isNull();
			channel.finishAndReleaseAll();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary" })
	void aHeaderIsReadByteByByte(String version) {
		EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder());
		for (byte next : bytes(version.equals("text") ? TEXT : BINARY)) {
			channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { next }));
		}
		isRead(channel);
		channel.finishAndReleaseAll();
	}

	@Test
	void aCorrectChecksumIsAccepted() {
		EmbeddedChannel channel = new EmbeddedChannel(new ProxyHeaderDecoder());
		channel.writeInbound(Unpooled.wrappedBuffer(withChecksum(0)));
		isRead(channel);
		channel.finishAndReleaseAll();
	}

	@Test
	void aWrongChecksumIsRejected() {
		isRefused(withChecksum(1), "checksum of the PROXY header is wrong");
	}

	@Test
	void aChecksumOfTwoBytesIsRejected() {
		isRefused(bytes(SIGNATURE + "21 11 0011" + ADDRESSES + "03 0002 0000"), "has no four bytes");
	}

	@Test
	void anExtensionThatIsLongerThanTheHeaderIsRejected() {
		isRefused(bytes(SIGNATURE + "21 11 0010" + ADDRESSES + "04 0002 00"), "longer than the header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "01000000", "16030100", "474554202f", "50524f585954435034", "0d0a0d0a01" })
	void bytesThatCannotBecomeAHeaderAreRejectedImmediately(String hex) {
		isRefused(bytes(hex), "no PROXY header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "22", "11", "ff", "01" })
	void anUnknownVersionOrCommandIsRejected(String command) {
		isRefused(bytes(SIGNATURE + command), "unknown version or command");
	}

	@Test
	void aHeaderAfterAnInvalidOneIsIgnored() {
		isRefused(bytes(hex("PROXY \r\n") + TEXT), "HAProxyProtocolException");
	}

	@Test
	void aLineWithoutAnEndIsRejected() {
		isRefused(bytes(hex("PROXY TCP4 " + "1".repeat(200))), "exceeds the allowed maximum");
	}

	@Test
	void aHeaderOfManyKilobytesIsRejectedBeforeItIsComplete() {
		isRefused(bytes(SIGNATURE + "21 11 ffff" + ADDRESSES + "04 ff00" + "00".repeat(3000)),
				"exceeds the allowed maximum");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY TCP4 game.example 192.0.2.1 5000 3250\r\n",
			"PROXY TCP4 192.0.2.7 192.0.2.1 70000 3250\r\n", "PROXY TCP4 192.0.2.7 192.0.2.1\r\n",
			"PROXY SCTP 192.0.2.7 192.0.2.1 5000 3250\r\n", "PROXY TCP6 192.0.2.7 192.0.2.1 5000 3250\r\n" })
	void aLineThatIsNotAHeaderIsRejected(String line) {
		isRefused(bytes(hex(line)), "HAProxyProtocolException");
	}

}
