package io.nanogame.connection;

import java.time.Duration;
import java.util.Random;

import io.nanogame.memory.ManualTime;
import io.nanogame.resume.ResumableSessions;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DetachmentTests {

	private final TestSessions sessions = new TestSessions();

	private final ResumableSessions resumable = new ResumableSessions(
			new ResumeSettings(Duration.ofSeconds(30), 1000, 1, 1000), new Random(1), new ManualTime(() -> {
			}));

	private final Detachment first = new Detachment(this.resumable);

	private final Session session = this.sessions.open();

	@Test
	void aSessionThatLeavesIsNotLimitedAnyMore() {
		this.first.begin(this.session, 0, true);
		assertThat(this.first.leave()).isTrue();
		assertThat(this.first.hasLeft()).isTrue();
		new Detachment(this.resumable).begin(this.sessions.open(), 0, true);
		assertThat(this.session.isOpen()).isTrue();
		assertThat(this.resumable.detachedCount()).isOne();
	}

	/**
	 * The thread that evicts it has chosen it, and counts the memory that it releases.
	 */
	@Test
	void aSessionThatIsEvictedDoesNotLeave() {
		this.first.begin(this.session, 0, true);
		new Detachment(this.resumable).begin(this.sessions.open(), 0, true);
		assertThat(this.session.closeReason()).isEqualTo(CloseReason.RESUME_LIMIT);
		assertThat(this.first.leave()).isFalse();
		assertThat(this.first.hasLeft()).isFalse();
	}

}
