package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to the sockets of a player between a login and the move of its client.
 */
class ContinueRaceTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final byte[] LOGIN = request(1, "lane.login");

	private final StillServer server = new StillServer(
			TestServer.settings((it) -> it.heartbeat(Duration.ofMinutes(10))
				.highWaterMark(1000)
				.requestTimeout(Duration.ofHours(1))
				.resume(new ResumeSettings(WINDOW, 4096, 10, 1 << 20))),
			LoginPolicy.CONTINUE, Route.of("lane.login", ContinueRaceTests::login),
			Route.of("lane.echo", Request::body), Route.of("lane.slow", (request) -> this.slow),
			Route.of("lane.logout", ContinueRaceTests::logOut));

	/** Ends the handlers of {@code lane.slow}. */
	private final CompletableFuture<String> slow = new CompletableFuture<>();

	private StillServer.Client former;

	private Session session;

	private static Object login(Request request) {
		request.session().bind("ann");
		return "in";
	}

	private static Object logOut(Request request) {
		request.session().unbind();
		return "out";
	}

	private static byte[] request(int id, String route) {
		return RawClient.packet(4, RawClient.message(0, id, route, "1".getBytes(StandardCharsets.UTF_8)));
	}

	@BeforeEach
	void logIn() {
		this.former = this.server.connect().handshake();
		this.former.send(LOGIN);
		this.server.finish();
		this.session = this.server.session();
	}

	/** A client whose login was handled, and whose loop has not noticed that. */
	private StillServer.Client login() {
		StillServer.Client client = this.server.connect();
		client.send(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.workers.runAll();
		return client;
	}

	@Test
	void theFormerClientCannotCloseTheSessionAnyMore() {
		this.former.queue(RawClient.packet(5, new byte[0]));
		StillServer.Client client = this.server.connectElsewhere();
		client.queue(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.otherLoop.runAll();
		this.server.workers.runAll();
		finish();
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(client.text()).contains("in");
		assertThat(this.former.isClosed()).isTrue();
	}

	@Test
	void aCutOfTheFormerClientKeepsTheSession() {
		StillServer.Client client = this.server.connectElsewhere();
		client.queue(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.otherLoop.runAll();
		this.former.cut();
		this.server.workers.runAll();
		finish();
		assertThat(this.session.isConnected()).isTrue();
	}

	private void finish() {
		for (int i = 0; i < 5; i++) {
			this.server.finish();
			this.server.otherLoop.runAll();
		}
	}

	@Test
	void aSessionWhoseNewClientIsGoneBeforeItsMoveIsKeptForTheWindow() {
		StillServer.Client client = login();
		client.cut();
		this.server.finish();
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.session.isConnected()).isFalse();
		login();
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void aSessionWhoseNewClientWasGoneEndsAfterTheWindow() {
		login().cut();
		this.server.finish();
		this.server.pass(WINDOW.plusSeconds(10));
		this.server.finish();
		assertThat(this.session.closeReason()).isNotNull();
		assertThat(this.server.connections().count()).isZero();
		assertThat(this.server.resumable().detachedCount()).isZero();
	}

	@Test
	void aKickBeforeTheMoveReachesTheNewClient() {
		StillServer.Client client = login();
		this.session.kick("enough");
		this.server.finish();
		assertThat(client.isClosed()).isTrue();
		assertThat(client.text()).contains("in", "enough");
		assertThat(this.former.text()).doesNotContain("enough");
		assertThat(this.server.sessions.all()).isEmpty();
	}

	@Test
	void aLaterLoginIsContinuedAlsoBeforeTheMoveOfTheEarlierOne() {
		StillServer.Client second = login();
		StillServer.Client third = login();
		this.server.finish();
		assertThat(second.isClosed()).isTrue();
		assertThat(third.isClosed()).isFalse();
		this.session.push("onPush", "here");
		this.server.finish();
		assertThat(third.text()).contains("in", "here");
		assertThat(second.text()).doesNotContain("here");
	}

	@Test
	void aLogoutOfTheFormerClientDoesNotMakeTheNewClientAGuest() {
		this.former.send(request(2, "lane.slow"), request(3, "lane.logout"));
		StillServer.Client client = login();
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
		this.slow.complete("done");
		this.server.finish();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.SESSION_LOST);
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void theNewClientDoesNotReachThePlayerToWhomAHandlerOfTheFormerOneBindsTheSession() {
		this.former.send(request(2, "lane.slow"));
		StillServer.Client client = login();
		this.session.unbind();
		this.session.bind("bob");
		this.session.push("onPush", "for bob");
		this.server.finish();
		assertThat(client.isClosed()).isTrue();
		assertThat(client.text()).contains("in").doesNotContain("for bob");
	}

	@Test
	void aClientThatOfferedAnotherUidDoesNotTakeTheSession() {
		StillServer.Client client = login();
		this.session.unbind();
		this.session.bind("bob");
		this.server.finish();
		assertThat(client.isClosed()).isTrue();
		assertThat(this.session.isConnected()).isFalse();
	}

	@Test
	void anErrorOfTheFormerClientKeepsTheSession() {
		StillServer.Client client = this.server.connectElsewhere();
		client.queue(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.otherLoop.runAll();
		this.server.workers.runAll();
		this.former.connection().end(CloseReason.SERVER_ERROR);
		finish();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(client.isClosed()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "onPush", StillServer.COALESCED })
	void aFormerClientThatDoesNotReadDoesNotCloseTheSession(String route) {
		this.former.stopReading();
		login();
		List.of(1, 2, 3).forEach((number) -> this.session.push(route, "x".repeat(1 << 17)));
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void aFormerClientThatDoesNotReadIsAborted() {
		this.former.stopReading();
		this.session.push("onPush", "unread");
		login();
		this.server.finish();
		assertThat(this.former.isClosed()).isFalse();
		this.server.pass(Duration.ofSeconds(10));
		this.server.finish();
		assertThat(this.former.isClosed()).isTrue();
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void anEvictedSessionThatHasAClientAgainDoesNotDisableTheLimitOfBytes() {
		StillServer small = new StillServer(
				TestServer.settings((it) -> it.resume(new ResumeSettings(WINDOW, 4096, 1, 3000))), LoginPolicy.CONTINUE,
				Route.of("lane.login", ContinueRaceTests::login));
		small.connect().handshake().send(LOGIN);
		small.finish();
		Session evicted = small.session();
		small.resumable().detached(evicted);
		small.resumable().attached(small.resumable().detached(evicted));
		small.finish();
		assertThat(evicted.closeReason()).isEqualTo(CloseReason.RESUME_LIMIT);
		StillServer.Client next = small.connect().handshake().send(LOGIN);
		small.finish();
		Session detached = small.session();
		next.cut();
		small.finish();
		detached.push("onPush", "x".repeat(3500));
		small.finish();
		assertThat(detached.closeReason()).isEqualTo(CloseReason.RESUME_LIMIT);
	}

	@Test
	void aClientWhoseLoopHasRejectedItsMoveMovesWithTheNextSweep() {
		LossySocket client = new LossySocket(this.server.transport());
		client.receive(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		client.full(true);
		this.server.finish();
		assertThat(this.session.isConnected()).isFalse();
		client.full(false);
		client.sweep();
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void aSessionWhoseNewClientHasEndedBeforeItsMoveHandlesFurtherLogins() {
		LossySocket client = new LossySocket(this.server.transport());
		client.receive(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.workers.runAll();
		client.full(true);
		client.end();
		this.server.finish();
		client.full(false);
		client.sweep();
		this.server.finish();
		StillServer.Client next = login();
		next.send(request(2, "lane.echo"));
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(next.packets(4)).isEqualTo(2);
		assertThat(this.server.connections().count()).isEqualTo(2);
	}

	@Test
	void aSocketThatHasLostOutputOfTheSessionClosesIt() {
		LossySocket client = new LossySocket(this.server.transport());
		client.receive(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 }, LOGIN);
		this.server.finish();
		client.sweep();
		this.server.finish();
		assertThat(this.session.isConnected()).isTrue();
		client.loseOutput();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.SERVER_ERROR);
	}

	@Test
	void theEndOfTheServerClosesTheSession() {
		login();
		this.server.connections().drain();
		this.server.finish();
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.SHUTDOWN);
	}

}
