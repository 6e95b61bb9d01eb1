package io.nanogame.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.group.Group;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.RemoteLogins;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.RawClient;
import io.nanogame.user.LocalUsers;
import io.nanogame.user.Users;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Logins in handshakes and in handlers, as clients see them.
 */
class HandshakeLoginTests {

	private static final String HANDSHAKE = "01000000";

	private static final String ACK = "02000000";

	private final List<String> closed = new CopyOnWriteArrayList<>();

	private TestServer server;

	/** A validator logs in each client as ann; handlers bind to what they are sent. */
	private void start(LoginPolicy policy) {
		this.server = new TestServer(0, policy)
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.session().bind("ann")))
				.sessionListeners(List.of(new SessionListener() {
					@Override
					public void closed(Session session, CloseReason reason) {
						HandshakeLoginTests.this.closed.add(reason.code());
					}
				})));
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aLoginReplacesTheOlderSessionWhenItIsAcknowledged(String transport) {
		start(LoginPolicy.REPLACE);
		Users users = new LocalUsers(this.server.sessions, this.server.payloads);
		try (RawClient living = this.server.connect(transport).handshake();
				RawClient candidate = this.server.connect(transport)) {
			await().until(() -> this.server.sessions.findByUid("ann").size() == 1);
			candidate.sendHex(HANDSHAKE);
			assertThat(candidate.read().text()).contains("\"code\":200");
			users.push("ann", "onNews", "for the living");
			assertThat(living.readPush("onNews")).isEqualTo("\"for the living\"");
			candidate.sendHex(ACK);
			assertThat(living.readKick()).contains("logged in elsewhere");
			await().until(() -> this.closed.contains("replaced"));
			users.push("ann", "onNews", "for the new one");
			assertThat(candidate.readPush("onNews")).as("the first push it gets").isEqualTo("\"for the new one\"");
		}
	}

	@Test
	void aLoginThatCannotBeCheckedEndsTheConnectionSoThatTheClientReconnects() {
		start(LoginPolicy.REFUSE);
		SessionRegistry.of(this.server.sessions).logins().join(new RemoteLogins() {

			@Override
			public boolean isOwn(Session session) {
				return true;
			}

			@Override
			public long stamp() {
				return 0;
			}

			@Override
			public void announce(LoginClaim claim) {
			}

			@Override
			public CompletionStage<Boolean> isHeld(String uid) {
				return CompletableFuture.failedFuture(new IllegalStateException("no reply"));
			}

		});
		try (RawClient client = this.server.webSocket()) {
			client.sendHex(HANDSHAKE);
			assertThat(client.readEnd()).isEqualTo("close 1012 cannot check whether the player is logged in, end");
		}
		assertThat(this.server.sessions.all()).isEmpty();
	}

	@Test
	void aClientThatNeverAcknowledgesDoesNotReplaceTheSession() {
		start(LoginPolicy.REPLACE);
		try (RawClient living = this.server.tcp().handshake()) {
			await().until(() -> this.server.sessions.findByUid("ann").size() == 1);
			try (RawClient candidate = this.server.tcp()) {
				candidate.sendHex(HANDSHAKE);
				candidate.read();
			}
			living.request(1, "test.echo", "1");
			assertThat(living.readResponse(1)).isEqualTo("1");
			assertThat(this.closed).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aRefusedLoginFailsTheHandshake(String transport) {
		start(LoginPolicy.REFUSE);
		try (RawClient living = this.server.connect(transport).handshake()) {
			await().until(() -> this.server.sessions.findByUid("ann").size() == 1);
			try (RawClient late = this.server.connect(transport)) {
				late.sendHex(HANDSHAKE);
				assertThat(late.read().text()).contains("\"code\":500").contains("already logged in");
				late.awaitClose();
			}
			living.request(1, "test.echo", "1");
			assertThat(living.readResponse(1)).isEqualTo("1");
		}
		await().until(() -> this.server.sessions.count() == 0);
		try (RawClient next = this.server.connect(transport).handshake()) {
			next.request(1, "test.echo", "2");
			assertThat(next.readResponse(1)).isEqualTo("2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void theLoserOfTwoHandshakesIsKickedWhenItAcknowledges(String transport) {
		start(LoginPolicy.REFUSE);
		try (RawClient first = this.server.connect(transport); RawClient second = this.server.connect(transport)) {
			first.sendHex(HANDSHAKE);
			assertThat(first.read().text()).contains("\"code\":200");
			second.sendHex(HANDSHAKE);
			assertThat(second.read().text()).contains("\"code\":200");
			second.sendHex(ACK);
			await().until(() -> this.server.sessions.findByUid("ann").size() == 1);
			first.sendHex(ACK);
			assertThat(first.readKick()).contains("already logged in");
			second.request(1, "test.echo", "1");
			assertThat(second.readResponse(1)).isEqualTo("1");
			assertThat(this.server.sessions.count()).isOne();
			assertThat(this.closed).as("it never opened").isEmpty();
		}
	}

	@Test
	void aPushToAClientInItsHandshakeIsDroppedAndCounted() {
		this.server = new MemoryServer()
			.with((builder) -> builder
				.handshakeValidators(List.of((handshake) -> handshake.session().push("onEarly", 1))))
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.echo", "1");
			assertThat(client.readData().payload()).isEqualTo("1");
			assertThat(this.server.server().traffic().pushesDropped()).isOne();
		}
	}

	@Test
	void aBroadcastToAMemberInItsHandshakeIsDroppedAndCounted() {
		this.server = new MemoryServer();
		Group lobby = this.server.groups.create("lobby");
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			lobby.add(handshake.session());
			lobby.broadcast("onEarly", 1);
		}))).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.echo", "1");
			assertThat(client.readData().payload()).isEqualTo("1");
			assertThat(this.server.server().traffic().pushesDropped()).isOne();
		}
	}

	@Test
	void aRefusedLoginInAHandlerFailsWith403() {
		this.server = new MemoryServer(0, LoginPolicy.REFUSE).lane("test.login", (request) -> {
			request.session().bind(new String(request.body()));
			return "welcome";
		}).lane("test.logout", (request) -> {
			request.session().unbind();
			return "bye";
		}).start();
		try (RawClient ann = this.server.connect().handshake(); RawClient other = this.server.connect().handshake()) {
			ann.request(1, "test.login", "ann");
			assertThat(ann.readResponse(1)).isEqualTo("\"welcome\"");
			other.request(1, "test.login", "ann");
			assertThat(other.readResponse(1)).isEqualTo("{\"code\":403,\"msg\":\"already logged in\"}");
			ann.request(2, "test.logout", "");
			assertThat(ann.readResponse(2)).isEqualTo("\"bye\"");
			other.request(2, "test.login", "ann");
			assertThat(other.readResponse(2)).isEqualTo("\"welcome\"");
			ann.request(3, "test.login", "guest");
			assertThat(ann.readResponse(3)).isEqualTo("\"welcome\"");
		}
	}

	@Test
	void aListenerThatRefusesALoginFailsTheHandshake() {
		this.server = new MemoryServer()
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.session().bind("ann")))
				.sessionListeners(List.of(new SessionListener() {
					@Override
					public void binding(Session session, String uid) {
						throw new LoginRefusedException(uid + " is banned");
					}
				})))
			.start();
		try (RawClient ann = this.server.connect()) {
			ann.sendHex(HANDSHAKE);
			assertThat(ann.read().text()).contains("ann is banned");
			ann.awaitClose();
		}
	}

}
