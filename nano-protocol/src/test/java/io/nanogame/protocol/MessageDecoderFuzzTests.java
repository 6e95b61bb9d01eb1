package io.nanogame.protocol;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.protocol.Vectors.Vector;
import io.nanogame.test.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are decoded as a message or rejected, whatever bytes follow. A message is
 * unchanged after it has been written and read again.
 */
class MessageDecoderFuzzTests {

	private static final int MAX_INFLATED = 4096;

	private static final int MAX_ROUTE = 255;

	private final RouteDictionary dictionary = Vectors.dictionary();

	private final MessageDecoder decoder = new MessageDecoder(dictionary, new RouteNames(List.of("room.join", "a.b")),
			MAX_INFLATED);

	private final MessageEncoder encoder = new MessageEncoder(dictionary);

	@MethodSource("seeds")
	@FuzzTest
	void bytesAreAMessageThatSurvivesTheWireOrRefused(byte[] input) {
		Object decoded = decode(input, 0);
		assertThat(describe(decode(input, 0xFF))).isEqualTo(describe(decoded));
		if (decoded instanceof Message message) {
			assertThat(message.body().length).isLessThanOrEqualTo(Math.max(input.length, MAX_INFLATED));
			survives(message, false);
			survives(message, true);
		}
	}

	@Test
	void corruptMessagesAreReadOrRefused() {
		Mutations.tryAll(seeds().toList(), 10_000, this::bytesAreAMessageThatSurvivesTheWireOrRefused);
	}

	/** Returns the message, or the reason why it was rejected. */
	private Object decode(byte[] bytes, int canary) {
		ByteBuf in = Unpooled.buffer().writeBytes(bytes).writeByte(canary).writeByte(canary).writeByte(canary);
		try {
			Message message = decoder.decode(in, bytes.length);
			assertThat(in.readerIndex()).isEqualTo(bytes.length);
			return message;
		}
		catch (ProtocolException ex) {
			assertThat(in.readerIndex()).isLessThanOrEqualTo(bytes.length);
			return ex.reason();
		}
	}

	private void survives(Message message, boolean compressRoute) {
		ByteBuf out = Unpooled.buffer();
		try {
			encoder.encode(out, message, compressRoute);
		}
		catch (ProtocolException ex) {
			// Invalid UTF-8 has become U+FFFD, which is longer.
			assertThat(ex.reason()).isEqualTo(Reason.ROUTE_TOO_LONG);
			assertThat(ByteBufUtil.utf8Bytes(message.route())).isGreaterThan(MAX_ROUTE);
			return;
		}
		assertThat(describe(decode(ByteBufUtil.getBytes(out), 0))).isEqualTo(describe(message));
	}

	private static String describe(Object decoded) {
		return (decoded instanceof Message message) ? message.type() + " " + message.id() + " " + message.route() + " "
				+ message.error() + " " + HexFormat.of().formatHex(message.body()) : decoded.toString();
	}

	static Stream<byte[]> seeds() {
		return Vectors.ofLayer("message").map(Vector::bytes);
	}

}
