package io.nanogame.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The login of a session that moves to another server, with the claim to its uid.
 */
class MovedLoginTests {

	private static final long ID = 100;

	private final List<String> announced = new ArrayList<>();

	private final List<String> events = new ArrayList<>();

	private TestSessions sessions;

	private long stamp = 10;

	@BeforeEach
	void replace() {
		begin(LoginPolicy.REPLACE);
	}

	private void begin(LoginPolicy policy) {
		this.sessions = new TestSessions(policy);
		this.sessions.registry.logins().join(new Cluster());
		this.sessions.listed.addListener(new SessionListener() {

			@Override
			public void opened(Session session) {
				MovedLoginTests.this.events.add("opened");
			}

			@Override
			public void bound(Session session) {
				MovedLoginTests.this.events.add("bound");
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				MovedLoginTests.this.events.add("closed " + reason.code());
			}

		});
	}

	private Session arrive(String uid, long claimed) {
		Session session = restore(ID, new MemoryConnection(this.sessions.loop), null);
		SessionHandle.of(session).login().restore(uid, claimed);
		this.sessions.workers.runAll();
		return session;
	}

	private Session restore(long id, MemoryConnection connection, Session copy) {
		RestoredSessions restored = new RestoredSessions(this.sessions.registry);
		Session session = restored.create(id, connection, Introduction.UNKNOWN, this.sessions.payloads, copy);
		assertThat(this.sessions.listed.find(id)).isEqualTo(Optional.ofNullable(copy).filter(Session::isOpen));
		restored.open(session, connection);
		return session;
	}

	private Session logIn() {
		Session session = this.sessions.open();
		session.bind("ann");
		this.sessions.workers.runAll();
		this.events.clear();
		return session;
	}

	// A session that arrives

	@Test
	void itIsOpenAndNoListenerNoticesIt() {
		Session session = arrive(null, 0);
		assertThat(session.id()).isEqualTo(ID);
		assertThat(session.isOpen()).isTrue();
		assertThat(SessionHandle.of(session).login().isCandidate()).isFalse();
		assertThat(this.sessions.listed.find(ID)).containsSame(session);
		assertThat(this.events).isEmpty();
		session.bind("bob");
		assertThat(this.sessions.listed.findByUid("bob")).containsExactly(session);
	}

	@Test
	void itsEndIsReportedAndNothingIsLeft() {
		Session session = arrive("ann", 5);
		session.close();
		this.sessions.workers.runAll();
		assertThat(this.events).containsExactly("closed closed");
		assertThat(this.sessions.listed.find(ID)).isEmpty();
		assertThat(this.sessions.listed.findByUid("ann")).isEmpty();
		assertThat(this.sessions.registry.logins().claimTo("ann")).isNull();
	}

	@Test
	void itHasItsUidAndItsClaimAndListenersAreNotCalled() {
		Session session = arrive("ann", 5);
		assertThat(session.uid()).isEqualTo("ann");
		assertThat(this.sessions.listed.findByUid("ann")).containsExactly(session);
		assertThat(this.sessions.registry.logins().claimTo("ann")).isEqualTo(new LoginClaim("ann", 5, ID));
		assertThat(this.announced).containsExactly("ann 5");
		assertThat(this.events).isEmpty();
	}

	@Test
	void aNewerLoginOfThisServerReplacesIt() {
		Session newer = logIn();
		Session session = arrive("ann", 5);
		assertThat(session.closeReason()).isEqualTo(CloseReason.REPLACED);
		assertThat(newer.isOpen()).isTrue();
		assertThat(this.sessions.listed.findByUid("ann")).containsExactly(newer);
		assertThat(this.sessions.registry.logins().claimTo("ann").session()).isEqualTo(newer.id());
	}

	@Test
	void itReplacesAnOlderLoginOfThisServer() {
		Session older = logIn();
		Session session = arrive("ann", 50);
		assertThat(older.closeReason()).isEqualTo(CloseReason.REPLACED);
		assertThat(this.sessions.listed.findByUid("ann")).containsExactly(session);
		assertThat(this.sessions.registry.logins().claimTo("ann").session()).isEqualTo(ID);
	}

	@Test
	void underThePolicyRefuseTheOlderLoginStays() {
		begin(LoginPolicy.REFUSE);
		Session newer = logIn();
		Session session = arrive("ann", 5);
		assertThat(session.isOpen()).isTrue();
		assertThat(newer.closeReason()).isEqualTo(CloseReason.ALREADY_LOGGED_IN);
		assertThat(this.sessions.listed.findByUid("ann")).containsExactly(session);
	}

	@Test
	void withoutAClaimItIsOneOfSeveral() {
		begin(LoginPolicy.SEVERAL);
		Session other = logIn();
		Session session = arrive("ann", 0);
		assertThat(this.sessions.listed.findByUid("ann")).containsExactlyInAnyOrder(other, session);
	}

	@Test
	void aCopyContinuesInPlace() {
		Session copy = this.sessions.open();
		MemoryConnection next = new MemoryConnection(this.sessions.loop);
		Session session = restore(copy.id(), next, copy);
		assertThat(session).isSameAs(copy);
		assertThat(SessionHandle.of(copy).connection()).isSameAs(next);
	}

	@Test
	void aCopyThatIsClosedMeanwhileIsNotFoundByItsUid() {
		Session copy = this.sessions.open();
		copy.close();
		restore(copy.id(), new MemoryConnection(this.sessions.loop), copy);
		SessionHandle.of(copy).login().restore("ann", 50);
		assertThat(this.sessions.listed.findByUid("ann")).isEmpty();
		assertThat(this.sessions.registry.logins().claimTo("ann")).isNull();
	}

	// A session that leaves

	@Test
	void itTakesItsClaimWithIt() {
		Session session = logIn();
		long claimed = this.sessions.registry.logins().claimTo("ann").stamp();
		assertThat(this.sessions.registry.logins().leave(session)).isEqualTo(claimed);
		assertThat(this.sessions.registry.logins().claimTo("ann")).isNull();
		assertThat(this.sessions.registry.logins().leave(session)).as("a second time").isZero();
	}

	@Test
	void itIsNotReplacedByTheServerThatItHasLeft() {
		Session session = logIn();
		this.sessions.registry.logins().leave(session);
		this.sessions.registry.logins().received(new LoginClaim("ann", 99, 7));
		assertThat(session.isOpen()).isTrue();
	}

	@Test
	void withoutAClaimOfItsOwnItLeavesThatOfAnother() {
		Session older = logIn();
		Session newer = logIn();
		assertThat(this.sessions.registry.logins().leave(older)).isZero();
		assertThat(this.sessions.registry.logins().claimTo("ann").session()).isEqualTo(newer.id());
		assertThat(this.sessions.registry.logins().leave(this.sessions.open())).as("no uid").isZero();
	}

	/** The other servers. */
	private final class Cluster implements RemoteLogins {

		@Override
		public boolean isOwn(Session session) {
			return true;
		}

		@Override
		public long stamp() {
			return MovedLoginTests.this.stamp++;
		}

		@Override
		public void announce(LoginClaim claim) {
			MovedLoginTests.this.announced.add(claim.uid() + " " + claim.stamp());
		}

		@Override
		public CompletionStage<Boolean> isHeld(String uid) {
			return CompletableFuture.completedFuture(false);
		}

	}

}
