package io.nanogame.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.connection.TransportSettings;
import io.nanogame.group.Group;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Request;
import io.nanogame.session.Brackets;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A player logs in again, and the client continues the older session.
 */
class ContinuedLoginTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final List<String> events = new CopyOnWriteArrayList<>();

	/** Ends the handlers of {@code test.wait}. */
	private final CompletableFuture<String> waiting = new CompletableFuture<>();

	/** Deferred requests. */
	private final List<Request> deferred = new CopyOnWriteArrayList<>();

	private MemoryServer server = new MemoryServer(0, LoginPolicy.CONTINUE);

	private Group room;

	private void start() {
		this.server.settings(settings(4096));
		routes(this.server).start();
		this.room = this.server.groups.create("room");
		this.server.sessions.addListener(new Events());
	}

	private static TransportSettings settings(int maxBytes) {
		return TestServer.settings((it) -> it.heartbeat(WINDOW)
			.requestTimeout(Duration.ofHours(1))
			.resume(new ResumeSettings(WINDOW, maxBytes, 10, 1 << 20)));
	}

	private <T extends TestServer> T routes(T on) {
		on.lane("test.login", (request) -> {
			Session session = request.session();
			session.bind("ann");
			session.push("onLogin", "after the response");
			return "in";
		}).loop("test.wait", (request) -> this.waiting).lane("test.defer", (request) -> {
			this.deferred.add(request.defer());
			return "never sent";
		}).lane("test.who", (request) -> request.session().id()).lane("test.join", (request) -> {
			this.room.add(request.session());
			return "joined";
		});
		return on;
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawClient connect() {
		RawClient client = this.server.connect().handshake();
		this.server.settle();
		return client;
	}

	private RawClient login() {
		RawClient client = connect().request(1, "test.login", "1");
		this.server.settle();
		return client;
	}

	private Session session() {
		return this.server.sessions.findByUid("ann").iterator().next();
	}

	private void cut(RawClient client) {
		client.reset();
		this.server.settle();
	}

	private static String next(RawClient client) {
		RawPacket packet = client.readData();
		return (packet.isPush() ? packet.route() : "response " + packet.id()) + " " + packet.payload();
	}

	// Output

	@Test
	void theResponseToTheLoginIsFirstThenThePushesSinceTheCutInOrder() {
		start();
		cut(login());
		session().push("onPush", 1);
		session().push("onPush", 2);
		RawClient client = login();
		session().push("onPush", 3);
		assertThat(next(client)).isEqualTo("response 1 \"in\"");
		assertThat(next(client)).isEqualTo("onPush 1");
		assertThat(next(client)).isEqualTo("onPush 2");
		assertThat(next(client)).isEqualTo("onLogin \"after the response\"");
		assertThat(next(client)).isEqualTo("onPush 3");
	}

	@Test
	void repliesToTheFormerClientAreDropped() {
		start();
		RawClient former = login().request(2, "test.wait", "1").request(3, "test.defer", "1");
		this.server.settle();
		cut(former);
		RawClient client = login();
		assertThat(next(client)).isEqualTo("response 1 \"in\"");
		assertThat(next(client)).startsWith("onLogin");
		client.request(2, "test.who", "1").request(3, "test.defer", "1");
		this.waiting.complete("for the former client");
		this.server.settle();
		this.deferred.get(0).reply("for the former client");
		assertThat(session().respond(3, "for this client")).isTrue();
		assertThat(next(client)).isEqualTo("response 2 " + session().id());
		assertThat(next(client)).isEqualTo("response 3 \"for this client\"");
	}

	@Test
	void membersReceiveBroadcastsWithoutJoiningAgain() {
		start();
		RawClient former = login().request(2, "test.join", "1");
		this.server.settle();
		cut(former);
		this.room.broadcast("onNews", "away");
		RawClient client = login();
		this.room.broadcast("onNews", "back");
		assertThat(client.readPush("onNews")).isEqualTo("\"away\"");
		assertThat(client.readPush("onNews")).isEqualTo("\"back\"");
		assertThat(this.room.members()).containsExactly(session());
	}

	@Test
	void aClientThatHasMissedTooMuchReceivesNoneOfIt() {
		this.server.settings(settings(1000));
		routes(this.server).start();
		this.server.sessions.addListener(new Events());
		cut(login());
		long id = session().id();
		session().push("onPush", "small");
		session().push("onPush", "x".repeat(1000));
		session().push("onPush", "later");
		RawClient client = login();
		assertThat(next(client)).isEqualTo("response 1 \"in\"");
		assertThat(next(client)).startsWith("onLogin");
		assertThat(session().id()).isEqualTo(id);
	}

	// Input

	@Test
	void requestsBehindTheLoginAreHandledInTheOlderSession() {
		start();
		cut(login());
		RawClient client = connect();
		client.sendBytes(concat(request(1, "test.login"), request(2, "test.who"), request(3, "test.join")));
		client.request(4, "test.who", "1");
		assertThat(client.readResponse(1)).isEqualTo("\"in\"");
		assertThat(client.readResponse(2)).isEqualTo(String.valueOf(session().id()));
		assertThat(client.readResponse(3)).isEqualTo("\"joined\"");
		assertThat(client.readResponse(4)).isEqualTo(String.valueOf(session().id()));
		assertThat(this.room.members()).containsExactly(session());
	}

	@Test
	void requestsBehindTheLoginWaitForThoseOfTheFormerClient() {
		start();
		RawClient former = login().request(2, "test.wait", "1").request(3, "test.join", "1");
		this.server.settle();
		cut(former);
		RawClient client = connect();
		client.sendBytes(concat(request(1, "test.login"), request(2, "test.who")));
		assertThat(next(client)).isEqualTo("response 1 \"in\"");
		this.server.settle();
		assertThat(this.room.count()).isZero();
		this.waiting.complete("done");
		assertThat(client.readResponse(2)).isEqualTo(String.valueOf(session().id()));
		assertThat(this.room.count()).as("was before").isOne();
	}

	private static byte[] request(int id, String route) {
		return RawClient.packet(RawPacket.DATA, RawClient.message(0, id, route, "1".getBytes()));
	}

	private static byte[] concat(byte[]... packets) {
		int length = 0;
		for (byte[] packet : packets) {
			length += packet.length;
		}
		java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(length);
		for (byte[] packet : packets) {
			all.put(packet);
		}
		return all.array();
	}

	// The session

	@Test
	void theNewObjectRepresentsTheOlderSession() {
		start();
		cut(login());
		Session older = session();
		older.attributes().set("level", 3);
		older.attributes().set("name", "Ann");
		connect();
		Session guest = this.server.sessions.all().stream().filter((it) -> it != older).findAny().orElseThrow();
		guest.attributes().set("level", 1);
		guest.onClose((closed) -> this.events.add("gone " + closed.id()));
		this.room.add(guest);
		assertThat(guest.bind("ann")).isSameAs(older);
		assertThat(guest.bind("ann")).isSameAs(older);
		assertThat(guest.id()).isEqualTo(older.id());
		assertThat(guest.attributes()).isSameAs(older.attributes());
		assertThat(older.attributes().state()).isEqualTo(Map.of("level", 1, "name", "Ann"));
		assertThat(this.room.count()).as("left at the login").isZero();
		this.room.add(guest);
		assertThat(this.room.members()).containsExactly(older);
		assertThat(this.server.sessions.all()).containsExactly(older);
		this.server.settle();
		assertThat(older.isConnected()).isTrue();
		guest.kick("enough");
		this.server.settle();
		assertThat(older.isOpen()).isFalse();
		assertThat(this.events).containsExactly("opened 1", "bound 1", "detached 1 client-closed", "opened 2",
				"resumed 1", "gone 1", "closed 1 kick");
	}

	@Test
	void aLoginInTheHandshakeOpensNoOtherSession() {
		this.server
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.session().bind("ann"))));
		start();
		cut(connect());
		session().push("onPush", "away");
		RawClient client = connect();
		assertThat(next(client)).isEqualTo("onPush \"away\"");
		client.request(1, "test.who", "1");
		assertThat(client.readResponse(1)).isEqualTo("1");
		assertThat(this.events).containsExactly("bound 1", "opened 1", "detached 1 client-closed", "resumed 1");
	}

	@Test
	void ofTwoLoginsTheLaterOneContinuesTheSession() {
		start();
		cut(login());
		RawClient second = login();
		RawClient third = login();
		assertThat(second.readEnd()).isEqualTo("end");
		assertThat(third.readResponse(1)).isEqualTo("\"in\"");
		session().push("onPush", "here");
		assertThat(third.readPush("onPush")).isEqualTo("\"here\"");
		assertThat(this.server.sessions.count()).isOne();
	}

	@Test
	void aKickReachesTheClientThatContinues() {
		start();
		cut(login());
		RawClient client = login();
		session().kick("enough");
		assertThat(client.readKick()).contains("enough");
		this.server.settle();
		assertThat(this.events).endsWith("closed 1 kick");
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void afterTheWindowALoginIsThatOfANewSession() {
		start();
		cut(login());
		this.server.advance(WINDOW.plusSeconds(10));
		this.server.settle();
		assertThat(this.events).endsWith("closed 1 client-closed");
		login();
		assertThat(session().id()).isEqualTo(2);
	}

	@Test
	void aCleanEndClosesTheSession() {
		start();
		RawClient client = login();
		client.send(RawClient.packet(RawPacket.KICK, new byte[0]));
		this.server.settle();
		assertThat(this.events).endsWith("closed 1 client-closed");
		login();
		assertThat(session().id()).isEqualTo(2);
	}

	@Test
	void aGuestIsNotKept() {
		start();
		cut(connect());
		assertThat(this.server.sessions.count()).isZero();
		RawClient client = login();
		session().unbind();
		cut(client);
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void aClientWithAnotherSerializerReplacesTheSession() {
		this.server.with((builder) -> builder.serializers(List.of(new Brackets("brackets")))
			.handshakeValidators(List.of((handshake) -> {
				if (handshake.request().user().has("brackets")) {
					handshake.serializer("brackets");
				}
			})));
		start();
		RawClient former = login();
		RawClient client = this.server.connect();
		client.handshake("{\"user\":{\"brackets\":true}}");
		client.request(1, "test.login", "1");
		assertThat(former.readKick()).contains("logged in elsewhere");
		this.server.settle();
		assertThat(session().id()).isEqualTo(2);
	}

	private Session guest() {
		connect();
		return this.server.sessions.all().stream().filter((it) -> it.uid() == null).findAny().orElseThrow();
	}

	@Test
	void aLoginWhileTheSessionOpensLeavesTheOlderSessionListed() {
		this.server
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.session().bind("guest"))));
		start();
		connect();
		Session older = this.server.sessions.all().iterator().next();
		older.unbind();
		older.bind("ann");
		SessionRegistry.of(this.server.sessions).logins().addObserver(new LoginObserver() {

			@Override
			public void bound(Session session, String uid, boolean here) {
				if (uid.equals("guest")) {
					session.unbind();
					session.bind("ann");
				}
			}

			@Override
			public void unbound(Session session, String uid, boolean here) {
			}

		});
		connect();
		assertThat(this.server.sessions.all()).containsExactly(older);
		assertThat(this.server.sessions.find(older.id())).containsSame(older);
		assertThat(older.isConnected()).isTrue();
	}

	@Test
	void aGuestHasNotThePrincipalOfTheOlderSession() {
		start();
		login();
		Session older = session();
		older.principal(() -> "admin");
		guest().bind("ann");
		assertThat(older.principal()).isNull();
	}

	@Test
	void anAttributeThatCannotBeSetDoesNotPreventTheLogin() {
		start();
		AtomicBoolean checks = new AtomicBoolean();
		SessionRegistry.of(this.server.sessions).checkAttributes((name, value) -> {
			if (checks.get() && name.equals("unsuitable")) {
				throw new IllegalArgumentException("expected by this test");
			}
		});
		login();
		Session older = session();
		Session guest = guest();
		guest.attributes().set("unsuitable", 1);
		guest.attributes().set("level", 2);
		checks.set(true);
		assertThat(guest.bind("ann")).isSameAs(older);
		this.server.settle();
		assertThat(older.isConnected()).isTrue();
		assertThat(older.attributes().state()).isEqualTo(Map.of("level", 2));
	}

	@Test
	void aListenerOfPrincipalsHasTheOlderSession() {
		start();
		cut(login());
		Session older = session();
		Session guest = guest();
		guest.principal(() -> "ann");
		this.server.sessions.addListener(new SessionListener() {

			@Override
			public void principalChanged(Session session) {
				guest.onClose((closed) -> ContinuedLoginTests.this.events.add("gone"));
				ContinuedLoginTests.this.room.add(guest);
			}

		});
		guest.bind("ann");
		this.server.settle();
		assertThat(this.events).doesNotContain("gone");
		assertThat(this.room.members()).containsExactly(older);
		assertThat(this.room.contains(older)).isTrue();
		older.close();
		this.server.settle();
		assertThat(this.events).contains("gone");
		assertThat(this.room.count()).isZero();
	}

	@Test
	void aSessionWhoseNextClientIsKnownDoesNotCountAsDetached() {
		this.server.settings(TestServer.settings((it) -> it.resume(new ResumeSettings(WINDOW, 4096, 1, 1 << 20))));
		routes(this.server).start();
		RawClient other = connect();
		Session bob = this.server.sessions.all().iterator().next().bind("bob");
		cut(other);
		login();
		login();
		assertThat(session().isConnected()).isTrue();
		assertThat(bob.closeReason()).isNull();
	}

	// The former socket

	@ParameterizedTest
	@CsvSource({ "TCP, end", "TLS, end", "WEBSOCKET, 'close 1012 resumed by another connection, end'" })
	void theFormerSocketIsClosedWithoutAKickAfterItsOutput(Line line, String end) {
		try (TestServer sockets = routes(Line.open(new TestServer(0, LoginPolicy.CONTINUE)))) {
			sockets.start();
			try (RawClient former = line.connect(sockets.port()).handshake().request(1, "test.login", "1")) {
				assertThat(former.readResponse(1)).isEqualTo("\"in\"");
				await().until(() -> sockets.sessions.findByUid("ann").size() == 1);
				Session session = sockets.sessions.findByUid("ann").iterator().next();
				session.push("onPush", "last");
				try (RawClient client = line.connect(sockets.port()).handshake().request(1, "test.login", "1")) {
					assertThat(client.readResponse(1)).isEqualTo("\"in\"");
					assertThat(former.readPush("onPush")).isEqualTo("\"last\"");
					assertThat(former.readEnd()).isEqualTo(end);
					session.push("onPush", "next");
					assertThat(client.readPush("onPush")).isEqualTo("\"next\"");
					client.request(2, "test.fastEcho", "2");
					assertThat(client.readResponse(2)).isEqualTo("2");
				}
			}
		}
	}

	private final class Events implements SessionListener {

		@Override
		public void opened(Session session) {
			ContinuedLoginTests.this.events.add("opened " + session.id());
		}

		@Override
		public void bound(Session session) {
			ContinuedLoginTests.this.events.add("bound " + session.id());
		}

		@Override
		public void detached(Session session, CloseReason reason) {
			ContinuedLoginTests.this.events.add("detached " + session.id() + " " + reason.code());
		}

		@Override
		public void resumed(Session session) {
			ContinuedLoginTests.this.events.add("resumed " + session.id());
		}

		@Override
		public void closed(Session session, CloseReason reason) {
			ContinuedLoginTests.this.events.add("closed " + session.id() + " " + reason.code());
		}

	}

}
