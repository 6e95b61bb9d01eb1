package io.nanogame.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class JsonProperties {

	@Property(seed = "1")
	void anyBytesAreAHandshakeOrRefused(@ForAll("bodies") byte[] body) {
		readOrRefused(body, (bytes) -> {
			HandshakeRequest request = HandshakeRequest.parse(bytes);
			assertThat(request.user().isObject()).isTrue();
			assertThat(HandshakeRequest.parse(request.toJson()).client()).isEqualTo(request.client());
		});
	}

	@Property(seed = "2")
	void anyBytesAreAReplyOrRefused(@ForAll("bodies") byte[] body) {
		readOrRefused(body, (bytes) -> {
			HandshakeResponse response = HandshakeResponse.parse(bytes);
			assertThat(response.toJson(ClientInfo.UNKNOWN)).isNotEmpty();
		});
	}

	@Property(seed = "3")
	void anyBytesAreAKick(@ForAll("bodies") byte[] body) {
		assertThat(Kick.parse(body)).isNotNull();
	}

	private static void readOrRefused(byte[] body, Consumer<byte[]> read) {
		try {
			read.accept(body);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isEqualTo(Reason.BAD_HANDSHAKE);
		}
	}

	@Provide
	Arbitrary<byte[]> bodies() {
		Arbitrary<byte[]> rubbish = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
		return Arbitraries.oneOf(rubbish, snippets(), corrupt());
	}

	private static Arbitrary<byte[]> snippets() {
		return Arbitraries
			.of("{", "}", "[", "]", ":", ",", "\"sys\"", "\"user\"", "\"code\"", "\"dict\"", "\"type\"", "\"reason\"",
					"200", "-1", "1e999", "0.5", "\"", "\\u", "\\ud83d", "true", "null", " ", "{}", "é", "\0")
			.list()
			.ofMaxSize(30)
			.map((parts) -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns handshakes with one corrupt byte, in all encodings that JSON parsers
	 * detect.
	 */
	private static Arbitrary<byte[]> corrupt() {
		String good = "{\"code\":200,\"sys\":{\"type\":\"é\",\"version\":\"0.0.1\",\"heartbeat\":30.5,"
				+ "\"dict\":{\"a.b\":1}},\"user\":{\"name\":\"\\u00e9\",\"x\":[1,true,null,{}]},\"reason\":\"x\"}";
		Arbitrary<Charset> charsets = Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16,
				StandardCharsets.UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"));
		return Combinators.combine(charsets, Arbitraries.integers().between(0, 10_000), Arbitraries.bytes())
			.as((charset, position, value) -> {
				byte[] bytes = good.getBytes(charset);
				bytes[position % bytes.length] = value;
				return bytes;
			});
	}

}
