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
 * The Java client and a server whose every byte is read and written by the codec of
 * pomelo-protocol, as it is on npm.
 */
class PomeloCodecTests {

	private Process server;

	private NanoClient client;

	record Words(String words) {
	}

	record Echo(String route, boolean coded, Words echo) {
	}

	@BeforeEach
	void start() throws Exception {
		this.server = new ProcessBuilder("node", "pomelo-server.cjs")
			.directory(Path.of("src/test/wild-clients").toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = this.server.inputReader();
		this.client = NanoClient.builder("tcp://127.0.0.1:" + output.readLine())
			.user(new Words("a token"))
			.noReconnect()
			.build();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.destroyForcibly();
	}

	@Test
	void theHandshakeCarriesTheUser() {
		var handshake = this.client.connect().block(Duration.ofSeconds(10));
		assertThat(handshake).isNotNull();
		assertThat(handshake.user()).isNotNull();
		assertThat(handshake.user().path("words").asString()).isEqualTo("a token");
	}

	@Test
	void requestsAreAnsweredWithAndWithoutRouteCodes() {
		this.client.connect().block(Duration.ofSeconds(10));
		String words = "Grüße 🎲 ".repeat(2000);
		for (int i = 0; i < 300; i++) {
			assertThat(this.client.call("test.echo", new Words(words), Echo.class))
				.isEqualTo(new Echo("test.echo", false, new Words(words)));
		}
		assertThat(this.client.call("test.coded", new Words("code"), Echo.class))
			.isEqualTo(new Echo("test.coded", true, new Words("code")));
	}

	@Test
	void pushesArriveWithAndWithoutRouteCodes() throws Exception {
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		this.client.on("onTold", Words.class, (push) -> heard.add("told " + push.words()));
		this.client.on("onCoded", Words.class, (push) -> heard.add("coded " + push.words()));
		this.client.connect().block(Duration.ofSeconds(10));
		this.client.notify("test.tell", new Words("one"));
		this.client.notify("test.coded", new Words("two"));
		assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("told one");
		assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("coded two");
	}

	@Test
	void aKickIsUnderstood() {
		this.client.connect().block(Duration.ofSeconds(10));
		this.client.notify("test.kick", new Words("please"));
		await().until(() -> this.client.state().phase() == Phase.CLOSED);
		assertThat(this.client.state().reason()).isInstanceOf(KickedException.class).hasMessageContaining("enough");
	}

	@Test
	void heartbeatsAreSentAndTheirAnswersUnderstood() {
		this.client.connect().block(Duration.ofSeconds(10));
		await().until(() -> this.client.call("test.beats", null, Integer.class) >= 2);
		assertThat(this.client.state().phase()).isEqualTo(Phase.OPEN);
	}

}
