package io.nanogame.client;

import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nanogame.client.ResumeTests.TIMEOUT;
import static io.nanogame.client.ResumeTests.awaitPhase;
import static io.nanogame.client.ResumeTests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of sessions that cannot be resumed, and of clients that are closed. */
class LostSessionTests {

	private final Queue<ClientState> states = new ConcurrentLinkedQueue<>();

	private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

	private final Queue<String> undelivered = new ConcurrentLinkedQueue<>();

	private NanoClient client(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.states().subscribe(this.states::add);
		client.onAny((route, body) -> this.pushes.add(new String(body)));
		client.onUndelivered((lost) -> this.undelivered
			.add(lost.route() + " " + new String(lost.body()) + (lost.sent() ? " perhaps" : " unsent")));
		return client;
	}

	private List<Phase> phases() {
		return this.states.stream().map(ClientState::phase).toList();
	}

	private void assertUndelivered(String... notifications) {
		await().untilAsserted(() -> assertThat(this.undelivered).containsExactly(notifications));
	}

	private static void assertFails(CompletableFuture<String> request, Class<? extends Throwable> type) {
		assertThat(request).failsWithin(TIMEOUT).withThrowableThat().withCauseInstanceOf(type);
	}

	/**
	 * Two messages are written, of which the server has received the request, and two
	 * wait.
	 */
	record Cut(CompletableFuture<String> written, CompletableFuture<String> waiting) {

		static Cut of(ScriptedServer server, NanoClient client) throws Exception {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> written = request(client, "1");
			client.notify("test.notify", "2".getBytes());
			link.readBodies(2);
			link.acknowledge(1);
			link.push("on", "before");
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			CompletableFuture<String> waiting = request(client, "3");
			client.notify("test.notify", "4".getBytes());
			return new Cut(written, waiting);
		}

	}

	@Test
	void aLostSessionIsReportedWithAllThatItMeans() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			assertThat(next.readHandshake()).isEqualTo(new ResumeRequest("t1", 1));
			next.accept(new ResumeReply("t2", 30, State.LOST, 0, "resume-limit", "too many"));
			awaitPhase(client, Phase.OPEN);
			assertThat(cut.written).failsWithin(TIMEOUT)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(OutcomeUnknownException.class)
				.withMessage("The outcome of test.echo is unknown: The session was lost: resume-limit: too many");
			assertFails(cut.waiting, NotConnectedException.class);
			assertUndelivered("test.notify 2 perhaps", "test.notify 4 unsent");
			assertThat(phases()).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.RESUMING, Phase.LOST,
					Phase.OPEN);
			assertThat(this.states).extracting(ClientState::reason)
				.filteredOn(SessionLostException.class::isInstance)
				.singleElement()
				.isInstanceOfSatisfying(SessionLostException.class, (ex) -> {
					assertThat(ex.code()).isEqualTo("resume-limit");
					assertThat(ex.reason()).isEqualTo("too many");
				});
			// The new session has its own numbers, and the same listeners.
			next.push("on", "after");
			await().until(() -> this.pushes.contains("after"));
			CompletableFuture<String> fresh = request(client, "fresh");
			next.respond(next.readMessage(), "new");
			assertThat(fresh).succeedsWithin(TIMEOUT).isEqualTo("new");
			next.cut();
			ServerLink third = server.accept();
			assertThat(third.readHandshake()).isEqualTo(new ResumeRequest("t2", 2));
			third.accept(ServerLink.reply("t3", State.RESUMED, 1));
			awaitPhase(client, Phase.RESUMED);
		}
	}

	@ParameterizedTest
	@CsvSource({ "kick, cheating", "replaced, logged in elsewhere" })
	void aKickDuringTheCutIsFinalAsAnyOther(String code, String reason) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = client(server.client().resume(ResumeOptions.defaults().withKeepUnsent(true)))) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.reply(200, ServerLink.sys(new ResumeReply("t2", 30, State.LOST, 0, code, reason)));
			awaitPhase(client, Phase.CLOSED);
			assertThat(client.state().reason()).isInstanceOfSatisfying(KickedException.class, (ex) -> {
				assertThat(ex.reason()).isEqualTo(reason);
				assertThat(ex.reconnect()).isFalse();
			});
			// The new session does not open.
			assertThat(next.readToEnd()).isZero();
			assertFails(cut.written, KickedException.class);
			assertFails(cut.waiting, KickedException.class);
			assertUndelivered("test.notify 2 perhaps", "test.notify 4 unsent");
			assertThat(phases()).endsWith(Phase.OPEN, Phase.RESUMING, Phase.CLOSED);
		}
	}

	@Test
	void unsentMessagesAreSentInTheNewSessionIfTheApplicationWantsIt() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = client(server.client().resume(ResumeOptions.defaults().withKeepUnsent(true)))) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.LOST, 0));
			Message third = next.readMessage();
			assertThat(ServerLink.text(third)).isEqualTo("3");
			assertThat(next.readBodies(1)).containsExactly("4");
			next.respond(third, "three");
			assertThat(cut.waiting).succeedsWithin(TIMEOUT).isEqualTo("three");
			assertFails(cut.written, OutcomeUnknownException.class);
			assertUndelivered("test.notify 2 perhaps");
		}
	}

	/** In the first session the route has a code, with which the longest packet fits. */
	@Test
	void whatCannotBeEncodedInTheNewSessionIsReported() throws Exception {
		byte[] longest = new byte[PacketDecoder.MAX_BODY_LENGTH - 3];
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = server.client().resume(ResumeOptions.defaults().withKeepUnsent(true)).build()) {
			Queue<UndeliveredNotification> lost = new ConcurrentLinkedQueue<>();
			client.onUndelivered(lost::add);
			client.connect().subscribe();
			ServerLink link = server.accept();
			link.readHandshake();
			link.reply(200, "{\"dict\":{\"test.notify\":7},\"resume\":%s}"
				.formatted(new String(ServerLink.reply("t1", State.NEW, 0).toJson())));
			link.readType(ServerLink.ACK);
			awaitPhase(client, Phase.OPEN);
			link.cut();
			awaitPhase(client, Phase.RESUMING);
			client.notify("test.notify", "next".getBytes());
			client.notify("test.notify", longest);
			ServerLink next = server.accept();
			next.readHandshake();
			next.accept(ServerLink.reply("t2", State.LOST, 0));
			assertThat(next.readBodies(1)).containsExactly("next");
			await().until(() -> lost.size() == 1);
			assertThat(lost.element().body()).isEqualTo(longest);
			assertThat(lost.element().sent()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aServerThatDoesNotResumeHasLostTheSession(boolean keepUnsent) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp");
				NanoClient client = client(
						server.client().resume(ResumeOptions.defaults().withKeepUnsent(keepUnsent)))) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.reply(200, "{}");
			next.readType(ServerLink.ACK);
			awaitPhase(client, Phase.OPEN);
			assertFails(cut.written, OutcomeUnknownException.class);
			if (keepUnsent) {
				assertThat(next.readBodies(2)).containsExactly("3", "4");
			}
			else {
				assertFails(cut.waiting, NotConnectedException.class);
			}
			// From now on as with any server that does not resume.
			CompletableFuture<String> pending = request(client, "pending");
			next.readMessage();
			next.cut();
			assertFails(pending, ConnectionLostException.class);
			ServerLink third = server.accept();
			assertThat(third.readHandshake()).isEqualTo(ResumeRequest.NEW);
			assertThat(phases()).endsWith(Phase.LOST, Phase.OPEN, Phase.WAITING, Phase.CONNECTING);
		}
	}

	@Test
	void withAServerThatDoesNotResumeEverythingIsAsItWas() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp")) {
			NanoClient client = client(server.client());
			client.connect().subscribe();
			ServerLink link = server.accept();
			link.readHandshake();
			link.reply(200, "{\"heartbeat\":1}");
			link.readType(ServerLink.ACK);
			awaitPhase(client, Phase.OPEN);
			RawPacket heartbeat = link.read();
			assertThat(heartbeat.type()).isEqualTo(RawPacket.HEARTBEAT);
			assertThat(heartbeat.body()).isEmpty();
			CompletableFuture<String> pending = request(client, "pending");
			client.notify("test.notify", "lost".getBytes());
			link.readBodies(2);
			link.cut();
			assertFails(pending, ConnectionLostException.class);
			ServerLink next = server.accept();
			assertThat(next.readHandshake()).isEqualTo(ResumeRequest.NEW);
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> client.notify("test.notify", "not connected".getBytes()));
			next.reply(200, "{}");
			next.readType(ServerLink.ACK);
			awaitPhase(client, Phase.OPEN);
			client.close();
			assertThat(next.readToEnd()).isZero();
			assertThat(phases()).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.WAITING,
					Phase.CONNECTING, Phase.OPEN, Phase.CLOSED);
			assertThat(this.undelivered).isEmpty();
		}
	}

	/** Two packets are sent, and one is confirmed. */
	@ParameterizedTest
	@ValueSource(longs = { 0, 3, Long.MAX_VALUE })
	void anImpossibleNumberInAHeartbeatEndsTheSession(long number) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "1");
			client.notify("test.notify", "2".getBytes());
			link.readBodies(2);
			link.acknowledge(1);
			link.acknowledge(number);
			assertFails(pending, OutcomeUnknownException.class);
			// The server need not keep the session.
			assertThat(link.readToEnd()).isEqualTo(RawPacket.KICK);
			link.cut();
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
			assertThat(phases()).containsSubsequence(Phase.OPEN, Phase.LOST, Phase.WAITING);
			assertUndelivered("test.notify 2 perhaps");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 3 })
	void anImpossibleNumberInTheReplyEndsTheSession(long number) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.reply(200, ServerLink.sys(ServerLink.reply("t2", State.RESUMED, number)));
			assertFails(cut.written, OutcomeUnknownException.class);
			assertFails(cut.waiting, NotConnectedException.class);
			assertThat(next.readToEnd()).isZero();
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "03000000", "0300000400000000", "ff000000", "0400000208ff" })
	void aViolationEndsTheSessionSinceItWouldBeSentAgain(String hex) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "1");
			link.readMessage();
			link.sendRaw(HexFormat.of().parseHex(hex));
			assertThat(pending).failsWithin(TIMEOUT)
				.withThrowableThat()
				.withCauseInstanceOf(OutcomeUnknownException.class)
				.withMessageContaining("violated the protocol");
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
		}
	}

	@Test
	void aStrangeReplyToAResumeIsAFailedAttempt() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
			ServerLink third = server.accept();
			assertThat(third.readHandshake().token()).isEqualTo("t1");
			third.accept(ServerLink.reply("t2", State.RESUMED, 2));
			third.readAcknowledgement();
			assertThat(third.readBodies(2)).containsExactly("3", "4");
			assertThat(cut.written).isNotDone();
		}
	}

	@Test
	void aRejectedResumeClosesTheClient() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = client(server.client())) {
			Cut cut = Cut.of(server, client);
			ServerLink next = server.accept();
			next.readHandshake();
			next.reply(500, "{}");
			awaitPhase(client, Phase.CLOSED);
			assertThat(client.state().reason()).isInstanceOf(HandshakeRefusedException.class);
			assertFails(cut.written, OutcomeUnknownException.class);
			assertFails(cut.waiting, NotConnectedException.class);
			assertUndelivered("test.notify 2 perhaps", "test.notify 4 unsent");
		}
	}

	@Test
	void aClientThatIsClosedWhileItResumesReportsWhatIsNotConfirmed() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp")) {
			NanoClient client = client(server.client());
			Cut cut = Cut.of(server, client);
			server.stopListening();
			client.close();
			assertFails(cut.written, ClientClosedException.class);
			assertFails(cut.waiting, ClientClosedException.class);
			assertUndelivered("test.notify 2 perhaps", "test.notify 4 unsent");
			assertThat(phases()).endsWith(Phase.RESUMING, Phase.CLOSED);
		}
	}

	@ParameterizedTest
	@CsvSource({ "tcp, 5, 0", "tls, 5, 0", "ws, 4, 1000", "wss, 4, 1000" })
	void aClosedClientEndsItsSessionAfterItsLastMessage(String scheme, int lastPacket, int closeCode) throws Exception {
		try (ScriptedServer server = new ScriptedServer(scheme)) {
			NanoClient client = client(server.client());
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "1");
			client.notify("test.notify", "last words".getBytes());
			client.close();
			assertThat(link.readBodies(2)).containsExactly("1", "last words");
			assertThat(link.readToEnd()).isEqualTo((lastPacket == RawPacket.KICK) ? RawPacket.KICK : 0);
			assertThat(link.closeCode()).isEqualTo(closeCode);
			assertFails(pending, ClientClosedException.class);
			assertThat(this.undelivered).isEmpty();
			link.cut();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1011, 1013, 4001 })
	void aCloseFrameWithACodeOfTheServerEndsTheSession(int code) throws Exception {
		try (ScriptedServer server = new ScriptedServer("ws"); NanoClient client = client(server.client())) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			CompletableFuture<String> pending = request(client, "1");
			link.readMessage();
			link.closeWith(code);
			link.readToEnd();
			link.cut();
			assertThat(pending).failsWithin(TIMEOUT)
				.withThrowableThat()
				.withCauseInstanceOf(OutcomeUnknownException.class)
				.withMessageContaining(": " + code);
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
			assertThat(phases()).containsSubsequence(Phase.OPEN, Phase.LOST, Phase.WAITING);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, 1012, 4408 })
	void otherCloseFramesAreCuts(int code) throws Exception {
		try (ScriptedServer server = new ScriptedServer("ws"); NanoClient client = client(server.client())) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			link.closeWith(code);
			link.readToEnd();
			link.cut();
			assertThat(server.accept().readHandshake().token()).isEqualTo("t1");
		}
	}

	@Test
	void aSilentServerIsLeftWithoutACodeThatEndsTheSession() throws Exception {
		try (ScriptedServer server = new ScriptedServer("ws"); NanoClient client = client(server.client())) {
			client.connect().subscribe();
			ServerLink link = server.accept();
			link.readHandshake();
			link.reply(200, "{\"heartbeat\":1,\"resume\":%s}"
				.formatted(new String(ServerLink.reply("t1", State.NEW, 0).toJson())));
			link.readType(ServerLink.ACK);
			assertThat(link.readAcknowledgement()).isZero();
			link.push("on", "push");
			assertThat(link.readAcknowledgement()).isOne();
			link.readToEnd();
			assertThat(link.closeCode()).isZero();
			assertThat(server.accept().readHandshake()).isEqualTo(new ResumeRequest("t1", 1));
		}
	}

}
