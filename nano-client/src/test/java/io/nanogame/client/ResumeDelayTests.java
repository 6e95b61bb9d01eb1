package io.nanogame.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.ResumeReply.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.nanogame.client.ResumeTests.awaitPhase;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests of how long a client waits before it tries to resume its session. */
class ResumeDelayTests {

	private static final Duration FIRST = Duration.ofMillis(1);

	private final BlockingQueue<Duration> delays = new LinkedBlockingQueue<>();

	private NanoClient client(ScriptedServer server, Backoff backoff) throws Exception {
		NanoClient client = server.client().reconnect(backoff).build();
		client.states()
			.filter((state) -> state.phase() == Phase.RESUMING)
			.subscribe((state) -> this.delays.add(state.delay()));
		return client;
	}

	/** Cuts each resumed connection, and returns the delays after the cuts. */
	private List<Duration> delays(boolean confirming) throws Exception {
		List<Duration> result = new ArrayList<>();
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = client(server, new Backoff(FIRST, Duration.ofMillis(300)))) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
			client.onAny((route, body) -> pushes.add(new String(body)));
			for (int round = 0; round < 12; round++) {
				link.cut();
				result.add(this.delays.poll(20, TimeUnit.SECONDS));
				link = server.accept();
				link.readHandshake();
				link.accept(ServerLink.reply("t", State.RESUMED, 0));
				link.readAcknowledgement();
				if (confirming) {
					link.acknowledge(0);
				}
				link.push("on", "received");
				assertThat(pushes.poll(20, TimeUnit.SECONDS)).isEqualTo("received");
			}
		}
		return result;
	}

	/**
	 * The limits of the random delays are 1, 2, 4 to 256 milliseconds: that all are in
	 * the first millisecond happens once in 2 to the power of 40.
	 */
	@Test
	void theDelaysGrowWhenEachConnectionIsCutBeforeTheServerHasConfirmedAnything() throws Exception {
		assertThat(delays(false)).anyMatch((delay) -> delay.compareTo(FIRST) > 0);
	}

	@Test
	void aConfirmationResetsTheDelays() throws Exception {
		assertThat(delays(true)).allMatch((delay) -> delay.compareTo(FIRST) <= 0);
	}

	@ParameterizedTest
	@CsvSource({ "0, 100", "0.001, 100", "0.15, 150" })
	void theTimeOfAServerIsNotShorterThanTheFirstDelay(String retry, int delay) throws Exception {
		Duration first = Duration.ofMillis(100);
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = client(server, new Backoff(first, first))) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			link.cut();
			assertThat(this.delays.poll(20, TimeUnit.SECONDS)).isZero();
			ServerLink next = server.accept();
			next.readHandshake();
			next.reply(503, "{\"retry\":%s}".formatted(retry));
			assertThat(this.delays.poll(20, TimeUnit.SECONDS)).isEqualTo(Duration.ofMillis(delay));
			assertThat(server.accept().readHandshake().token()).isEqualTo("t1");
		}
	}

}
