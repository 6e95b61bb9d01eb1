package io.nanogame.cluster.peer;

import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.LimitedLog;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The queue of all frames that this node publishes, so that another node receives them in
 * the order in which one thread has sent them, on whatever subjects. Consecutive frames
 * for a node leave in one message. Thread-safe, without locks.
 */
final class PublishQueue {

	private static final int CHUNK = 256;

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(PublishQueue.class));

	private final Bus bus;

	private final PeerTraffic shared;

	private final Queue<QueuedFrame> frames = new MpscUnboundedAtomicArrayQueue<>(CHUNK);

	/** Pending calls of {@link #drain()}. The thread that raises it from 0 drains. */
	private final AtomicInteger drains = new AtomicInteger();

	/** Whether a loop has a task that drains. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	/** The outboxes that have a batch. Confined to the thread that drains. */
	private final Set<Outbox> batches = new LinkedHashSet<>();

	/**
	 * Creates an empty queue.
	 * @param bus publishes the messages
	 * @param shared counts the messages for subjects
	 */
	PublishQueue(Bus bus, PeerTraffic shared) {
		this.bus = bus;
		this.shared = shared;
	}

	long maxPayload() {
		return this.bus.maxPayload();
	}

	/** Publishes a frame now. */
	void send(QueuedFrame frame) {
		this.frames.add(frame);
		drain();
	}

	/** Publishes a frame in a task of the executor, or earlier with another frame. */
	void sendSoon(QueuedFrame frame, Executor executor) {
		this.frames.add(frame);
		if (this.scheduled.compareAndSet(false, true)) {
			executor.execute(this::drainScheduled);
		}
	}

	private void drainScheduled() {
		this.scheduled.set(false);
		drain();
	}

	private void drain() {
		if (this.drains.getAndIncrement() > 0) {
			return;
		}
		int served = 1;
		do {
			publishAll();
			served = this.drains.addAndGet(-served);
		}
		while (served > 0);
	}

	private void publishAll() {
		QueuedFrame frame;
		while ((frame = this.frames.poll()) != null) {
			if (frame instanceof QueuedFrame.ForNode forNode) {
				forNode.to().append(forNode.bytes());
				this.batches.add(forNode.to());
			}
			else if (frame instanceof QueuedFrame.Check check) {
				check.to().check();
			}
			else if (frame instanceof QueuedFrame.ForSubject forSubject) {
				// Its receivers receive their earlier frames first.
				publishBatches();
				publish(forSubject.subject(), forSubject.silence(), forSubject.bytes(), this.shared);
			}
		}
		publishBatches();
	}

	private void publishBatches() {
		if (!this.batches.isEmpty()) {
			this.batches.forEach(Outbox::publish);
			this.batches.clear();
		}
	}

	/** Confined to the thread that drains. A failure drops this message only. */
	void publish(String subject, @Nullable String replyTo, byte[] message, PeerTraffic traffic) {
		try {
			if (this.bus.publish(subject, replyTo, message)) {
				traffic.sent(message.length);
			}
		}
		catch (RuntimeException ex) {
			this.bus.countDropped();
			this.log.error("A message of {} bytes for other nodes could not be published", ex, message.length);
		}
	}

}
