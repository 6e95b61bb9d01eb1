package io.nanogame.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.nanogame.limit.Names;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What logins of one player become on one server, and when they count.
 */
class LoginTests {

	private final TestSessions several = new TestSessions();

	private final TestSessions replacing = new TestSessions(LoginPolicy.REPLACE);

	private final TestSessions refusing = new TestSessions(LoginPolicy.REFUSE);

	/** Its connections admit no other clients. */
	private final TestSessions continuing = new TestSessions(LoginPolicy.CONTINUE);

	private final List<String> events = new CopyOnWriteArrayList<>();

	@BeforeEach
	void listen() {
		List.of(this.several, this.replacing, this.refusing, this.continuing)
			.forEach((sessions) -> sessions.listed.addListener(new SessionListener() {

				@Override
				public void opened(Session session) {
					LoginTests.this.events.add("opened");
				}

				@Override
				public void bound(Session session) {
					LoginTests.this.events.add("bound " + session.uid());
				}

				@Override
				public void unbound(Session session, String uid) {
					LoginTests.this.events.add("unbound " + uid + ", now " + session.uid());
				}

				@Override
				public void closed(Session session, CloseReason reason) {
					LoginTests.this.events.add("closed " + reason.code());
				}

			}));
	}

	private TestSessions sessions(LoginPolicy policy) {
		return switch (policy) {
			case SEVERAL -> this.several;
			case REPLACE -> this.replacing;
			case REFUSE -> this.refusing;
			case CONTINUE -> this.continuing;
		};
	}

	private static Session open(TestSessions sessions, String uid) {
		Session session = sessions.open();
		session.bind(uid);
		return session;
	}

	@Test
	void severalSessionsOfAPlayerStay() {
		Session first = open(this.several, "ann");
		Session second = open(this.several, "ann");
		assertThat(first.isOpen()).isTrue();
		assertThat(this.several.listed.findByUid("ann")).containsExactlyInAnyOrder(first, second);
	}

	@Test
	void aNewerLoginReplacesTheOlderSession() {
		Session first = open(this.replacing, "ann");
		Session second = open(this.replacing, "ann");
		assertThat(first.closeReason()).isEqualTo(CloseReason.REPLACED);
		assertThat(second.isOpen()).isTrue();
		assertThat(this.replacing.listed.findByUid("ann")).containsExactly(second);
	}

	@Test
	void aNewerLoginIsRefusedWhileTheOlderSessionIsOpen() {
		Session first = open(this.refusing, "ann");
		Session second = this.refusing.open();
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> second.bind("ann"))
			.withMessage("already logged in");
		assertThat(second.isOpen()).isTrue();
		assertThat(second.uid()).isNull();
		first.close();
		second.bind("ann");
		assertThat(this.refusing.listed.findByUid("ann")).containsExactly(second);
	}

	@ParameterizedTest
	@EnumSource
	void aLoginInTheHandshakeCountsWhenTheSessionOpens(LoginPolicy policy) {
		TestSessions sessions = sessions(policy);
		Session candidate = sessions.create("{}");
		candidate.bind("ann");
		assertThat(candidate.uid()).isEqualTo("ann");
		assertThat(sessions.listed.findByUid("ann")).isEmpty();
		sessions.workers.runAll();
		assertThat(this.events).isEmpty();
		sessions.registry.open(candidate);
		assertThat(sessions.listed.findByUid("ann")).containsExactly(candidate);
		sessions.workers.runAll();
		assertThat(this.events).as("on a worker, in order").containsExactly("bound ann", "opened");
	}

	@Test
	void aClientThatNeverAcknowledgesReplacesNoSession() {
		Session living = open(this.replacing, "ann");
		Session candidate = this.replacing.create("{}");
		candidate.bind("ann");
		assertThat(living.isOpen()).isTrue();
		candidate.close(CloseReason.HANDSHAKE_TIMEOUT);
		assertThat(living.isOpen()).isTrue();
		assertThat(this.replacing.listed.findByUid("ann")).containsExactly(living);
	}

	@Test
	void aLoginInTheHandshakeReplacesTheSessionWhenItOpens() {
		Session living = open(this.replacing, "ann");
		Session candidate = this.replacing.create("{}");
		candidate.bind("ann");
		this.replacing.registry.open(candidate);
		assertThat(living.closeReason()).isEqualTo(CloseReason.REPLACED);
		assertThat(this.replacing.listed.findByUid("ann")).containsExactly(candidate);
	}

	@Test
	void aLoginInTheHandshakeIsRefusedWhileThePlayerIsLoggedIn() {
		open(this.refusing, "ann");
		Session candidate = this.refusing.create("{}");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> candidate.bind("ann"));
	}

	@Test
	void ofTwoHandshakesOfAPlayerTheLoserNeverOpens() {
		Session first = this.refusing.create("{}");
		Session second = this.refusing.create("{}");
		first.bind("ann");
		second.bind("ann");
		assertThat(this.refusing.registry.logins().isRefused(second).toCompletableFuture()).isCompletedWithValue(false);
		this.refusing.registry.open(first);
		assertThat(this.refusing.registry.logins().isRefused(second).toCompletableFuture()).isCompletedWithValue(true);
		this.refusing.registry.open(second);
		this.refusing.workers.runAll();
		assertThat(second.closeReason()).isEqualTo(CloseReason.ALREADY_LOGGED_IN);
		assertThat(this.refusing.listed.all()).containsExactly(first);
		assertThat(this.events).containsExactly("bound ann", "opened");
	}

	@ParameterizedTest
	@EnumSource
	void aGuestBecomesAnAccount(LoginPolicy policy) {
		TestSessions sessions = sessions(policy);
		Session session = open(sessions, "guest 7");
		session.unbind();
		assertThat(session.uid()).isNull();
		assertThat(sessions.listed.findByUid("guest 7")).isEmpty();
		session.bind("ann");
		assertThat(sessions.listed.findByUid("ann")).containsExactly(session);
		open(sessions, "guest 7").close();
		assertThat(session.isOpen()).as("it holds its old uid no more").isTrue();
		assertThat(this.events).contains("bound guest 7", "unbound guest 7, now null", "bound ann");
	}

	@Test
	void whatIsNotBoundIsUnboundInSilence() {
		Session session = this.several.open();
		session.unbind();
		Session candidate = this.several.create("{}");
		candidate.bind("ann");
		candidate.unbind();
		this.several.registry.open(candidate);
		this.several.workers.runAll();
		assertThat(candidate.uid()).isNull();
		assertThat(this.events).containsExactly("opened", "opened");
	}

	@Test
	void aUidHasALimit() {
		Session session = this.several.open();
		session.bind("x".repeat(Names.MAX_LENGTH));
		session.unbind();
		assertThatIllegalArgumentException().isThrownBy(() -> session.bind("x".repeat(Names.MAX_LENGTH + 1)))
			.withMessage("A uid must not be longer than 8192 characters, and this one has 8193");
		assertThatIllegalArgumentException().isThrownBy(() -> session.bind("\ud83d"));
		assertThat(session.uid()).isNull();
	}

	@Test
	void aListenerMayRefuseAUid() {
		this.several.listed.addListener(new SessionListener() {

			@Override
			public void binding(Session session, String uid) {
				LoginTests.this.events.add("binding " + uid + ", now " + session.uid());
				if (uid.equals("banned")) {
					throw new LoginRefusedException("you are banned");
				}
			}

		});
		Session session = this.several.open();
		this.several.workers.runAll();
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> session.bind("banned"))
			.withMessage("you are banned");
		assertThat(session.uid()).isNull();
		assertThat(this.several.listed.findByUid("banned")).isEmpty();
		session.bind("ann");
		session.bind("ann");
		Session candidate = this.several.create("{}");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> candidate.bind("banned"));
		SessionHandle.of(session).login().acceptUnbound("ann");
		SessionHandle.of(session).login().acceptBound("banned");
		assertThat(session.uid()).as("another server has decided").isEqualTo("banned");
		assertThat(this.events).containsExactly("opened", "binding banned, now null", "binding ann, now null",
				"bound ann", "binding banned, now null");
	}

	@Test
	void aListenerThatDecidesIsNeverCalledOnAnEventLoop() {
		Session session = this.several.open();
		List<Throwable> thrown = new CopyOnWriteArrayList<>();
		this.several.listed.addListener(new SessionListener() {

			@Override
			public void binding(Session bound, String uid) {
				LoginTests.this.events.add("binding");
			}

		});
		SessionHandle.of(session).connection().loop().execute(() -> {
			try {
				session.bind("ann");
			}
			catch (IllegalStateException ex) {
				thrown.add(ex);
			}
		});
		this.several.loopThread.runAll();
		assertThat(thrown).singleElement().asString().contains("must not be called on an event loop");
		assertThat(session.uid()).isNull();
		assertThat(this.events).doesNotContain("binding");
	}

	@ParameterizedTest
	@EnumSource(names = { "REPLACE", "CONTINUE" })
	void aLoginOfASessionThatIsBeingClosedDoesNotEndTheOlderOne(LoginPolicy policy) {
		closeAndLogIn(policy, (closed) -> closed.bind("ann"));
		closeAndLogIn(policy, (closed) -> SessionHandle.of(closed).login().acceptBound("ann"));
	}

	private void closeAndLogIn(LoginPolicy policy, Consumer<Session> login) {
		Session older = open(sessions(policy), "ann");
		Session newer = sessions(policy).open();
		// Called when the session is closed already, and its login is not.
		SessionHandle.of(newer).addCloseAction(login);
		newer.close(CloseReason.CLIENT_CLOSED);
		assertThat(older.isOpen()).isTrue();
		assertThat(sessions(policy).listed.findByUid("ann")).containsExactly(older);
		older.close();
	}

	@Test
	void withoutSuchAListenerASessionIsBoundOnAnEventLoop() {
		Session session = this.several.open();
		SessionHandle.of(session).connection().loop().execute(() -> session.bind("ann"));
		this.several.loopThread.runAll();
		assertThat(session.uid()).isEqualTo("ann");
	}

	@Test
	void whatAnotherServerBindsIsToldInOrderWithTheMessages() {
		Session session = this.several.open();
		this.several.workers.runAll();
		this.events.clear();
		session.inOrder(() -> this.events.add("message"));
		assertThat(SessionHandle.of(session).login().acceptBound("ann")).isTrue();
		assertThat(SessionHandle.of(session).login().acceptBound("ann")).isFalse();
		assertThat(SessionHandle.of(session).login().acceptUnbound("bob")).as("of a uid it has not").isFalse();
		assertThat(this.events).as("not on the thread that reads from the network").isEmpty();
		this.several.workers.runAll();
		assertThat(this.events).containsExactly("message", "bound ann");
		assertThatIllegalStateException().isThrownBy(() -> SessionHandle.of(session).login().acceptBound("bob"));
	}

}
