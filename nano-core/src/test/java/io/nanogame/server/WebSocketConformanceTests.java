package io.nanogame.server;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.nanogame.server.ConformanceCase.BINARY;
import static io.nanogame.server.ConformanceCase.BINARY_BEGINS;
import static io.nanogame.server.ConformanceCase.CLOSE;
import static io.nanogame.server.ConformanceCase.CONTINUES;
import static io.nanogame.server.ConformanceCase.ENDS;
import static io.nanogame.server.ConformanceCase.PING;
import static io.nanogame.server.ConformanceCase.PONG;
import static io.nanogame.server.ConformanceCase.TEXT;
import static io.nanogame.server.ConformanceCase.TEXT_BEGINS;
import static io.nanogame.server.ConformanceCase.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases of the Autobahn test suite for servers, by its numbers, against an echo
 * handler of the protocol {@code raw}. Where the suite allows several reactions, the one
 * of this server is expected.
 */
class WebSocketConformanceTests {

	private static final int MAX_LENGTH = 1 << 20;

	private static final String HELLO = "Hello, world!";

	private static final byte[] VALID = bytes("Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1-UTF-8!!");

	private static final byte[] GREEK = hex("cebae1bdb9cf83cebcceb5");

	private static final TestServer server = new TestServer();

	@BeforeAll
	static void start() {
		server.rawEcho()
			.settings(TestServer.settings((it) -> it.maxPacketLength(MAX_LENGTH).highWaterMark(4 * MAX_LENGTH)))
			.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "framing", "pings", "reservedBits", "opcodes", "brokenFragments", "fragments", "text",
			"textByCodePoints", "closing", "closeCodes", "limits" })
	void anEchoServerPassesTheCase(ConformanceCase test) {
		try (RawWebSocketClient client = (RawWebSocketClient) Line.WEBSOCKET.connect(server.port())) {
			List<String> received = test.play(client);
			assertThat(received).isEqualTo(test.expected());
		}
	}

	private static ConformanceCase of(String number) {
		return new ConformanceCase(number);
	}

	private static byte[] hex(String digits) {
		return HexFormat.of().parseHex(digits);
	}

	private static byte[] stars(int length) {
		byte[] payload = new byte[length];
		Arrays.fill(payload, (byte) '*');
		return payload;
	}

	/** Creates three cases: whole, chopped into pieces of ten bytes, and of one. */
	private static Stream<ConformanceCase> chopped(int section, int first, UnaryOperator<ConformanceCase> steps) {
		return Stream.of(steps.apply(of(section + "." + first)),
				steps.apply(of(section + "." + (first + 1)).chopped(10)),
				steps.apply(of(section + "." + (first + 2)).chopped(1)));
	}

	static Stream<ConformanceCase> framing() {
		int[] lengths = { 0, 125, 126, 127, 128, 65535, 65536 };
		return Stream.concat(
				IntStream.range(0, lengths.length)
					.boxed()
					.flatMap((i) -> Stream.of(of("1.1." + (i + 1)).echo(TEXT, stars(lengths[i])),
							of("1.2." + (i + 1)).echo(BINARY, stars(lengths[i])))),
				Stream.of(of("1.1.8").chopped(997).echo(TEXT, stars(65536)),
						of("1.2.8").chopped(997).echo(BINARY, stars(65536))));
	}

	static Stream<ConformanceCase> pings() {
		byte[] binary = hex("00fffefdfcfb00ff");
		return Stream.of(of("2.1").send(PING, "").expect(PONG, ""), of("2.2").send(PING, HELLO).expect(PONG, HELLO),
				of("2.3").send(PING, binary).expect(PONG, binary),
				of("2.4").send(PING, stars(125)).expect(PONG, stars(125)),
				of("2.5").send(PING, stars(126)).closed(1002),
				of("2.6").chopped(1).send(PING, stars(125)).expect(PONG, stars(125)), of("2.7").send(PONG, ""),
				of("2.8").send(PONG, "unsolicited"),
				of("2.9").send(PONG, "unsolicited").send(PING, HELLO).expect(PONG, HELLO), tenPings(of("2.10")),
				tenPings(of("2.11").chopped(1)));
	}

	private static ConformanceCase tenPings(ConformanceCase test) {
		for (int i = 0; i < 10; i++) {
			test.send(PING, "payload-" + i).expect(PONG, "payload-" + i);
		}
		return test;
	}

	static Stream<ConformanceCase> reservedBits() {
		return Stream.of(of("3.1").send(TEXT | 0x10, HELLO).closed(1002),
				of("3.2").echo(TEXT, HELLO).send(TEXT | 0x20, HELLO).send(PING, "").closed(1002),
				of("3.3").chopped(19).echo(TEXT, HELLO).send(TEXT | 0x30, HELLO).send(PING, "").closed(1002),
				of("3.4").chopped(1).echo(TEXT, HELLO).send(TEXT | 0x40, HELLO).send(PING, "").closed(1002),
				of("3.5").send(BINARY | 0x50, hex("00fffefdfcfb00ff")).closed(1002),
				of("3.6").send(PING | 0x60, HELLO).closed(1002), of("3.7").send(CLOSE | 0x70, "").closed(1002));
	}

	static Stream<ConformanceCase> opcodes() {
		return Stream.of(0, 8).flatMap((control) -> Stream.of(1, 2, 3, 4, 5).map((i) -> opcode(control, i)));
	}

	private static ConformanceCase opcode(int control, int i) {
		int first = 0x80 | control | (i + 2);
		ConformanceCase test = of("4." + ((control == 0) ? 1 : 2) + "." + i).chopped((i == 5) ? 1 : 0);
		if (i > 2) {
			test.echo(TEXT, HELLO);
		}
		return test.send(first, (i % 2 == 0) ? "reserved opcode payload" : "").send(PING, "").closed(1002);
	}

	static Stream<ConformanceCase> brokenFragments() {
		return Stream
			.of(Stream.of(of("5.1").send(0x09, "fragment1").send(ENDS, "fragment2").closed(1002),
					of("5.2").send(0x0A, "fragment1").send(ENDS, "fragment2").closed(1002),
					of("5.15").fragments(TEXT_BEGINS, bytes("fragment1fragment2"), 9)
						.expect(TEXT, "fragment1fragment2")
						.send(CONTINUES, "fragment3")
						.send(TEXT, "fragment4")
						.closed(1002),
					of("5.16").send(CONTINUES, "fragment1").send(TEXT_BEGINS, "fragment2").closed(1002),
					of("5.17").send(ENDS, "fragment1").send(TEXT_BEGINS, "fragment2").closed(1002),
					of("5.18").send(TEXT_BEGINS, "fragment1").send(TEXT, "fragment2").closed(1002)),
					chopped(5, 9, (it) -> it.send(ENDS, "non-continuation payload").send(TEXT, HELLO).closed(1002)),
					chopped(5, 12,
							(it) -> it.send(CONTINUES, "non-continuation payload").send(TEXT, HELLO).closed(1002)))
			.flatMap((cases) -> cases);
	}

	static Stream<ConformanceCase> fragments() {
		return Stream.of(chopped(5, 3,
				(it) -> it.send(TEXT_BEGINS, "fragment1").send(ENDS, "fragment2").expect(TEXT, "fragment1fragment2")),
				chopped(5, 6,
						(it) -> it.send(TEXT_BEGINS, "fragment1")
							.send(PING, "ping payload")
							.send(ENDS, "fragment2")
							.expect(PONG, "ping payload")
							.expect(TEXT, "fragment1fragment2")),
				Stream.of(fiveFragments(of("5.19")), fiveFragments(of("5.20").chopped(1))))
			.flatMap((cases) -> cases);
	}

	private static ConformanceCase fiveFragments(ConformanceCase test) {
		return test.send(TEXT_BEGINS, "fragment1")
			.send(CONTINUES, "fragment2")
			.send(PING, "pongme 1!")
			.send(CONTINUES, "fragment3")
			.send(CONTINUES, "fragment4")
			.send(PING, "pongme 2!")
			.send(ENDS, "fragment5")
			.expect(PONG, "pongme 1!")
			.expect(PONG, "pongme 2!")
			.expect(TEXT, "fragment1fragment2fragment3fragment4fragment5");
	}

	static Stream<ConformanceCase> text() {
		byte[] surrogate = hex("cebae1bdb9cf83cebcceb5eda080656469746564");
		return Stream.of(of("6.1.1").echo(TEXT, ""),
				of("6.1.2").send(TEXT_BEGINS, "").send(CONTINUES, "").send(ENDS, "").expect(TEXT, ""),
				of("6.1.3").send(TEXT_BEGINS, "").send(CONTINUES, "middle").send(ENDS, "").expect(TEXT, "middle"),
				of("6.2.1").echo(TEXT, VALID), of("6.2.2").fragments(TEXT_BEGINS, VALID, 12).expect(TEXT, VALID),
				of("6.2.3").fragments(TEXT_BEGINS, VALID, 1).expect(TEXT, VALID),
				of("6.2.4").fragments(TEXT_BEGINS, GREEK, 1).expect(TEXT, GREEK),
				of("6.3.1").send(TEXT, surrogate).closed(1007),
				of("6.3.2").fragments(TEXT_BEGINS, surrogate, 1).closed(1007),
				// The invalid text must be detected before the message is complete.
				of("6.4.1").send(TEXT_BEGINS, GREEK).send(CONTINUES, hex("f4908080")).closed(1007),
				of("6.4.2").send(TEXT_BEGINS, GREEK).send(CONTINUES, hex("f490")).closed(1007),
				of("6.4.3").sendBytes(begunText(21, hex("cebae1bdb9cf83cebcceb5f4908080"))).closed(1007),
				of("6.4.4").sendBytes(begunText(21, hex("cebae1bdb9cf83cebcceb5f490"))).chopped(1).closed(1007));
	}

	/** Returns the beginning of a text frame, with a mask of zeros. */
	private static byte[] begunText(int length, byte[] begin) {
		byte[] frame = new byte[6 + begin.length];
		frame[0] = (byte) TEXT;
		frame[1] = (byte) (0x80 | length);
		System.arraycopy(begin, 0, frame, 6, begin.length);
		return frame;
	}

	static Stream<ConformanceCase> textByCodePoints() {
		return WebSocketConformanceTexts.all().map((text) -> {
			ConformanceCase test = of(text.number());
			return text.valid() ? test.echo(TEXT, text.bytes()) : test.send(TEXT, text.bytes()).closed(1007);
		});
	}

	static Stream<ConformanceCase> closing() {
		byte[] large = stars(256 * 1024);
		return Stream.of(of("7.1.1").echo(TEXT, HELLO).close(1000, bytes("")).closed(1000),
				of("7.1.2").close(1000, bytes("")).close(1000, bytes("")).closed(1000),
				of("7.1.3").close(1000, bytes("")).send(PING, "").closed(1000),
				of("7.1.4").close(1000, bytes("")).send(TEXT, HELLO).closed(1000),
				of("7.1.5").send(TEXT_BEGINS, "fragment1").close(1000, bytes("")).send(ENDS, "fragment2").closed(1000),
				of("7.1.6").echo(TEXT, large).close(1000, bytes("")).send(PING, "").closed(1000),
				of("7.3.1").send(CLOSE, "").closed(1000), of("7.3.2").send(CLOSE, "a").closed(1002),
				of("7.3.3").close(1000, bytes("")).closed(1000), of("7.3.4").close(1000, bytes(HELLO)).closed(1000),
				of("7.3.5").close(1000, stars(123)).closed(1000), of("7.3.6").close(1000, stars(124)).closed(1002),
				of("7.5.1").close(1000, hex("cebae1bdb9cf83cebcceb5eda080656469746564")).closed(1007));
	}

	static Stream<ConformanceCase> closeCodes() {
		int[] valid = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999 };
		int[] invalid = { 0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999 };
		int[] unspecified = { 5000, 65535 };
		return Stream
			.of(IntStream.range(0, valid.length)
				.mapToObj((i) -> of("7.7." + (i + 1)).close(valid[i], bytes("")).closed(valid[i])),
					IntStream.range(0, invalid.length)
						.mapToObj((i) -> of("7.9." + (i + 1)).close(invalid[i], bytes("")).closed(1002)),
					IntStream.range(0, unspecified.length)
						.mapToObj((i) -> of("7.13." + (i + 1)).close(unspecified[i], bytes("")).closed(1002)))
			.flatMap((cases) -> cases);
	}

	/** Sections 9 and 10, up to 1 MB. */
	static Stream<ConformanceCase> limits() {
		byte[] payload = stars(MAX_LENGTH);
		int[] sizes = { 64, 256, 1024, 4096, 16384, 65536 };
		return Stream.of(
				Stream.of(of("9.1.1").echo(TEXT, stars(64 * 1024)), of("9.1.2").echo(TEXT, stars(256 * 1024)),
						of("9.1.3").echo(TEXT, payload), of("9.2.1").echo(BINARY, stars(64 * 1024)),
						of("9.2.2").echo(BINARY, stars(256 * 1024)), of("9.2.3").echo(BINARY, payload),
						of("10.1.1").fragments(TEXT_BEGINS, stars(65536), 1300).expect(TEXT, stars(65536)),
						of("9.1.3 and one byte more").send(TEXT, stars(MAX_LENGTH + 1)).closed(1009)),
				IntStream.range(0, sizes.length)
					.boxed()
					.flatMap((i) -> Stream.of(
							of("9.3." + (i + 1)).fragments(TEXT_BEGINS, payload, sizes[i]).expect(TEXT, payload),
							of("9.4." + (i + 1)).fragments(BINARY_BEGINS, payload, sizes[i]).expect(BINARY, payload),
							of("9.5." + (i + 1)).chopped(sizes[i]).echo(TEXT, payload),
							of("9.6." + (i + 1)).chopped(sizes[i]).echo(BINARY, payload))))
			.flatMap((cases) -> cases);
	}

}
