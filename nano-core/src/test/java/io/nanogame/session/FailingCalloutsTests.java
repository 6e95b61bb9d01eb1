package io.nanogame.session;

import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others do when a session calls them, and when it does not.
 */
class FailingCalloutsTests {

	private final TestSessions sessions = new TestSessions();

	private final List<String> heard = new ArrayList<>();

	private final SessionListener listener = new SessionListener() {

		@Override
		public void opened(Session session) {
			FailingCalloutsTests.this.heard.add("opened");
		}

		@Override
		public void principalChanged(Session session) {
			FailingCalloutsTests.this.heard.add("principal " + session.principal());
		}

		@Override
		public void closed(Session session, CloseReason reason) {
			FailingCalloutsTests.this.heard.add("closed");
		}

	};

	@Test
	void aConnectionThatCannotBeClosedLeavesNoSessionBehind() {
		Connection sound = new MemoryConnection(this.sessions.loop);
		Connection broken = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						throw new AssertionError("expected by this test");
					}
					return method.invoke(sound, arguments);
				});
		this.sessions.listed.addListener(this.listener);
		Session session = this.sessions.registry.create(broken, Introduction.UNKNOWN);
		this.sessions.registry.open(session);
		SessionHandle.of(session).addCloseAction((closed) -> {
			throw new AssertionError("expected by this test");
		});
		SessionHandle.of(session).addCloseAction((closed) -> this.heard.add("action"));
		session.close();
		SessionHandle.of(session).addCloseAction((closed) -> {
			throw new AssertionError("expected by this test");
		});
		this.sessions.workers.runAll();
		assertThat(this.sessions.listed.count()).isZero();
		assertThat(this.heard).containsExactly("action", "opened", "closed");
	}

	@Test
	void listenersAreCalledOnlyWhenThePrincipalIsAnother() {
		Session session = this.sessions.open();
		this.sessions.listed.addListener(this.listener);
		Principal ann = () -> "ann";
		session.principal(null);
		session.principal(ann);
		session.principal(ann);
		session.principal(null);
		assertThat(this.heard).containsExactly("principal " + ann, "principal null");
	}

	@Test
	void whomTheTransportKnowsListenersHearOfOnAWorker() {
		this.sessions.listed.addListener(this.listener);
		Session session = this.sessions.create("{}");
		Principal ann = () -> "ann";
		SessionHandle.of(session).login().introduce(ann);
		assertThat(session.principal()).isSameAs(ann);
		assertThat(this.heard).isEmpty();
		this.sessions.registry.open(session);
		this.sessions.workers.runAll();
		assertThat(this.heard).containsExactly("principal " + ann, "opened");
	}

}
