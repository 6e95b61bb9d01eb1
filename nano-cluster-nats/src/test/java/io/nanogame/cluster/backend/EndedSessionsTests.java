package io.nanogame.cluster.backend;

import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.session.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndedSessionsTests {

	private final EndedSessions ended = new EndedSessions();

	private static SessionClosed end(long session) {
		return new SessionClosed(session, CloseReason.kick("bye"));
	}

	@Test
	void reportsStayUntilTheyAreConfirmed() {
		this.ended.add("gate-1", 0, end(1));
		this.ended.add("gate-2", 0, end(2));
		this.ended.add("gate-1", 0, end(3));
		assertThat(this.ended.of("gate-1")).containsExactly(end(1), end(3));
		assertThat(this.ended.gateways()).containsExactlyInAnyOrder("gate-1", "gate-2");
		this.ended.confirm("gate-1", 1);
		this.ended.confirm("gate-2", 2);
		assertThat(this.ended.find(1)).isNull();
		assertThat(this.ended.of("gate-1")).containsExactly(end(3));
		assertThat(this.ended.gateways()).containsExactly("gate-1");
	}

	@Test
	void ofTooManyReportsTheOldestAreForgotten() {
		for (long session = 1; session <= EndedSessions.MAX + 2; session++) {
			this.ended.add("gate-1", 0, end(session));
		}
		assertThat(this.ended.of("gate-1")).hasSize(EndedSessions.MAX).first().isEqualTo(end(3));
		assertThat(this.ended.find(2)).isNull();
	}

	@Test
	void theReportFollowsTheLastMoveOfASession() {
		this.ended.add("gate-1", 1, end(1));
		assertThat(this.ended.moved(1, 3, "gate-3")).isEqualTo(end(1));
		assertThat(this.ended.moved(1, 2, "gate-2")).isNull();
		assertThat(this.ended.moved(1, 3, "gate-3")).isEqualTo(end(1));
		assertThat(this.ended.of("gate-3")).containsExactly(end(1));
		assertThat(this.ended.moved(2, 3, "gate-3")).isNull();
	}

}
