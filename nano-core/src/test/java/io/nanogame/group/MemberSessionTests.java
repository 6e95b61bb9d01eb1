package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemberSessionTests {

	private final TestSessions sessions = new TestSessions();

	private final List<Session> created = new ArrayList<>();

	private final MemberSession former = new MemberSession(null, new Remote("room-1"));

	private @Nullable MemberSession moved;

	/** What another thread does while the session is created. */
	private Runnable meanwhile = () -> {
	};

	@Test
	void aMemberKeepsItsSessionWhenItMoves() {
		Session session = this.former.get(this.created::add);
		MemberSession next = this.former.moved((remote) -> new Remote("room-2"));
		assertThat(next.get(this.created::add)).isSameAs(session);
		assertThat(next.server((own) -> null)).isEqualTo("room-2");
		assertThat(this.created).containsExactly(session);
	}

	@Test
	void aMemberThatMovesWhileItsSessionIsCreatedHasOne() {
		this.meanwhile = () -> {
			this.meanwhile = () -> {
			};
			this.moved = this.former.moved((remote) -> new Remote("room-2"));
		};
		Session session = this.former.get(this.created::add);
		assertThat(this.moved.get(this.created::add)).isSameAs(session);
		assertThat(this.former.get(this.created::add)).isSameAs(session);
		assertThat(this.created).containsExactly(session);
	}

	/** Creates a session each time. */
	private final class Remote implements RemoteMember {

		private final String server;

		Remote(String server) {
			this.server = server;
		}

		@Override
		public long id() {
			return 7;
		}

		@Override
		public @Nullable String uid() {
			return null;
		}

		@Override
		public String server() {
			return this.server;
		}

		@Override
		public Session session() {
			Session session = MemberSessionTests.this.sessions.open();
			MemberSessionTests.this.meanwhile.run();
			return session;
		}

	}

}
