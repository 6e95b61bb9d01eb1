package io.nanogame.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.memory.ManualTime;
import io.nanogame.lane.Timers;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Notifies of the server itself among the messages of a client.
 */
class InternalNotifiesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final ManualTime time = new ManualTime(() -> {
	});

	private final List<String> calls = new ArrayList<>();

	private final InternalNotifies notifies = new InternalNotifies(
			(from, message, headers, received, deadline) -> this.calls.add(message.route()),
			new Timers(Runnable::run, Duration.ofMillis(10), this.time));

	private boolean called() {
		return this.calls.add("before");
	}

	@Test
	void aNotifyIsReceivedOnTheLoopOfTheSession() {
		this.notifies.send(this.session, "pond.sync", this::called, false, PATIENCE);
		assertThat(this.calls).isEmpty();
		this.sessions.loopThread.runAll();
		assertThat(this.calls).containsExactly("before", "pond.sync");
	}

	@Test
	void theActionBeforeMayDropIt() {
		this.notifies.send(this.session, "pond.sync", () -> false, false, PATIENCE);
		this.sessions.loopThread.runAll();
		assertThat(this.calls).isEmpty();
	}

	@Test
	void itMayWaitUntilNoMessageIsInProgress() {
		this.session.inOrder(() -> this.calls.add("message"));
		this.notifies.send(this.session, "pond.sync", this::called, true, PATIENCE);
		this.sessions.loopThread.runAll();
		assertThat(this.calls).isEmpty();
		this.sessions.workers.runAll();
		assertThat(this.calls).containsExactly("message");
		this.sessions.loopThread.runAll();
		this.sessions.workers.runAll();
		this.sessions.loopThread.runAll();
		assertThat(this.calls).containsExactly("message", "before", "pond.sync");
	}

	@Test
	void itIsDroppedAfterItsTime() {
		this.notifies.send(this.session, "pond.sync", this::called, false, PATIENCE);
		this.time.advance(PATIENCE.plusMillis(1));
		this.sessions.loopThread.runAll();
		assertThat(this.calls).isEmpty();
	}

	@Test
	void itIsDroppedWithItsSession() {
		this.notifies.send(this.session, "pond.sync", this::called, false, PATIENCE);
		this.session.close(CloseReason.CLOSED);
		this.sessions.loopThread.runAll();
		assertThat(this.calls).isEmpty();
	}

}
