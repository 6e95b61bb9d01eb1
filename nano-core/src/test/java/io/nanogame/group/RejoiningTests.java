package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A member that leaves and joins again during a broadcast.
 */
class RejoiningTests {

	private final TestSessions sessions = new TestSessions();

	private final Group group = new Groups(this.sessions.payloads, this.sessions.timers).create("lobby");

	private final List<Session> received = new ArrayList<>();

	@AfterEach
	void stopTimers() {
		this.sessions.timers.stop();
	}

	@Test
	void aBroadcastReachesTheMemberOnce() {
		Session ann = open();
		Session bob = open();
		this.group.add(ann);
		this.group.add(bob);
		this.group.broadcast("onNews", 1);
		assertThat(this.received).containsExactlyInAnyOrder(ann, bob);
	}

	private Session open() {
		Session session = this.sessions.registry.create(new MemoryConnection(new Loop()), Introduction.UNKNOWN);
		this.sessions.registry.open(session);
		return session;
	}

	/** A loop of one client, whose hash code collides with all others. */
	private final class Loop implements ConnectionLoop {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
			for (Session member : members) {
				RejoiningTests.this.received.add(member);
				if (RejoiningTests.this.received.size() < 10) {
					RejoiningTests.this.group.leave(member);
					RejoiningTests.this.group.add(member);
				}
			}
		}

		@Override
		public int hashCode() {
			return 1;
		}

		@Override
		public boolean equals(Object other) {
			return this == other;
		}

	}

}
