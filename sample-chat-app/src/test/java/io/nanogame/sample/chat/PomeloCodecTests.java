package io.nanogame.sample.chat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.KickedException;
import io.nanogame.client.NanoClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the Java client with a server that uses the codec of pomelo-protocol from npm.
 */
class PomeloCodecTests {

	private Process server;

	private NanoClient client;

	record Text(String text) {
	}

	record Echo(String route, boolean coded, Text echo) {
	}

	@BeforeEach
	void start() throws Exception {
		this.server = new ProcessBuilder("node", "pomelo-server.cjs")
			.directory(Path.of("src/test/wild-clients").toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = this.server.inputReader();
		this.client = NanoClient.builder("tcp://127.0.0.1:" + output.readLine())
			.user(new Text("a token"))
			.noReconnect()
			.build();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.destroyForcibly();
	}

	@Test
	void theHandshakeSendsTheUser() {
		var handshake = this.client.connect().block(Duration.ofSeconds(10));
		assertThat(handshake).isNotNull();
		assertThat(handshake.user()).isNotNull();
		assertThat(handshake.user().path("text").asString()).isEqualTo("a token");
	}

	@Test
	void requestsAreAnsweredWithAndWithoutRouteCodes() {
		this.client.connect().block(Duration.ofSeconds(10));
		String text = "Grüße 🎲 ".repeat(2000);
		for (int i = 0; i < 300; i++) {
			assertThat(this.client.call("test.echo", new Text(text), Echo.class))
				.isEqualTo(new Echo("test.echo", false, new Text(text)));
		}
		assertThat(this.client.call("test.coded", new Text("code"), Echo.class))
			.isEqualTo(new Echo("test.coded", true, new Text("code")));
	}

	@Test
	void pushesArriveWithAndWithoutRouteCodes() throws Exception {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.client.on("onNotified", Text.class, (push) -> received.add("notified " + push.text()));
		this.client.on("onCoded", Text.class, (push) -> received.add("coded " + push.text()));
		this.client.connect().block(Duration.ofSeconds(10));
		this.client.notify("test.notify", new Text("one"));
		this.client.notify("test.coded", new Text("two"));
		assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("notified one");
		assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("coded two");
	}

	@Test
	void aKickIsRead() {
		this.client.connect().block(Duration.ofSeconds(10));
		this.client.notify("test.kick", new Text("please"));
		await().until(() -> this.client.state().phase() == Phase.CLOSED);
		assertThat(this.client.state().reason()).isInstanceOf(KickedException.class).hasMessageContaining("enough");
	}

	@Test
	void heartbeatsAreSentAndTheirEchoesRead() {
		this.client.connect().block(Duration.ofSeconds(10));
		await().until(() -> this.client.call("test.beats", null, Integer.class) >= 2);
		assertThat(this.client.state().phase()).isEqualTo(Phase.OPEN);
	}

}
