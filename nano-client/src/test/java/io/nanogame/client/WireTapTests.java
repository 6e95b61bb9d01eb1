package io.nanogame.client;

import java.util.HexFormat;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WireTapTests {

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void packetsInBothDirectionsAreObserved(String scheme) {
		ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
		try (Game game = new Game();
				NanoClient client = (scheme.equals("ws") ? game.webSocket() : game.tcp())
					.wireTap((sent, packet) -> seen.add((sent ? ">" : "<") + HexFormat.of().formatHex(packet)))
					.build()) {
			client.connect().block();
			client.call("test.echo", new byte[] { 'x' }, byte[].class);
			assertThat(seen).anySatisfy((packet) -> assertThat(packet).startsWith(">01"))
				.anySatisfy((packet) -> assertThat(packet).startsWith("<01"))
				.contains(">02000000", ">0400000d000109746573742e6563686f78", "<04000003040178");
		}
	}

}
