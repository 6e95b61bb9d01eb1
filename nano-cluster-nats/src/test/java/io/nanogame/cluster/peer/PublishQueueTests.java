package io.nanogame.cluster.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Leases;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublishQueueTests {

	private final List<String> published = new ArrayList<>();

	private final FailingBus bus = new FailingBus();

	private final PublishQueue queue = new PublishQueue(this.bus, new PeerTraffic());

	private final Outbox gate = outbox("gate");

	private final Outbox room = outbox("room");

	private Outbox outbox(String subject) {
		return new Outbox(this.queue, subject, "lost." + subject, new PeerTraffic(), 1, Versions.OWN.newest());
	}

	private QueuedFrame frame(Outbox to) {
		return new QueuedFrame.ForNode(to, new byte[1]);
	}

	@Test
	void anErrorDropsOneMessageOnly() {
		this.bus.fails = "gate";
		this.queue.send(frame(this.gate));
		this.queue.send(new QueuedFrame.ForSubject("gate", null, new byte[1]));
		this.queue.send(frame(this.room));
		assertThat(this.published).containsExactly("room");
		assertThat(this.bus.dropped).isEqualTo(2);
		this.bus.fails = "none";
		this.queue.send(frame(this.gate));
		assertThat(this.published).containsExactly("room", "gate");
	}

	@Test
	void anErrorOfOneBatchDoesNotDropAnother() {
		Loop loop = new Loop();
		this.queue.sendSoon(frame(this.gate), loop);
		this.queue.sendSoon(frame(this.room), loop);
		this.bus.fails = "gate";
		loop.run();
		assertThat(this.published).containsExactly("room");
	}

	@Test
	void framesOfALoopShareAMessage() {
		Loop loop = new Loop();
		this.queue.sendSoon(frame(this.gate), loop);
		this.queue.sendSoon(frame(this.gate), loop);
		assertThat(this.published).isEmpty();
		loop.run();
		assertThat(this.published).containsExactly("gate");
	}

	@Test
	void addedFramesShareAMessageWhenTheyAreFlushed() {
		this.queue.add(frame(this.gate));
		this.queue.add(frame(this.gate));
		assertThat(this.published).isEmpty();
		this.queue.flush();
		assertThat(this.published).containsExactly("gate");
		this.queue.flush();
		assertThat(this.published).containsExactly("gate");
	}

	@Test
	void addedFramesLeaveBeforeALaterOne() {
		this.queue.add(frame(this.gate));
		this.queue.send(frame(this.room));
		assertThat(this.published).containsExactly("gate", "room");
	}

	@Test
	void framesOfALoopDoNotWaitForTheTasksOfAnother() {
		Loop busy = new Loop();
		Loop idle = new Loop();
		this.queue.sendSoon(frame(this.gate), busy);
		this.queue.sendSoon(frame(this.room), idle);
		idle.run();
		assertThat(this.published).containsExactly("gate", "room");
	}

	@Test
	void aLoopSendsAgainAfterItsTask() {
		Loop loop = new Loop();
		this.queue.sendSoon(frame(this.gate), loop);
		loop.run();
		this.queue.sendSoon(frame(this.gate), loop);
		loop.run();
		assertThat(this.published).containsExactly("gate", "gate");
	}

	/** Runs its tasks when the test says so. */
	private static final class Loop implements ConnectionLoop {

		private final List<Runnable> tasks = new ArrayList<>();

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
		}

		void run() {
			List<Runnable> due = List.copyOf(this.tasks);
			this.tasks.clear();
			due.forEach(Runnable::run);
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
			throw new UnsupportedOperationException();
		}

	}

	/** Records the subjects of messages, and fails for one of them. */
	private final class FailingBus implements Bus {

		private String fails = "none";

		private int dropped;

		@Override
		public boolean publish(String subject, @Nullable String replyTo, byte[] body) {
			if (subject.equals(this.fails)) {
				throw new OutOfMemoryError("planted");
			}
			PublishQueueTests.this.published.add(subject);
			return true;
		}

		@Override
		public BusReader newReader() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Leases newLeases(String name, Duration length) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long maxPayload() {
			return 1024;
		}

		@Override
		public boolean isConnected() {
			return true;
		}

		@Override
		public boolean isStable(Duration time) {
			return true;
		}

		@Override
		public void onReconnect(Runnable listener) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void onMove(Runnable listener) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void countDropped() {
			this.dropped++;
		}

		@Override
		public long dropped() {
			return this.dropped;
		}

		@Override
		public long pendingBytes() {
			return 0;
		}

		@Override
		public long reconnects() {
			return 0;
		}

		@Override
		public void close() {
		}

	}

}
