package io.nanogame.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionsTests {

	private final TestSessions sessions = new TestSessions();

	private final Sessions listed = this.sessions.listed;

	private final SessionRegistry registry = this.sessions.registry;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final SessionListener listener = new SessionListener() {

		@Override
		public void opened(Session session) {
			SessionsTests.this.events.add("opened " + session.id());
		}

		@Override
		public void bound(Session session) {
			SessionsTests.this.events.add("bound " + session.uid());
		}

		@Override
		public void closed(Session session, CloseReason reason) {
			SessionsTests.this.events.add("closed " + session.id() + " " + reason.code());
		}

	};

	@Test
	void aSessionIsFoundFromTheEndOfItsHandshakeUntilItIsClosed() {
		Session session = this.sessions.create("{}");
		assertThat(this.listed.find(session.id())).isEmpty();
		this.registry.open(session);
		assertThat(this.listed.find(session.id())).containsSame(session);
		assertThat(this.listed.all()).containsExactly(session);
		assertThat(this.listed.count()).isOne();
		session.close();
		assertThat(this.listed.find(session.id())).isEmpty();
		assertThat(this.listed.all()).isEmpty();
		assertThat(this.listed.count()).isZero();
	}

	@Test
	void aSessionThatWasClosedInItsHandshakeIsNeverFoundAndNobodyHearsOfIt() {
		this.listed.addListener(this.listener);
		Session session = this.sessions.create("{}");
		session.close();
		this.registry.open(session);
		this.sessions.workers.runAll();
		assertThat(this.listed.count()).isZero();
		assertThat(this.events).isEmpty();
	}

	@Test
	void aPlayerHasAllSessionsThatAreBoundToHim() {
		Session first = this.sessions.open();
		Session second = this.sessions.open();
		first.bind("ann");
		second.bind("ann");
		this.sessions.open().bind("bob");
		assertThat(this.listed.findByUid("ann")).containsExactlyInAnyOrder(first, second);
		first.close();
		assertThat(this.listed.findByUid("ann")).containsExactly(second);
		second.close();
		assertThat(this.listed.findByUid("ann")).isEmpty();
		assertThat(this.listed.findByUid("nobody")).isEmpty();
	}

	@Test
	void aSessionThatIsBoundWhenItIsClosedAlreadyIsNotFound() {
		Session session = this.sessions.open();
		session.close();
		session.bind("ann");
		assertThat(session.uid()).isEqualTo("ann");
		assertThat(this.listed.findByUid("ann")).isEmpty();
	}

	@Test
	void aSessionThatIsRefusedInItsHandshakeIsUnbound() {
		Session session = this.sessions.create("{}");
		session.bind("ann");
		session.close(CloseReason.HANDSHAKE_REFUSED);
		assertThat(this.listed.findByUid("ann")).isEmpty();
	}

	@Test
	void whatIsFoundCannotBeChanged() {
		Session session = this.sessions.open();
		session.bind("ann");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.listed.all().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.listed.findByUid("ann").remove(session));
	}

	@Test
	void sessionsMayComeAndGoWhileOneLooksAtThemAll() {
		for (int i = 0; i < 10; i++) {
			this.sessions.open();
		}
		this.listed.all().forEach(Session::close);
		assertThat(this.listed.count()).isZero();
	}

	@Test
	void listenersHearOfEachSessionInItsOrder() {
		this.listed.addListener(this.listener);
		Session session = this.sessions.open();
		long id = session.id();
		session.inOrder(() -> this.events.add("message"));
		session.onClose((closed) -> this.events.add("onClose"));
		session.close(CloseReason.SHUTDOWN);
		assertThat(this.events).as("on a worker, not on this thread").isEmpty();
		this.sessions.workers.runAll();
		assertThat(this.events).containsExactly("opened " + id, "message", "onClose", "closed " + id + " shutdown");
	}

	@Test
	void listenersHearOfAUidRightAwayAndOnce() {
		this.listed.addListener(this.listener);
		Session session = this.sessions.open();
		this.sessions.workers.runAll();
		this.events.clear();
		session.bind("ann");
		session.bind("ann");
		assertThat(this.events).containsExactly("bound ann");
	}

	@Test
	void aListenerThatFailsDoesNotKeepTheOthersFromHearing() {
		this.listed.addListener(new SessionListener() {

			@Override
			public void opened(Session session) {
				throw new IllegalStateException("expected by this test");
			}

			@Override
			public void bound(Session session) {
				throw new IllegalStateException("expected by this test");
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				throw new IllegalStateException("expected by this test");
			}

		});
		this.listed.addListener(this.listener);
		Session session = this.sessions.open();
		session.bind("ann");
		session.close();
		this.sessions.workers.runAll();
		long id = session.id();
		assertThat(this.events).containsExactly("bound ann", "opened " + id, "closed " + id + " closed");
	}

	@Test
	void aListenerThatWasRemovedHearsNothing() {
		this.listed.addListener(this.listener);
		this.listed.removeListener(this.listener);
		this.sessions.open().close();
		this.sessions.workers.runAll();
		assertThat(this.events).isEmpty();
	}

	@Test
	void aListenerNeedOverrideNothing() {
		this.listed.addListener(new SessionListener() {
		});
		this.listed.addListener(this.listener);
		this.sessions.open().close();
		this.sessions.workers.runAll();
		assertThat(this.events).hasSize(2);
	}

	@Test
	void aSessionThatIsClosedWhileItIsOpenedIsAnnouncedInOrderOrNotAtAll() throws Exception {
		this.listed.addListener(this.listener);
		List<Session> candidates = Stream.generate(() -> this.sessions.create("{}")).limit(5_000).toList();
		AtomicInteger opening = new AtomicInteger(-1);
		AtomicInteger closed = new AtomicInteger();
		Thread closer = new Thread(() -> {
			for (int i = 0; i < candidates.size(); i++) {
				awaitAtLeast(opening, i);
				candidates.get(i).close();
				closed.incrementAndGet();
			}
		});
		closer.start();
		for (int i = 0; i < candidates.size(); i++) {
			opening.set(i);
			this.registry.open(candidates.get(i));
			awaitAtLeast(closed, i + 1);
			this.sessions.workers.runAll();
			if (!this.events.isEmpty()) {
				long id = candidates.get(i).id();
				assertThat(this.events).containsExactly("opened " + id, "closed " + id + " closed");
				this.events.clear();
			}
		}
		closer.join();
		assertThat(this.listed.count()).isZero();
	}

	private static void awaitAtLeast(AtomicInteger counter, int value) {
		while (counter.get() < value) {
			Thread.yield();
		}
	}

}
