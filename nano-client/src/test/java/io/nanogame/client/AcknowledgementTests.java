package io.nanogame.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of when a client sends how many packets it has received. */
class AcknowledgementTests {

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void theNumberIsSentAfter64ReceivedPackets(String scheme) throws Exception {
		try (ScriptedServer server = new ScriptedServer(scheme); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			for (int i = 0; i < 63; i++) {
				link.push("on", "x");
			}
			ResumeTests.awaitPhase(client, Phase.OPEN);
			client.notify("test.notify", "none before this".getBytes());
			link.readMessage();
			link.push("on", "x");
			assertThat(link.readAcknowledgement()).isEqualTo(64);
		}
	}

	@Test
	void theNumberIsSentAfter32KilobytesReceived() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			link.push("on", "x".repeat(20_000));
			link.push("on", "x".repeat(20_000));
			assertThat(link.readAcknowledgement()).isEqualTo(2);
			link.push("on", "x".repeat(40_000));
			assertThat(link.readAcknowledgement()).isEqualTo(3);
		}
	}

	@Test
	void theNumberIsSentAfter64SentPacketsAndAgainAfter64More() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			ResumeTests.awaitPhase(client, Phase.OPEN);
			for (int i = 0; i < 150; i++) {
				client.notify("test.notify", "x".getBytes());
			}
			for (int i = 0; i < 150; i++) {
				if (i == 64 || i == 128) {
					assertThat(link.readAcknowledgement()).isZero();
				}
				link.readMessage();
			}
		}
	}

	@Test
	void theNumberIsSentAfter32KilobytesSent() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			ResumeTests.awaitPhase(client, Phase.OPEN);
			client.notify("test.notify", new byte[20_000]);
			client.notify("test.notify", new byte[20_000]);
			link.readMessage();
			link.readMessage();
			assertThat(link.readAcknowledgement()).isZero();
		}
	}

	@Test
	void responsesWithoutARequestCountToo() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			for (int i = 0; i < 64; i++) {
				link.send(RawPacket.DATA, new byte[] { 4, 99 });
			}
			assertThat(link.readAcknowledgement()).isEqualTo(64);
		}
	}

	/** A packet of a notify takes 17 + 64 bytes and its body. There is no interval. */
	@ParameterizedTest
	@CsvSource({ "0, 7", "100, 3", "1000, 1" })
	void theNumberIsSentAtHalfTheLimitOfUnconfirmedBytes(int body, int packets) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client()
					.resume(ResumeOptions.defaults().withMaxUnconfirmedBytes(1000))
					.build()) {
			BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
			client.onAny((route, push) -> pushes.add(new String(push)));
			ServerLink link = server.open(client);
			ResumeTests.awaitPhase(client, Phase.OPEN);
			for (int round = 1; round <= 10; round++) {
				for (int i = 0; i < packets; i++) {
					client.notify("test.notify", new byte[body]);
				}
				link.readBodies(packets);
				assertThat(link.readAcknowledgement()).isEqualTo(round - 1);
				link.acknowledge((long) round * packets);
				link.push("on", "confirmed");
				assertThat(pushes.poll(20, TimeUnit.SECONDS)).isEqualTo("confirmed");
			}
		}
	}

	@Test
	void theSmallestLimitDoesNotMakeTheClientRepeatTheNumber() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client()
					.resume(ResumeOptions.defaults().withMaxUnconfirmedBytes(1))
					.build()) {
			BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
			client.onAny((route, push) -> pushes.add(new String(push)));
			ServerLink link = server.open(client);
			ResumeTests.awaitPhase(client, Phase.OPEN);
			link.acknowledge(0);
			link.push("on", "x");
			assertThat(pushes.poll(20, TimeUnit.SECONDS)).isEqualTo("x");
			client.notify("test.notify", "x".getBytes());
			link.readMessage();
			assertThat(link.readAcknowledgement()).isOne();
		}
	}

}
