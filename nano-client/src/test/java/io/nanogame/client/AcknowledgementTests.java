package io.nanogame.client;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

}
