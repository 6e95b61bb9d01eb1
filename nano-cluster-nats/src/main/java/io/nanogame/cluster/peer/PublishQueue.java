package io.nanogame.cluster.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

	/** Whether an executor has a task that drains. They live as long as the node. */
	private final Map<Executor, AtomicBoolean> scheduled = new ConcurrentHashMap<>();

	/** The outboxes that have a batch. Confined to the thread that drains. */
	private final List<Outbox> batches = new ArrayList<>();

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

	/** Adds a frame, which is published with the next one or by {@link #flush()}. */
	void add(QueuedFrame frame) {
		this.frames.add(frame);
	}

	/** Publishes the frames that were added. */
	void flush() {
		if (!this.frames.isEmpty()) {
			drain();
		}
	}

	/** Publishes a frame now. */
	void send(QueuedFrame frame) {
		this.frames.add(frame);
		drain();
	}

	/** Publishes a frame in a task of the executor, or earlier with another frame. */
	void sendSoon(QueuedFrame frame, Executor executor) {
		this.frames.add(frame);
		AtomicBoolean pending = pending(executor);
		if (!pending.get() && pending.compareAndSet(false, true)) {
			try {
				executor.execute(() -> drainPending(pending));
			}
			catch (RejectedExecutionException ex) {
				// The node stops, and these are its last frames.
				drainPending(pending);
			}
		}
	}

	private void drainPending(AtomicBoolean pending) {
		pending.set(false);
		drain();
	}

	private AtomicBoolean pending(Executor executor) {
		AtomicBoolean known = this.scheduled.get(executor);
		return (known != null) ? known : this.scheduled.computeIfAbsent(executor, (key) -> new AtomicBoolean());
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

	/** A failure drops one frame, and the thread goes on: no other one would drain. */
	private void publishAll() {
		QueuedFrame frame;
		while ((frame = this.frames.poll()) != null) {
			try {
				publish(frame);
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
		publishBatches();
	}

	private void publish(QueuedFrame frame) {
		if (frame instanceof QueuedFrame.ForNode forNode) {
			Outbox to = forNode.to();
			if (to.isEmpty()) {
				this.batches.add(to);
			}
			to.append(forNode.bytes());
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

	private void publishBatches() {
		for (int i = 0; i < this.batches.size(); i++) {
			try {
				this.batches.get(i).publish();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
		this.batches.clear();
	}

	/** Confined to the thread that drains. */
	void publish(String subject, @Nullable String replyTo, byte[] message, PeerTraffic traffic) {
		if (this.bus.publish(subject, replyTo, message)) {
			traffic.sent(message.length);
		}
	}

	private void failed(Throwable failure) {
		this.bus.countDropped();
		this.log.error("A message for other nodes could not be published", failure);
	}

}
