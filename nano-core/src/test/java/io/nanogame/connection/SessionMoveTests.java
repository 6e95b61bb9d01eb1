package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.nanogame.observe.LoggedClient;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeState;
import io.nanogame.session.LatestPush;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.RawClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static io.nanogame.connection.MovingServers.ACK;
import static io.nanogame.connection.MovingServers.claim;
import static io.nanogame.connection.MovingServers.resume;
import static io.nanogame.connection.MovingServers.token;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session leaves one server, and its client continues it on another one.
 */
class SessionMoveTests {

	private final MovingServers servers = new MovingServers(LoginPolicy.CONTINUE);

	private final StillServer first = this.servers.first;

	private final StillServer second = this.servers.second;

	private final StillServer.Client before = this.servers.connect();

	private final Session session = this.servers.session();

	private void push(Session to, StillServer server, String... pushes) {
		for (String push : pushes) {
			to.push("onPush", push);
		}
		server.finish();
	}

	/** The client has received the response to its login, and some pushes. */
	private StillServer.Client claimAtSecond(int received) {
		StillServer.Client client = claim(this.second, resume(token(this.before), received));
		assertThat(client.text()).isEmpty();
		return client;
	}

	private void confirm(StillServer.Client client) {
		client.send(ACK);
		this.second.finish();
	}

	private static String bodies(StillServer.Client client) {
		return client.text().replaceAll("(?s)[^<]*(<\\w+>)?", "$1");
	}

	// What moves

	@Test
	void theClientContinuesItsSessionWithNothingLostOrTwice() {
		push(this.session, this.first, "<one>", "<two>");
		this.servers.cut(this.before);
		push(this.session, this.first, "<three>");
		StillServer.Client client = claimAtSecond(2);
		Session moved = this.servers.move();
		assertThat(moved.id()).isEqualTo(this.session.id());
		assertThat(moved.isConnected()).isFalse();
		assertThat(this.first.resumable().count(ResumeOutcome.MOVED)).isOne();
		push(moved, this.second, "<four>");
		assertThat(client.text()).contains("\"state\":\"resumed\"", "\"received\":1").doesNotContain("onPush");
		confirm(client);
		assertThat(moved.isConnected()).isTrue();
		push(moved, this.second, "<five>");
		assertThat(bodies(client)).isEqualTo("<two><three><four><five>");
		client.send(MovingServers.request(2, "lane.echo"));
		this.second.finish();
		assertThat(client.packets(4)).isEqualTo(5);
	}

	@Test
	void theSessionIsFoundByItsIdAndItsUid() {
		this.servers.cut(this.before);
		claimAtSecond(1);
		Session moved = this.servers.move();
		assertThat(this.second.sessions.find(this.session.id())).containsSame(moved);
		assertThat(this.second.sessions.findByUid("ann")).containsExactly(moved);
		assertThat(moved.uid()).isEqualTo("ann");
		assertThat(moved.handshake()).isSameAs(this.session.handshake());
		assertThat(SessionHandle.of(moved).connection()).hasToString(LoggedClient.of(moved).toString());
	}

	@Test
	void aCopyContinuesInPlaceWithItsAttributes() {
		this.servers.cut(this.before);
		SessionRegistry registry = SessionRegistry.of(this.second.sessions);
		Session copy = registry.create(this.session.id(),
				new MemoryConnection(new MemoryConnection.Loop(Runnable::run)), this.session.handshake(),
				registry.payloads());
		registry.open(copy);
		copy.attributes().set("level", 7);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		assertThat(this.servers.arrive(answer, copy)).isSameAs(copy);
		confirm(client);
		push(copy, this.second, "<one>");
		assertThat(bodies(client)).isEqualTo("<one>");
		assertThat(copy.attributes().getInt("level")).isEqualTo(7);
	}

	@Test
	void anEarlierTokenStaysValidBecauseTheRepliesMayBeLost() {
		this.servers.cut(this.before);
		StillServer.Client unconfirmed = claim(this.first, resume(token(this.before), 1));
		assertThat(unconfirmed.text()).contains("\"state\":\"resumed\"");
		StillServer.Client client = claimAtSecond(1);
		Session moved = this.servers.move();
		confirm(client);
		assertThat(moved.isConnected()).isTrue();
		assertThat(unconfirmed.isClosed()).isTrue();
		StillServer.Client late = claim(this.second, resume(token(this.before), 1));
		assertThat(late.text()).contains("\"state\":\"lost\"");
	}

	@Test
	void theStateContainsWhichPacketsArePushesAndWhatWasSentBeforeTheCut() {
		push(this.session, this.first, "<one>");
		this.servers.cut(this.before);
		push(this.session, this.first, "<two>");
		claimAtSecond(0);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		ResumeState state = answer.state;
		assertThat(state.kept()).extracting(ResumeState.Packet::isPush).containsExactly(false, true, true);
		assertThat(state.sent()).isEqualTo(3);
		assertThat(state.sentBefore()).isEqualTo(2);
		assertThat(state.received()).isEqualTo(1);
		assertThat(state.toString()).doesNotContain(token(this.before));
	}

	/** It receives only what the former client cannot have received. */
	@Test
	void anotherClientThatLogsInReceivesThePushesSinceTheCut() {
		push(this.session, this.first, "<one>");
		this.before.send(MovingServers.request(2, "lane.slow"));
		this.first.finish();
		this.servers.cut(this.before);
		push(this.session, this.first, "<two>");
		this.servers.slow.complete("<a response to the former client>");
		this.first.finish();
		claimAtSecond(0).cut();
		Session moved = this.servers.move();
		push(moved, this.second, "<three>");
		StillServer.Client other = this.second.connect();
		other.send(new byte[] { 1, 0, 0, 0 }, ACK, MovingServers.request(1, "lane.login"));
		this.second.finish();
		assertThat(moved.isConnected()).isTrue();
		assertThat(this.second.sessions.findByUid("ann")).containsExactly(moved);
		assertThat(bodies(other)).isEqualTo("<two><three>");
		assertThat(other.packets(4)).as("a response to its own login, and two pushes").isEqualTo(3);
	}

	@Test
	void heldPushesMove() {
		this.servers.cut(this.before);
		push(this.session, this.first, "x".repeat(1500));
		this.session.push(StillServer.COALESCED, "<held>");
		this.session.pushLatest("onLatest", () -> "<latest>");
		this.first.finish();
		StillServer.Client client = claimAtSecond(1);
		Session moved = this.servers.move();
		assertThat(this.servers.roads.get(0).sent()).containsExactly("push onState \"<held>\"",
				"push onLatest \"<latest>\"");
		confirm(client);
		assertThat(moved.isConnected()).isTrue();
	}

	/** As kept packets they would be too many. */
	@Test
	void heldPushesDoNotLoseTheSession() {
		this.servers.cut(this.before);
		push(this.session, this.first, "x".repeat(1800), "x".repeat(1800));
		this.session.push(StillServer.COALESCED, "x".repeat(700));
		this.first.finish();
		StillServer.Client client = claimAtSecond(1);
		Session moved = this.servers.move();
		assertThat(client.text()).contains("\"state\":\"resumed\"");
		assertThat(moved.isOpen()).isTrue();
		assertThat(this.servers.roads.get(0).sent()).hasSize(1);
	}

	@Test
	void aClientThatMissesTooMuchDuringTheDepartureLoses() {
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer, (session) -> {
			for (int i = 0; i < 5; i++) {
				session.push("onPush", "x".repeat(1000));
			}
		}, (session) -> {
		});
		// Queued behind the departure, like pushes of other threads.
		this.first.finish();
		assertThat(answer.state.overflowed()).isTrue();
		Session moved = this.servers.arrive(answer, null);
		assertThat(client.text()).contains("\"state\":\"lost\"");
		assertThat(moved.isOpen()).isTrue();
	}

	@Test
	void outputAfterTheDepartureIsPassedOn() {
		this.servers.cut(this.before);
		claimAtSecond(1);
		ClientConnection former = (ClientConnection) SessionHandle.of(this.session).connection();
		this.servers.move();
		push(this.session, this.first, "<one>");
		// Another thread had read the connection before the departure.
		former.outbound().deliver(this.session, push("<two>"));
		assertThat(former.hold(new LatestPush(this.session, "onLatest", null, () -> "<three>"))).as("held").isFalse();
		this.session.pushLatest("onLatest", () -> "<three>");
		this.first.finish();
		assertThat(this.servers.roads.get(0).sent()).containsExactly("push onPush \"<one>\"", "push onPush \"<two>\"",
				"push onLatest \"<three>\"");
	}

	/** Another thread had read the connection before. */
	@Test
	void aPushThatIsHeldDuringTheDepartureIsPassedOn() {
		this.servers.cut(this.before);
		claimAtSecond(1);
		ClientConnection former = (ClientConnection) SessionHandle.of(this.session).connection();
		this.servers.release(this.servers.claim());
		this.first.nextTurn();
		assertThat(former.hold(new LatestPush(this.session, "onLatest", null, () -> "<one>"))).isTrue();
		this.first.finish();
		assertThat(this.servers.roads.get(0).sent()).containsExactly("push onLatest \"<one>\"");
	}

	private OutboundMessage push(String value) {
		return OutboundMessage.push("onPush", value, SessionRegistry.of(this.first.sessions).payloads());
	}

	/** Another thread has sent it before the session has another connection. */
	@Test
	void outputThatIsQueuedAtTheDepartureMoves() {
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.session.push("onPush", "<queued>");
		this.first.finish();
		assertThat(this.servers.roads.get(0).sent()).isEmpty();
		this.servers.arrive(answer, null);
		confirm(client);
		assertThat(bodies(client)).isEqualTo("<queued>");
	}

	/** The loop delivers it when the session has another connection. */
	@Test
	void aPushToTheMembersOfItsLoopMovesWithTheSessionOrIsPassedOn() {
		this.servers.cut(this.before);
		claimAtSecond(1);
		LoopMembers members = SessionHandle.of(this.session).connection().loop().members();
		members.add(this.session);
		this.first.runTurns();
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		members.broadcast(push("<one>"));
		this.first.finish();
		assertThat(answer.state.kept()).extracting((packet) -> new String(packet.bytes(), StandardCharsets.UTF_8))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("<one>");
		members.broadcast(push("<two>"));
		this.first.finish();
		assertThat(this.servers.roads.get(0).sent()).containsExactly("push onPush \"<two>\"");
	}

	@Test
	void theWindowBeginsAnew() {
		this.servers.cut(this.before);
		this.first.pass(Duration.ofSeconds(25));
		claimAtSecond(1).cut();
		Session moved = this.servers.move();
		this.second.pass(Duration.ofSeconds(25));
		this.second.finish();
		assertThat(moved.isOpen()).isTrue();
		this.second.pass(Duration.ofSeconds(25));
		this.second.finish();
		assertThat(moved.isOpen()).isFalse();
	}

	// The protocol json

	@Test
	void aClientOfTheProtocolJsonContinuesItsSession() {
		StillServer.Client json = this.first.connect(JsonProtocol.NAME);
		json.send(line("{\"handshake\":{},\"resume\":{}}"));
		this.first.runTurns();
		json.send(line("{\"ack\":0}"));
		this.first.finish();
		Session former = this.first.sessions.find(2).orElseThrow();
		push(former, this.first, "<one>");
		json.cut();
		this.first.finish();
		this.before.send(RawClient.packet(5, new byte[0]));
		this.first.finish();
		StillServer.Client client = this.second.connect(JsonProtocol.NAME);
		client.send(line("{\"handshake\":{},\"resume\":" + resume(token(json), 0) + "}"));
		this.second.runTurns();
		ResumeState[] left = new ResumeState[1];
		MovingServers.Answer answer = new MovingServers.Answer(0);
		RemoteClaim remote = new RemoteClaim(JsonProtocol.NAME, 0, false, "", answer);
		remote.submit(this.first.transport(), this.servers.query().token());
		this.first.runTurns();
		remote.release((session) -> {
		}, (state) -> left[0] = state);
		this.first.finish();
		this.servers.query()
			.restore(new MovedSession(2, former.handshake(),
					this.second.transport().protocols().find(JsonProtocol.NAME).payloads(), null,
					former.remoteAddress(), former.transport()), left[0], (session) -> {
					}, () -> {
					});
		this.second.finish();
		client.send(line("{\"ack\":0}"));
		this.second.finish();
		push(this.second.session(), this.second, "<two>");
		assertThat(bodies(client)).isEqualTo("<one><two>");
		assertThat(client.text()).contains("\"state\":\"resumed\"");
	}

	private static byte[] line(String frame) {
		return (frame + "\n").getBytes(StandardCharsets.UTF_8);
	}

	// What is left

	@Test
	void nothingIsLeftBehind() {
		push(this.session, this.first, "<one>");
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		assertThat(this.first.resumable().bytes()).isPositive();
		Session moved = this.servers.move();
		assertThat(this.first.connections().count()).isZero();
		assertThat(this.first.resumable().bytes()).isZero();
		assertThat(this.first.resumable().detachedCount()).isZero();
		assertThat(this.first.resumable().count(ResumeOutcome.CLOSED)).isZero();
		assertThat(this.first.sessions.findByUid("ann")).as("as a session of the other server").hasSize(1);
		assertThat(this.second.resumable().detachedCount()).isOne();
		assertThat(this.second.resumable().bytes()).isPositive();
		confirm(client);
		assertThat(this.second.resumable().detachedCount()).isZero();
		assertThat(this.second.resumable().count(ResumeOutcome.RESUMED)).isOne();
		moved.close();
		this.second.finish();
		this.second.pass(Duration.ofMinutes(2));
		this.second.finish();
		assertThat(this.second.connections().count()).isZero();
		assertThat(this.second.resumable().bytes()).isZero();
		assertThat(this.second.sessions.count()).isZero();
		assertThat(this.second.sessions.findByUid("ann")).isEmpty();
	}

	@Test
	void theFormerServerDoesNotCloseTheSessionWhenItsWindowIsOver() {
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		this.servers.move();
		confirm(client);
		this.first.pass(Duration.ofMinutes(2));
		this.first.finish();
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.servers.roads.get(0).closed()).isEmpty();
		assertThat(this.first.resumable().count(ResumeOutcome.WINDOW_OVER)).isZero();
	}

	@Test
	void aSessionThatCannotContinueIsLostAndLeavesNothing() {
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		this.servers.restore(new MovedSession(this.session.id(), this.session.handshake(), this.session.payloads(),
				null, this.session.remoteAddress(), this.session.transport()), answer, (session) -> {
				});
		assertThat(answer.events).containsExactly("ready", "failed");
		assertThat(client.text()).contains("\"state\":\"lost\"");
		assertThat(this.second.connections().count()).isOne();
		assertThat(this.second.sessions.find(this.session.id())).isEmpty();
	}

	/** Other servers still send to the former owner by it. */
	@Test
	void aCopyStaysOneIfTheSessionCannotContinue() {
		this.servers.cut(this.before);
		MemoryConnection road = new MemoryConnection(new MemoryConnection.Loop(Runnable::run));
		SessionRegistry registry = SessionRegistry.of(this.second.sessions);
		Session copy = registry.createUnlisted(this.session.id(), road, registry.payloads(), null);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		ResumeState state = answer.state;
		answer.state = new ResumeState(state.protocol(), state.tokens(), state.received(), 0, 0,
				Collections.singletonList(null), false);
		this.servers.restore(new MovedSession(copy.id(), this.session.handshake(), copy.payloads(), copy,
				this.session.remoteAddress(), this.session.transport()), answer, (session) -> {
				});
		assertThat(answer.events).containsExactly("ready", "failed");
		assertThat(client.text()).contains("\"state\":\"lost\"");
		assertThat(SessionHandle.of(copy).connection()).isSameAs(road);
		assertThat(this.second.connections().count()).isOne();
	}

	@Test
	void aSessionThatTheServerCannotUseIsClosedAndItsClientNotifiedOfThat() {
		this.servers.cut(this.before);
		StillServer.Client client = claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		this.servers.restore(new MovedSession(this.session.id(), this.session.handshake(),
				SessionRegistry.of(this.second.sessions).payloads(), null, this.session.remoteAddress(),
				this.session.transport()), answer, (session) -> {
					throw new IllegalStateException("no such attribute");
				});
		assertThat(answer.events).containsExactly("ready");
		assertThat(client.text()).contains("\"state\":\"lost\"", "\"code\":\"session-lost\"");
		assertThat(this.second.sessions.find(this.session.id())).isEmpty();
		assertThat(this.second.connections().count()).isOne();
		assertThat(this.second.resumable().bytes()).isZero();
	}

	/** It was away from the first server meanwhile. */
	@Test
	void aSessionThatReturnsCanBeContinuedByALogin() {
		this.servers.cut(this.before);
		claimAtSecond(1);
		MovingServers.Answer answer = this.servers.claim();
		this.servers.release(answer);
		this.first.finish();
		StillServer.Client back = claim(this.first, resume(token(this.before), 1));
		this.servers.query()
			.restore(
					new MovedSession(this.session.id(), this.session.handshake(), this.session.payloads(), this.session,
							this.session.remoteAddress(), this.session.transport()),
					answer.state, (session) -> SessionHandle.of(session).login().restore("ann", 1), () -> {
					});
		this.first.finish();
		assertThat(back.text()).contains("\"state\":\"resumed\"");
		StillServer.Client other = this.first.connect();
		other.send(new byte[] { 1, 0, 0, 0 }, ACK, MovingServers.request(1, "lane.login"));
		this.first.finish();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.first.sessions.findByUid("ann")).containsExactly(this.session);
	}

	@Test
	void aSessionThatReturnsHasUsedItsAllowance() {
		MovingServers limited = new MovingServers(LoginPolicy.CONTINUE,
				new TransportLimits(0, 0, 1, 2, Map.of(), TransportLimits.OnExcess.ANSWER));
		StillServer.Client client = limited.connect();
		client.send(MovingServers.request(2, "lane.echo"));
		limited.first.finish();
		Session moving = limited.session();
		limited.cut(client);
		claim(limited.second, resume(token(client), 2));
		MovingServers.Answer answer = limited.claim();
		limited.release(answer);
		limited.first.finish();
		StillServer.Client back = claim(limited.first, resume(token(client), 2));
		limited.query()
			.restore(new MovedSession(moving.id(), moving.handshake(), moving.payloads(), moving,
					moving.remoteAddress(), moving.transport()), answer.state, (session) -> {
					}, () -> {
					});
		limited.first.finish();
		back.send(ACK, MovingServers.request(3, "lane.echo"));
		limited.first.finish();
		assertThat(moving.isConnected()).isTrue();
		assertThat(back.packets(4)).as("it waits for its tokens, because it has resumed").isZero();
		limited.first.pass(Duration.ofSeconds(2));
		limited.first.finish();
		assertThat(back.packets(4)).isOne();
	}

	@Test
	void aClientThatHasContinuedItsSessionByALoginResumesItElsewhere() {
		this.servers.cut(this.before);
		StillServer.Client other = this.servers.connect();
		assertThat(this.first.sessions.count()).isOne();
		push(this.session, this.first, "<one>");
		this.servers.cut(other);
		StillServer.Client client = claim(this.second, resume(token(other), 1));
		MovingServers.Answer answer = this.servers.claim();
		assertThat(answer.events).containsExactly("ready");
		this.servers.release(answer);
		this.first.finish();
		this.servers.arrive(answer, null);
		assertThat(client.text()).contains("\"state\":\"resumed\"");
		confirm(client);
		assertThat(bodies(client)).isEqualTo("<one>");
	}

}
