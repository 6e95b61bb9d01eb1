package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operations that group listeners may perform, and the effects of failing listeners.
 */
class GroupListenerTests {

	private final TestSessions sessions = new TestSessions();

	private final Group group = new Groups(this.sessions.payloads, this.sessions.timers).create("lobby");

	@AfterEach
	void stopTimers() {
		this.sessions.timers.stop();
	}

	private Session member(String uid) {
		Session session = this.sessions.open();
		session.bind(uid);
		this.group.add(session);
		return session;
	}

	@Test
	void aListenerWhoseExecutorFailsDoesNotAffectTheGroup() {
		List<Session> noted = new ArrayList<>();
		this.group.addListener(new GroupListener() {
		}, (task) -> {
			throw new IllegalStateException("broken");
		});
		this.group.addListener(new GroupListener() {

			@Override
			public void joined(Group group, Member member) {
				noted.addAll(group.members());
			}

		}, Runnable::run);
		Session ann = member("ann");
		assertThat(noted).as("other listeners").containsExactly(ann);
		ann.close();
		assertThat(this.group.members()).isEmpty();
		Session bob = member("bob");
		assertThat(this.group.leave(bob)).isTrue();
		assertThat(this.group.isEmpty()).isTrue();
	}

	@Test
	void aListenerMayChangeItsGroup() {
		List<String> events = new ArrayList<>();
		this.group.addListener(new GroupListener() {

			@Override
			public void joined(Group group, Member member) {
				events.add("joined " + member.uid());
				group.members().stream().filter((session) -> session.id() != member.sessionId()).forEach(group::leave);
			}

			@Override
			public void left(Group group, Member member) {
				events.add("left " + member.uid());
			}

		}, Runnable::run);
		member("ann");
		Session bob = member("bob");
		assertThat(this.group.members()).containsExactly(bob);
		assertThat(events).containsExactly("joined ann", "joined bob", "left ann");
	}

}
