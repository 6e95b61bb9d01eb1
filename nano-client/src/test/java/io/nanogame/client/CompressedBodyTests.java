package io.nanogame.client;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.Game.Text;
import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompressedBodyTests {

	private static final CompressionSettings COMPRESSION = new CompressionSettings(Set.of(Method.POMELO), 1024);

	@Test
	void aCompressedResponseIsRead() {
		ConcurrentLinkedQueue<byte[]> received = new ConcurrentLinkedQueue<>();
		try (Game game = new Game(
				(builder) -> builder.settings(TransportSettings.builder().compression(COMPRESSION).build()));
				NanoClient client = game.tcp().wireTap((sent, packet) -> received.add(packet)).build()) {
			client.connect().block();
			byte[] length = "50000".getBytes(StandardCharsets.UTF_8);
			assertThat(client.call("test.long", length, Text.class).text()).isEqualTo("x".repeat(50_000));
			assertThat(received).allSatisfy((packet) -> assertThat(packet).hasSizeLessThan(1000));
		}
	}

}
