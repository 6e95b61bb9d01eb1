package io.nanogame.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of sessions that are resumed after a cut. */
class ResumeTests {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Queue<Phase> phases = new ConcurrentLinkedQueue<>();

	private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

	private NanoClient client(ScriptedServer server) throws Exception {
		return observed(server.client().build());
	}

	private NanoClient observed(NanoClient client) {
		client.states().map(ClientState::phase).subscribe(this.phases::add);
		client.onAny((route, body) -> this.pushes.add(new String(body)));
		return client;
	}

	static CompletableFuture<String> request(NanoClient client, String body) {
		return request(client, body, TIMEOUT);
	}

	private static CompletableFuture<String> request(NanoClient client, String body, Duration timeout) {
		return client.request("test.echo", body.getBytes(), byte[].class, timeout).map(String::new).toFuture();
	}

	static void awaitPhase(NanoClient client, Phase phase) {
		await().until(() -> client.state().phase() == phase);
	}

	@Test
	void aClientAsksForASessionThatCanBeResumed() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			client.connect().subscribe();
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
		}
	}

	@Test
	void aClientThatDoesNotResumeOrReconnectDoesNotAsk() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient notResuming = server.client().resume(false).build();
				NanoClient notReconnecting = server.client().noReconnect().build()) {
			notResuming.connect().subscribe();
			assertThat(server.accept().readHandshake()).isNull();
			notReconnecting.connect().subscribe();
			assertThat(server.accept().readHandshake()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "tls", "ws", "wss" })
	void whatTheServerHasNotReceivedIsSentAgainThenTheNumberThenWhatWaited(String scheme) throws Exception {
		try (ScriptedServer server = new ScriptedServer(scheme); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			client.notify("test.notify", "1".getBytes());
			CompletableFuture<String> written = request(client, "2");
			client.notify("test.notify", "3".getBytes());
			link.push("on", "push");
			await().until(() -> this.pushes.size() == 1);
			byte[][] sent = { link.read().body(), link.read().body(), link.read().body() };
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			CompletableFuture<String> waiting = request(client, "4");
			client.notify("test.notify", "5".getBytes());

			ServerLink next = server.accept();
			assertThat(next.readHandshake()).isEqualTo(new ResumeRequest("t1", 1));
			next.accept(ServerLink.reply("t2", State.RESUMED, 1));
			assertThat(next.read().body()).isEqualTo(sent[1]);
			assertThat(next.read().body()).isEqualTo(sent[2]);
			assertThat(next.readAcknowledgement()).isOne();
			Message fourth = next.readMessage();
			assertThat(ServerLink.text(fourth)).isEqualTo("4");
			assertThat(ServerLink.text(next.readMessage())).isEqualTo("5");
			next.respond(fourth, "four");
			next.respond(ServerLink.message(new RawPacket(RawPacket.DATA, sent[1])), "two");
			assertThat(waiting).succeedsWithin(TIMEOUT).isEqualTo("four");
			assertThat(written).succeedsWithin(TIMEOUT).isEqualTo("two");
			assertThat(this.phases).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.RESUMING,
					Phase.RESUMED);
			assertThat(client.state().isConnected()).isTrue();
			next.cut();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aPacketThatWasCutIsReceivedOnce(String scheme) throws Exception {
		byte[] second = ServerLink.packet(Message.push("on", "second".getBytes()));
		for (int length = 0; length < second.length; length++) {
			this.pushes.clear();
			try (ScriptedServer server = new ScriptedServer(scheme); NanoClient client = client(server)) {
				ServerLink link = server.open(client);
				link.push("on", "first");
				link.sendPart(second, length);
				await().until(() -> this.pushes.size() == 1);
				link.cut();

				ServerLink next = server.accept();
				assertThat(next.readHandshake()).isEqualTo(new ResumeRequest("t1", 1));
				next.accept(ServerLink.reply("t2", State.RESUMED, 0));
				next.sendPart(second, next.framed(second).length);
				next.push("on", "third");
				await().until(() -> this.pushes.size() == 3);
				assertThat(this.pushes).containsExactly("first", "second", "third");
				next.cut();
			}
		}
	}

	@Test
	void aRequestThatTheServerHasReceivedIsNotSentAgain() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> response = request(client, "once");
			Message received = link.readMessage();
			link.cut();

			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.RESUMED, 1));
			assertThat(next.readAcknowledgement()).isZero();
			next.respond(received, "answer");
			assertThat(response).succeedsWithin(TIMEOUT).isEqualTo("answer");
		}
	}

	@Test
	void aCutInTheFirstHandshakeIsFollowedByAnotherFirstHandshake() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			byte[] reply = ("{\"code\":200,\"sys\":" + ServerLink.sys(ServerLink.reply("t", State.NEW, 0)) + "}")
				.getBytes();
			client.connect().subscribe();
			for (int length : new int[] { 0, 1, 3, 4, 20, reply.length + 3 }) {
				ServerLink link = server.accept();
				assertThat(link.readHandshake()).isEqualTo(ResumeRequest.NEW);
				link.sendPart(ServerLink.packet(RawPacket.HANDSHAKE, reply), length);
				link.cut();
			}
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
			assertThat(this.phases).doesNotContain(Phase.RESUMING, Phase.LOST);
		}
	}

	@Test
	void theNewestReceivedTokenIsUsedHoweverManyRepliesAreLost() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			String token = "t1";
			for (int round = 2; round < 5; round++) {
				link.cut();
				for (int lost = 0; lost < 3; lost++) {
					ServerLink unlucky = server.accept();
					assertThat(unlucky.readHandshake().token()).isEqualTo(token);
					byte[] reply = ("{\"code\":200,\"sys\":"
							+ ServerLink.sys(ServerLink.reply("lost", State.RESUMED, 0)) + "}")
						.getBytes();
					unlucky.sendPart(ServerLink.packet(RawPacket.HANDSHAKE, reply), reply.length * lost / 3);
					unlucky.cut();
				}
				link = server.accept();
				assertThat(link.readHandshake().token()).isEqualTo(token);
				token = "t" + round;
				link.accept(ServerLink.reply(token, State.RESUMED, 0));
			}
			awaitPhase(client, Phase.RESUMED);
		}
	}

	@Test
	void theFirstAttemptIsImmediateAndLaterOnesWait() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			List<ClientState> states = new ArrayList<>();
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			client.states().skip(1).take(3).subscribe(states::add);
			server.stopListening();
			link.cut();
			await().until(() -> states.size() == 3);
			assertThat(states).extracting(ClientState::phase).containsOnly(Phase.RESUMING);
			assertThat(states.get(0).delay()).isZero();
			assertThat(states.get(0).reason()).isInstanceOf(ConnectionLostException.class);
			assertThat(states.subList(1, 3)).extracting(ClientState::delay).noneMatch(Duration::isZero);
			assertThat(states.get(1).reason()).hasMessageContaining("No connection could be made");
		}
	}

	@Test
	void aTimeOutCountsOnAndARequestThatTimesOutUnsentIsNotSent() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			Duration timeout = Duration.ofMillis(300);
			CompletableFuture<String> written = request(client, "written", timeout);
			link.readMessage();
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			CompletableFuture<String> unsent = request(client, "unsent", timeout);
			client.notify("test.notify", "next".getBytes());
			for (CompletableFuture<String> request : List.of(written, unsent)) {
				assertThat(request).failsWithin(TIMEOUT)
					.withThrowableThat()
					.withCauseInstanceOf(RequestTimeoutException.class);
			}
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			assertThat(next.readBodies(1)).containsExactly("written");
			next.readAcknowledgement();
			assertThat(next.readBodies(1)).containsExactly("next");
		}
	}

	@Test
	void whatIsKeptIsLimitedAndTheSessionGoesOn() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client()
					.resume(ResumeOptions.defaults().withMaxUnconfirmedBytes(1000))
					.build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			client.notify("test.notify", new byte[500]);
			link.readMessage();
			link.readAcknowledgement();
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			client.notify("test.notify", new byte[500]);
			assertThatExceptionOfType(ClientOverloadedException.class)
				.isThrownBy(() -> client.notify("test.notify", "too much".getBytes()))
				.withMessageContaining("1000 bytes")
				.withMessageContaining("NanoClientBuilder.resume");
			assertThat(request(client, "too much")).failsWithin(TIMEOUT)
				.withThrowableThat()
				.withCauseInstanceOf(ClientOverloadedException.class);

			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.RESUMED, 1));
			next.readAcknowledgement();
			assertThat(next.readMessage().body()).hasSize(500);
			next.readAcknowledgement();
			next.acknowledge(2);
			await().until(() -> sends(client));
			assertThat(next.readBodies(1)).containsExactly("room again");
		}
	}

	private static boolean sends(NanoClient client) {
		try {
			client.notify("test.notify", "room again".getBytes());
			return true;
		}
		catch (ClientOverloadedException ex) {
			return false;
		}
	}

	@Test
	void requestsThatHaveTimedOutUnsentNeedNoRoom() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client()
					.resume(ResumeOptions.defaults().withMaxUnconfirmedBytes(1000))
					.build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			for (int i = 0; i < 10; i++) {
				assertThat(request(client, "x".repeat(1000), Duration.ofMillis(1))).failsWithin(TIMEOUT)
					.withThrowableThat()
					.withCauseInstanceOf(RequestTimeoutException.class);
			}
		}
	}

	@Test
	void aClientThatIsAskedToMoveResumesElsewhereAfterTheTime() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			link.send(RawPacket.KICK, Kick.moving(50).toJson());
			link.push("on", "still here");
			await().until(() -> this.pushes.size() == 1);
			// No packet that ends the session.
			assertThat(link.readToEnd()).isZero();
			ServerLink next = server.accept();
			assertThat(next.readHandshake()).isEqualTo(new ResumeRequest("t1", 1));
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			awaitPhase(client, Phase.RESUMED);
		}
	}

	/** A load balancer may send it to the same server again. */
	@Test
	void aClientThatIsAskedToMoveTriesAgainUntilAnotherServerResumesIt() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "pending");
			link.readMessage();
			link.send(RawPacket.KICK, Kick.moving(0).toJson());
			for (int i = 0; i < 3; i++) {
				ServerLink same = server.accept();
				assertThat(same.readHandshake()).isEqualTo(new ResumeRequest("t1", 0));
				same.reply(503, "{\"retry\":0.01}");
			}
			ServerLink next = server.accept();
			assertThat(next.readHandshake()).isEqualTo(new ResumeRequest("t1", 0));
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			next.respond(next.readMessage(), "done");
			assertThat(pending).succeedsWithin(TIMEOUT).isEqualTo("done");
			assertThat(this.phases).doesNotContain(Phase.LOST, Phase.CLOSED);
		}
	}

	@Test
	void aNewClientThatIsRejectedWithATimeTriesAgain() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			client.connect().subscribe();
			ServerLink link = server.accept();
			assertThat(link.readHandshake()).isEqualTo(ResumeRequest.NEW);
			link.reply(503, "{\"retry\":0.01}");
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t1", State.NEW, 0));
			awaitPhase(client, Phase.OPEN);
			assertThat(this.phases).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.WAITING, Phase.CONNECTING,
					Phase.OPEN);
		}
	}

	@Test
	void anotherKickIsFinal() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "pending");
			link.readMessage();
			link.send(RawPacket.KICK, new Kick("enough", false).toJson());
			assertThat(pending).failsWithin(TIMEOUT).withThrowableThat().withCauseInstanceOf(KickedException.class);
			awaitPhase(client, Phase.CLOSED);
			assertThat(this.phases).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.CLOSED);
		}
	}

	@Test
	void aServerThatCannotDecideIsAskedAgainAfterItsTime() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			Queue<ClientState> states = new ConcurrentLinkedQueue<>();
			client.states().subscribe(states::add);
			link.cut();
			for (String sys : new String[] { "{\"retry\":0.25}", "{}" }) {
				ServerLink next = server.accept();
				assertThat(next.readHandshake().token()).isEqualTo("t1");
				next.reply(503, sys);
				assertThat(next.readToEnd()).isZero();
			}
			ServerLink next = server.accept();
			assertThat(next.readHandshake().token()).isEqualTo("t1");
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			awaitPhase(client, Phase.RESUMED);
			assertThat(states).extracting(ClientState::delay).contains(Duration.ofMillis(250));
		}
	}

	@Test
	void theRouteCodesAreThoseOfTheSession() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server)) {
			client.connect().subscribe();
			ServerLink link = server.accept();
			link.readHandshake();
			String resume = new String(ServerLink.reply("t1", State.NEW, 0).toJson());
			link.reply(200, "{\"dict\":{\"test.notify\":7,\"on\":8},\"resume\":%s}".formatted(resume));
			link.readType(ServerLink.ACK);
			link.cut();
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			next.readAcknowledgement();
			awaitPhase(client, Phase.RESUMED);
			client.notify("test.notify", new byte[] { 'x' });
			assertThat(next.read().body()).containsExactly(3, 0, 7, 'x');
			next.send(RawPacket.DATA, new byte[] { 7, 0, 8, 'y' });
			await().until(() -> this.pushes.contains("y"));
		}
	}

	@Test
	void messagesOfOneThreadKeepTheirOrder() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			List<String> received = new ArrayList<>();
			Thread sender = new Thread(
					() -> IntStream.range(0, 1000).forEach((i) -> client.notify("test.notify", ("" + i).getBytes())));
			sender.start();
			for (int round = 1; round <= 10; round++) {
				for (int i = 0; i < 50; i++) {
					RawPacket packet = link.read();
					if (packet.type() == RawPacket.DATA) {
						received.add(ServerLink.text(ServerLink.message(packet)));
					}
				}
				link.cut();
				link = server.accept();
				link.readHandshake();
				link.accept(ServerLink.reply("t", State.RESUMED, received.size()));
			}
			while (received.size() < 1000) {
				RawPacket packet = link.read();
				if (packet.type() == RawPacket.DATA) {
					received.add(ServerLink.text(ServerLink.message(packet)));
				}
			}
			assertThat(received).isEqualTo(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
			sender.join();
		}
	}

	@Test
	void anObserverSeesPacketsThatAreSentAgain() throws Exception {
		Queue<byte[]> seen = new ConcurrentLinkedQueue<>();
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client().wireTap((sent, packet) -> {
					if (sent && packet[0] == RawPacket.DATA) {
						seen.add(packet.clone());
						Arrays.fill(packet, (byte) 0);
					}
				}).build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			client.notify("test.notify", "twice".getBytes());
			link.readMessage();
			link.cut();
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.RESUMED, 0));
			assertThat(next.readBodies(1)).containsExactly("twice");
			await().until(() -> seen.size() == 2);
			assertThat(seen.remove()).isEqualTo(seen.remove());
		}
	}

}
